// narvaro import: samples and records from a CSV file, all or nothing.
#include <charconv>
#include <cmath>
#include <fstream>
#include <iostream>
#include <set>

#include "daemon/commands/commands.h"
#include "daemon/csv.h"
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
            samples.push_back({cells[1], {cells[2], cells[3], *at, value->value_or(0)}});
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

int run(const ImportCommand& command, App& app) {
    if (command.file.ends_with(".opml")) return import_opml(command.file, app);
    std::ifstream in{command.file};
    if (!in) return complain({Fault::usage, "cannot read " + command.file, "", {}});
    Reader reader{app, command.file};
    Progress bar{"reading " + command.file, std::nullopt};
    std::size_t rows = 0;
    const auto read = read_csv(in, [&](int line, const std::vector<std::string>& cells) {
        bar.set(++rows);
        return reader.row(line, cells);
    });
    if (!read)
        return complain(
            {Fault::usage, command.file + ": " + read.error().what, read.error().remedy, {}});
    for (const std::string& mistake : reader.mistakes) std::cerr << "narvaro: " << mistake << "\n";
    if (!reader.mistakes.empty()) {
        std::cerr << "narvaro: nothing was stored\n";
        return kExitFailed;
    }
    if (command.dry_run) {
        std::cout << "would store " << reader.samples.size() << " samples and "
                  << reader.records.size() << " records, less those that are there already\n";
        return kExitWell;
    }
    const auto counts = app.store.import(reader.samples, reader.records, app.now);
    if (!counts) return complain(counts.error());
    std::cout << counts->added << " stored, " << counts->duplicates << " were there already\n";
    return kExitWell;
}

}  // namespace narvaro
