#pragma once
// Strict reading of a TOML table. Inside config/ only.
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/problem.h"
#include "config/toml_tree.h"
#include "core/plan.h"

namespace narvaro {

/// Collects the mistakes of one file.
class Report {
  public:
    Report(std::string file, std::vector<Problem>& problems)
        : file_(std::move(file)), problems_(problems) {}
    void add(Position at, std::string text) const {
        problems_.push_back({file_, at.line, at.column, std::move(text)});
    }
    const std::string& file() const { return file_; }
    /// Of all files so far: a part without mistakes leaves it as it was.
    std::size_t count() const { return problems_.size(); }

  private:
    std::string file_;
    std::vector<Problem>& problems_;
};

/// An entry of a list of texts.
struct PlacedText {
    std::string text;
    Position at;
};

struct TextOrTable;

/// One table, read key by key. Every key that is asked for is known; `finish` reports the others. A
/// value of the wrong type is reported where it stands, and reads as absent. The table must outlive
/// the reader.
class TableReader {
  public:
    /// @param name  as a person knows the table, "[meta]"; empty for the top level
    TableReader(const TomlValue& table, std::string name, const Report& report)
        : table_(table), name_(std::move(name)), report_(report) {}

    /// One line without control characters; may be empty.
    std::optional<std::string> text(const std::string& key);
    /// As `text`, but an empty one is reported.
    std::optional<std::string> filled(const std::string& key);
    /// One of `known`; any other is reported as `unknown KEY "…"`.
    std::optional<std::string> one_of(const std::string& key,
                                      const std::vector<std::string>& known);
    /// Finite.
    std::optional<double> number(const std::string& key);
    std::optional<double> number(const std::string& key, double least, double most);
    std::optional<int> whole(const std::string& key, int least, int most);
    std::optional<bool> truth(const std::string& key);
    /// A TOML date, or the same in quotes.
    std::optional<date::local_days> day(const std::string& key);
    std::optional<std::chrono::milliseconds> duration(const std::string& key);
    /// Filled lines; a bad entry is reported and left out.
    std::vector<PlacedText> placed_texts(const std::string& key);
    std::vector<std::string> texts(const std::string& key);
    /// A list of which each entry is a filled line or a table, named "[this] key"; a bad entry is
    /// reported and left out.
    std::vector<TextOrTable> texts_or_tables(const std::string& key);
    /// { sv = "…", en = "…" }; empty when absent.
    Text both_languages(const std::string& key);

    /// A table inside; its own name is `name`, or "[this] key" when that is empty.
    std::optional<TableReader> table(const std::string& key, std::string name = {});
    /// The tables of [[key]], each named "[[key]]".
    std::vector<TableReader> tables(const std::string& key);

    /// Whether the key is given, well or badly.
    bool has(const std::string& key) const { return table_.find(key) != nullptr; }
    /// Where the key's value stands; without one, where the table does.
    Position at(const std::string& key) const;
    Position at() const { return table_.at; }
    const std::vector<TomlEntry>& entries() const { return table_.table; }

    /// Reports `"key" in [name] text` where the value stands.
    void wrong(const std::string& key, const std::string& text) const;
    /// Reports that a key without a default is missing.
    void missing(const std::string& key, const std::string& example) const;
    /// Reports every key that was never asked for.
    void finish() const;

    const Report& report() const { return report_; }
    const std::string& name() const { return name_; }

  private:
    const TomlValue* find(const std::string& key);
    std::span<const TomlValue> entries_of(const std::string& key);
    bool is_filled_line(const std::string& key, const TomlValue& entry) const;
    std::string quoted(const std::string& key) const;

    const TomlValue& table_;
    std::string name_;
    const Report& report_;
    std::vector<std::string> asked_;
};

/// An entry of a list that may hold both.
struct TextOrTable {
    PlacedText text;                   ///< without a table
    std::optional<TableReader> table;  ///< empty: a text
};

/// `unknown NOUN "written"; allowed: …; nearest: "…"`. @param of  follows what was written:
/// " of kind website"
std::string unknown_name(const std::string& noun, const std::string& written,
                         const std::vector<std::string>& known, const std::string& of = {});

/// For tables, names and ids: small letters, digits, - and _.
bool is_identifier(std::string_view text);

}  // namespace narvaro
