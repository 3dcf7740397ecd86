// narvaro records: the figures and events that people entered, and what was corrected.
#include <algorithm>
#include <charconv>
#include <iostream>
#include <set>

#include "daemon/commands/commands.h"
#include "daemon/csv.h"
#include "daemon/record_json.h"
#include "daemon/table.h"
#include "digest/figures.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

std::string note_of(const Record& r, const std::vector<Record>& all) {
    std::string note = r.note;
    const auto say = [&](const std::string& what) { note += (note.empty() ? "" : "; ") + what; };
    if (r.withdrawn) say("withdraws " + std::to_string(*r.corrects));
    if (r.corrects && !r.withdrawn) say("corrects " + std::to_string(*r.corrects));
    const auto later = std::find_if(all.begin(), all.end(),
                                    [&](const Record& other) { return other.corrects == r.id; });
    if (later != all.end()) {
        say((later->withdrawn ? "withdrawn by " : "corrected by ") + std::to_string(later->id));
    }
    if (!r.link.empty()) say(r.link);
    return note;
}

void print_table(const std::vector<Record>& records, const std::vector<Record>& all,
                 const App& app) {
    const Catalogue words{app.settings.language};
    Table table{{{"ID", Table::Align::right},
                 {"DATE"},
                 {"NAME"},
                 {"VALUE", Table::Align::right},
                 {"WHO", Table::Align::left, 20},
                 {"NOTE", Table::Align::left, 70}}};
    for (const Record& r : records) {
        table.add({std::to_string(r.id), format_date(app.zone.day_of(r.at)), r.name,
                   r.value ? number_words(*r.value, words, 2) : "", r.who, note_of(r, all)});
    }
    if (records.empty()) {
        std::cout << "no records\n";
        return;
    }
    std::cout << table.text();
}

void print_csv(const std::vector<Record>& records) {
    std::cout << csv_line({"id", "name", "at", "value", "note", "link", "who", "recorded_at",
                           "corrects", "withdrawn"});
    for (const Record& r : records) {
        const Json json = record_json(r);
        std::vector<std::string> cells;
        for (const auto& value : json) {
            cells.push_back(value.is_null()     ? ""
                            : value.is_string() ? value.get<std::string>()
                                                : value.dump());
        }
        std::cout << csv_line(cells);
    }
}

}  // namespace

int run(const RecordsCommand& command, App& app) {
    auto all = app.store.record_history(kKnownToday);
    if (!all) return complain(all.error());
    if (!command.name.empty()) {
        std::erase_if(*all, [&](const Record& r) { return r.name != command.name; });
    }
    std::vector<Record> shown = *all;
    if (!command.all) {
        std::set<std::int64_t> corrected;
        for (const Record& r : *all) {
            if (r.corrects) corrected.insert(*r.corrects);
        }
        std::erase_if(shown,
                      [&](const Record& r) { return r.withdrawn || corrected.contains(r.id); });
    }
    if (command.format == Format::table) {
        print_table(shown, *all, app);
    } else if (command.format == Format::csv) {
        print_csv(shown);
    } else {
        Json list = Json::array();
        for (const Record& r : shown) list.push_back(record_json(r));
        const auto keep = Json::error_handler_t::replace;
        if (command.format == Format::json) {
            std::cout << Json{{"records", list}}.dump(2, ' ', false, keep) << "\n";
        } else {
            for (const Json& one : list) std::cout << one.dump(-1, ' ', false, keep) << "\n";
        }
    }
    return kExitWell;
}

}  // namespace narvaro
