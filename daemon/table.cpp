#include "daemon/table.h"

#include <algorithm>
#include <cassert>

#include "digest/plain_text.h"

namespace narvaro {
namespace {

std::string padded(const std::string& cell, std::size_t width, Table::Align align) {
    const std::size_t used = columns_of(cell);
    const std::string blanks(used < width ? width - used : 0, ' ');
    return align == Table::Align::right ? blanks + cell : cell + blanks;
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
    assert(cells.size() == columns_.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i] = shortened(harmless_line(cells[i]), columns_[i].at_most);
    }
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t width = columns_of(columns_[i].heading);
        for (const auto& row : rows_) width = std::max(width, columns_of(row[i]));
        widths.push_back(width);
    }
    std::string out;
    const auto write_row = [&](const auto& cell_of) {
        std::string line;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (i > 0) line += "  ";
            line += padded(cell_of(i), widths[i], columns_[i].align);
        }
        while (!line.empty() && line.back() == ' ') line.pop_back();
        out += line + "\n";
    };
    write_row([&](std::size_t i) { return columns_[i].heading; });
    for (const auto& row : rows_) write_row([&](std::size_t i) { return row[i]; });
    return out;
}

}  // namespace narvaro
