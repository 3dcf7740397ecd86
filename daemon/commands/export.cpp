// narvaro export: everything that is stored. The CSV holds samples and records in the form that
// import reads.
#include <charconv>
#include <iostream>

#include "daemon/commands/commands.h"
#include "daemon/csv.h"
#include "daemon/post_json.h"
#include "daemon/record_json.h"
#include "digest/target_json.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

/// The shortest text that reads back as the same number.
std::string number_text(double value) {
    char text[32];
    const auto [end, error] = std::to_chars(text, text + sizeof text, value);
    return error == std::errc{} ? std::string{text, end} : std::string{};
}

Result<void> export_csv(const Store& store) {
    std::cout << csv_line({"at", "source", "metric", "dimension", "value"});
    const auto samples =
        store.each_sample(kKnownToday, [](const std::string& source, const Sample& s) {
            std::cout << csv_line(
                {format_utc(s.at), source, s.metric, s.dimension, number_text(s.value)});
            return true;
        });
    if (!samples) return samples;
    const auto records = store.all_records(kKnownToday);
    if (!records) return tl::unexpected{records.error()};
    for (const Record& r : *records) {
        std::cout << csv_line(
            {format_utc(r.at), "record", r.name, r.note, r.value ? number_text(*r.value) : ""});
    }
    return {};
}

/// Writes a JSON array an element a line, without holding it in memory.
class ArrayWriter {
  public:
    explicit ArrayWriter(const char* key) { std::cout << "\"" << key << "\":["; }
    ~ArrayWriter() { std::cout << "\n]"; }
    ArrayWriter(const ArrayWriter&) = delete;
    ArrayWriter& operator=(const ArrayWriter&) = delete;
    void add(const Json& json) {
        std::cout << (first_ ? "\n" : ",\n") << dumped(json);
        first_ = false;
    }

  private:
    bool first_ = true;
};

Json decision_json(const StoredDecision& d) {
    return {{"post", d.post_id},
            {"label", d.decision.label},
            {"value", d.decision.value ? Json(*d.decision.value) : Json(nullptr)},
            {"who", d.decision.who},
            {"when", format_utc(d.decision.when)},
            {"note", d.decision.note}};
}

Result<void> export_json(const Store& store) {
    std::cout << "{";
    {
        ArrayWriter posts{"posts"};
        const auto listed = store.each_post({}, kKnownToday, [&](const StoredPost& post) {
            posts.add(post_json(post));
            return true;
        });
        if (!listed) return listed;
    }
    std::cout << ",\n";
    {
        ArrayWriter samples{"samples"};
        const auto listed =
            store.each_sample(kKnownToday, [&](const std::string& source, const Sample& s) {
                samples.add({{"at", format_utc(s.at)},
                             {"source", source},
                             {"metric", s.metric},
                             {"dimension", s.dimension},
                             {"value", figure_json(s.value)}});
                return true;
            });
        if (!listed) return listed;
    }
    std::cout << ",\n";
    {
        ArrayWriter out{"records"};
        const auto records = store.record_history(kKnownToday);
        if (!records) return tl::unexpected{records.error()};
        for (const Record& r : *records) out.add(record_json(r));
    }
    std::cout << ",\n";
    {
        ArrayWriter out{"decisions"};
        const auto made = store.decisions_within({kBeginningOfTime, kEndOfTime}, kKnownToday);
        if (!made) return tl::unexpected{made.error()};
        for (const StoredDecision& d : *made) out.add(decision_json(d));
    }
    std::cout << "\n}\n";
    return {};
}

}  // namespace

int run(const ExportCommand& command, App& app) {
    const auto exported =
        command.format == Format::json ? export_json(app.store) : export_csv(app.store);
    return exported ? kExitWell : complain(exported.error());
}

}  // namespace narvaro
