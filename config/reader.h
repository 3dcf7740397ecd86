#pragma once
// Strict reading of a TOML table. Included only inside config/: it brings all of toml++.
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include "config/problem.h"
#include "core/time.h"

namespace narvaro {

/// Collects the mistakes of one file.
class Report {
  public:
    Report(std::string file, std::vector<Problem>& problems)
        : file_(std::move(file)), problems_(problems) {}
    void add(const toml::source_position& at, std::string text) const {
        problems_.push_back({file_, static_cast<int>(at.line == 0 ? 1 : at.line),
                             static_cast<int>(at.column == 0 ? 1 : at.column), std::move(text)});
    }
    void add(const toml::node& node, std::string text) const {
        add(node.source().begin, std::move(text));
    }
    const std::string& file() const { return file_; }
    std::size_t count() const { return problems_.size(); }

  private:
    std::string file_;
    std::vector<Problem>& problems_;
};

/// Parses; a syntax error is a problem with the parser's own position.
std::optional<toml::table> parse_toml(std::string_view text, const Report& report);

/// One table, read key by key. Every key that is asked for is known; `finish` reports the others. A
/// value of the wrong type is reported where it stands, and reads as absent.
class TableReader {
  public:
    TableReader(const toml::table& table, std::string name, const Report& report)
        : table_(table), name_(std::move(name)), report_(report) {}

    const toml::node* node(const std::string& key);
    std::optional<std::string> text(const std::string& key);
    std::optional<double> number(const std::string& key);
    std::optional<std::int64_t> integer(const std::string& key);
    std::optional<bool> truth(const std::string& key);
    std::optional<date::local_days> day(const std::string& key);
    std::optional<std::chrono::milliseconds> duration(const std::string& key);
    std::vector<std::string> texts(const std::string& key);
    const toml::table* table(const std::string& key);
    const toml::array* tables(const std::string& key);

    /// Reports `key` as wrong where it stands.
    void wrong(const std::string& key, const std::string& text);
    /// Reports that a key without a default is missing.
    void missing(const std::string& key, const std::string& example);
    /// Reports every key that was never asked for.
    void finish();

    const Report& report() const { return report_; }
    const std::string& name() const { return name_; }
    const toml::table& raw() const { return table_; }

  private:
    std::string quoted(const std::string& key) const;
    const toml::table& table_;
    std::string name_;  ///< "[meta]"; empty for the top level
    const Report& report_;
    std::vector<std::string> asked_;
};

/// "90s", "15m", "1h", "1d", "250ms"; empty for anything else, and for what is not positive or
/// beyond a year.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace narvaro
