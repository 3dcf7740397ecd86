// narvaro import: samples and records from a CSV file, all or nothing.
#include <charconv>
#include <cmath>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <sstream>

#include "daemon/commands/commands.h"
#include "daemon/csv.h"
#include "daemon/follower_file.h"
#include "daemon/import_report.h"
#include "daemon/progress.h"
#include "daemon/who.h"

namespace narvaro {
namespace {

/// The source of a row that is a record: its metric is the record's name.
constexpr char kRecord[] = "record";
const std::vector<std::string> kColumns{"at", "source", "metric", "dimension", "value"};

/// Reads the rows; a mistake is kept with its line, and reading goes on to find the others.
class Reader {
  public:
    Reader(const App& app, std::string file) : app_(app), file_(std::move(file)) {
        for (const ConfiguredSource& s : app.settings.sources) sources_.insert(s.source.id);
    }

    bool row(int line, const std::vector<std::string>& cells) {
        line_ = line;
        if (!has_header_) {
            has_header_ = true;
            if (cells != kColumns) wrong("the columns must be at,source,metric,dimension,value");
            return cells == kColumns;
        }
        if (cells.size() != kColumns.size()) {
            wrong(std::to_string(cells.size()) + " cells, not 5");
            return true;
        }
        const auto at = instant_of(cells[0]);
        const auto value = value_of(cells[4], cells[1] == kRecord);
        if (!at || !value) return true;
        if (cells[2].empty()) {
            wrong("the metric is empty");
        } else if (cells[1] == kRecord) {
            add_record(*at, cells, *value);
        } else if (!sources_.contains(cells[1])) {
            wrong("there is no source \"" + cells[1] + "\"; allowed: record and " + source_names());
        } else {
            samples.push_back(
                {cells[1], {cells[2], cells[3], *at, value->value_or(0), who_is_asking()}});
        }
        return true;
    }

    std::vector<ImportedSample> samples;
    std::vector<Record> records;
    std::vector<std::string> mistakes;

  private:
    void wrong(const std::string& what) {
        mistakes.push_back(file_ + ":" + std::to_string(line_) + ": " + what);
    }

    /// A bare date is noon of that day in the plan's zone.
    std::optional<sys_seconds> instant_of(const std::string& text) {
        if (const auto day = parse_date(text)) {
            return app_.zone.instant_of(date::local_seconds{*day} + std::chrono::hours{12});
        }
        const auto instant = parse_instant(text);
        if (!instant) wrong("\"" + text + "\" is neither a date (2021-03-01) nor an instant");
        return instant;
    }

    /// The outer optional: readable; the inner one: empty for an event.
    std::optional<std::optional<double>> value_of(const std::string& text, bool may_be_empty) {
        if (text.empty() && may_be_empty) return std::optional<double>{};
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc{} && end == text.data() + text.size() && std::isfinite(value)) {
            return std::optional{value};
        }
        wrong("\"" + text + "\" is not a number (1234.5)");
        return {};
    }

    void add_record(sys_seconds at, const std::vector<std::string>& cells,
                    const std::optional<double>& value) {
        Record record;
        record.name = cells[2];
        record.at = at;
        record.value = value;
        record.note = cells[3];
        record.who = who_is_asking();
        record.recorded_at = app_.now;
        records.push_back(std::move(record));
    }

    std::string source_names() const {
        std::string names;
        for (const std::string& s : sources_) names += (names.empty() ? "" : ", ") + s;
        return names;
    }

    const App& app_;
    std::string file_;
    std::set<std::string> sources_;
    bool has_header_ = false;
    int line_ = 0;
};

}  // namespace

