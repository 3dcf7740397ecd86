#pragma once
#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace narvaro {

/// One line of CSV (RFC 4180, LF): cells quoted where needed, and an apostrophe before what a
/// spreadsheet would run as a formula (= + - @ tab), unless the cell is a plain number.
std::string csv_line(const std::vector<std::string>& cells);

/// Reads RFC 4180 with LF or CRLF and an optional byte order mark; quoted cells may hold line ends.
/// @param row  gets the line number that the row begins on (from 1) and its cells; false stops
/// @param separator  between cells
/// @return Fault::usage with the line number for a quote that never ends or stands inside a bare
/// cell
Result<void> read_csv(std::istream& in,
                      const std::function<bool(int line, std::vector<std::string> cells)>& row,
                      char separator = ',');

}  // namespace narvaro
