#pragma once
#include <string>
#include <vector>

namespace narvaro {

/// A table for people on a terminal: a heading, then rows; columns as wide as their widest cell,
/// two blanks apart. Cells are made harmless (see harmless_line) and the last column takes what is
/// left of `width`.
class Table {
  public:
    enum class Align { left, right };
    struct Column {
        std::string heading;
        Align align = Align::left;
        std::size_t at_most = 60;  ///< longer cells are cut with "…"
    };

    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
    void add(std::vector<std::string> cells);
    bool empty() const { return rows_.empty(); }
    std::string text() const;

  private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace narvaro