namespace {

/// What a file holds, ready to be stored.
struct Read {
    std::vector<ImportedSample> samples;
    std::vector<Record> records;
    bool one_a_day = false;  ///< new follows: a line for each day that had some
};

/// Whose followers a file of Meta tells: the source that is named, else the only one of the kind
/// that its heading names.
Result<std::string> source_of(const FollowerFile& file, const ImportCommand& command,
                              const Settings& settings) {
    const bool facebook = file.heading.find("acebook") != std::string::npos;
    const bool instagram = file.heading.find("nstagram") != std::string::npos;
    std::vector<std::string> fitting;
    for (const ConfiguredSource& s : settings.sources) {
        if (!command.source.empty() && s.source.id == command.source) return s.source.id;
        const bool fits = (facebook && s.source.kind == SourceKind::facebook) ||
                          (instagram && s.source.kind == SourceKind::instagram);
        if (fits) fitting.push_back(s.source.id);
    }
    if (command.source.empty() && fitting.size() == 1) return fitting.front();
    if (!command.source.empty()) {
        return fail(Fault::usage, "--source: there is no source \"" + command.source + "\"",
                    "name one of the configuration");
    }
    return fail(Fault::usage, "the file does not tell whose followers these are",
                "add --source NAME, a source of the configuration");
}

Result<Read> read_followers(const std::string& text, const ImportCommand& command, const App& app) {
    const auto file = read_follower_file(text, command.metric);
    if (!file) return tl::unexpected{file.error()};
    const auto source = source_of(*file, command, app.settings);
    if (!source) return tl::unexpected{source.error()};
    Read out;
    out.one_a_day = file->metric == "follows";
    for (const FollowerDay& day : file->days) {
        const sys_seconds noon =
            app.zone.instant_of(date::local_seconds{day.day} + std::chrono::hours{12});
        out.samples.push_back({*source, {file->metric, "", noon, day.value, who_is_asking()}});
    }
    return out;
}

Result<Read> read_rows(const std::string& text, const ImportCommand& command, const App& app) {
    Reader reader{app, command.file};
    Progress bar{"reading " + command.file, std::nullopt};
    std::size_t rows = 0;
    std::istringstream in{text};
    const auto read = read_csv(in, [&](int line, const std::vector<std::string>& cells) {
        bar.set(++rows);
        return reader.row(line, cells);
    });
    if (!read) return tl::unexpected{read.error()};
    if (!reader.mistakes.empty()) {
        for (const std::string& mistake : reader.mistakes) {
            std::cerr << "narvaro: " << mistake << "\n";
        }
        return fail(Fault::bad_reply, "nothing was stored");
    }
    return Read{std::move(reader.samples), std::move(reader.records), false};
}

/// Reads the file in whichever of its forms, and refuses what contradicts itself.
Result<Read> read_file(const ImportCommand& command, const App& app) {
    std::ifstream in{command.file, std::ios::binary};
    if (!in) return fail(Fault::usage, "cannot read " + command.file);
    const std::string text = decoded_text(std::string{std::istreambuf_iterator<char>{in}, {}});
    auto read =
        is_follower_file(text) ? read_followers(text, command, app) : read_rows(text, command, app);
    if (!read) return read;
    const auto wrong = contradictions(read->samples, app.zone);
    if (wrong.empty()) return read;
    for (const std::string& one : wrong) {
        std::cerr << "narvaro: " << command.file << ": " << one << "\n";
    }
    return fail(Fault::bad_reply, "nothing was stored", "keep one of the figures in the file");
}

}  // namespace

int run(const ImportCommand& command, App& app) {
    if (command.file.ends_with(".opml")) return import_opml(command.file, app);
    const auto read = read_file(command, app);
    if (!read) return complain(fail(read.error(), command.file).value());
    const auto counts = command.dry_run
                            ? app.store.rehearse_import(read->samples, read->records, app.now)
                            : app.store.import(read->samples, read->records, app.now);
    if (!counts) return complain(counts.error());
    std::cout << (command.dry_run ? "would store " : "") << counts->added
              << (command.dry_run ? " (" : " stored (") << read->samples.size() << " samples and "
              << read->records.size() << " records read), " << counts->duplicates
              << " were there already\n";
    for (const std::string& remark : import_remarks(read->samples, app.zone, read->one_a_day)) {
        std::cout << remark << "\n";
    }
    return kExitWell;
}

}  // namespace narvaro
