// narvaro posts: the stored posts, oldest first.
#include <iostream>

#include "daemon/commands/commands.h"
#include "daemon/csv.h"
#include "daemon/post_json.h"
#include "daemon/table.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

std::string labels_words(const StoredPost& p) {
    std::string out;
    for (const auto& [label, value] : p.labels) {
        if (value) out += (out.empty() ? "" : " ") + label;
    }
    return out;
}

/// Prints posts in one format, as they come.
class Printer {
  public:
    Printer(Format format, const Zone& zone) : format_(format), zone_(zone) {
        if (format == Format::csv) {
            std::cout << csv_line({"id", "source", "kind", "published", "title", "text", "url",
                                   "media_type", "labels", "gone"});
        }
        if (format == Format::json) std::cout << "[";
    }

    void add(const StoredPost& p) {
        switch (format_) {
            case Format::jsonl:
                std::cout << dumped(post_json(p)) << "\n";
                break;
            case Format::json:
                std::cout << (count_ == 0 ? "\n" : ",\n") << dumped(post_json(p));
                break;
            case Format::csv:
                std::cout << csv_line({p.id, p.source, name_of(p.post.kind),
                                       p.post.published ? format_utc(*p.post.published) : "",
                                       p.post.title, p.post.text, p.post.url, p.post.media_type,
                                       labels_words(p), p.gone ? "true" : "false"});
                break;
            case Format::table:
                table_.add({p.id,
                            p.post.published
                                ? zone_.format(*p.post.published).substr(0, 16).replace(10, 1, " ")
                                : "-",
                            name_of(p.post.kind), labels_words(p),
                            p.post.title.empty() ? p.post.text : p.post.title});
                break;
        }
        ++count_;
    }

    void finish() const {
        if (format_ == Format::json) std::cout << (count_ == 0 ? "]\n" : "\n]\n");
        if (format_ == Format::table) std::cout << table_.text();
    }

  private:
    Format format_;
    const Zone& zone_;
    std::size_t count_ = 0;
    Table table_{{{"POST", Table::Align::left, 40},
                  {"PUBLISHED"},
                  {"KIND"},
                  {"LABELS"},
                  {"TEXT", Table::Align::left, 60}}};
};

Result<std::optional<sys_seconds>> day_edge(const std::string& text, const char* option,
                                            const Zone& zone, bool end) {
    if (text.empty()) return std::optional<sys_seconds>{};
    const auto day = parse_date(text);
    if (!day) {
        return fail(Fault::usage, std::string{option} + ": \"" + text + "\" is not a date",
                    "write it as 2021-06-30");
    }
    return std::optional{end ? zone.day(*day).to : zone.start_of(*day)};
}

}  // namespace

int run(const PostsCommand& command, App& app) {
    PostListing listing;
    listing.source = command.source;
    listing.label = command.label;
    const auto from = day_edge(command.from, "--from", app.zone, false);
    if (!from) return complain(from.error());
    const auto to = day_edge(command.to, "--to", app.zone, true);
    if (!to) return complain(to.error());
    listing.from = *from;
    listing.to = *to;
    if (!command.source.empty()) {
        const auto known = app.store.status(command.source);
        if (!known) return complain(known.error());
    }
    Printer printer{command.format, app.zone};
    const auto listed = app.store.each_post(listing, kKnownToday, [&](const StoredPost& post) {
        printer.add(post);
        return true;
    });
    if (!listed) return complain(listed.error());
    printer.finish();
    return kExitWell;
}

}  // namespace narvaro
