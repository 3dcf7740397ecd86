#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace narvaro {

/// One day of a follower file.
struct FollowerDay {
    int line = 0;
    date::local_days day;
    double value = 0;
};

/// A series as Meta Business Suite exports it: a line "sep=,", a heading ("Facebook follows"), the
/// columns Date and Primary, then a day a line. New follows leave out the days without any.
struct FollowerFile {
    std::string heading;
    std::string metric;  ///< "followers": the level; "follows": how many were new that day
    std::vector<FollowerDay> days;  ///< in the file's order
};

/// Text in UTF-8, whatever byte order mark it came with (UTF-8, UTF-16 of either order). Halves of
/// pairs that stand alone become U+FFFD.
std::string decoded_text(std::string_view bytes);

/// Whether the text is such an export: its first line is "sep=" and a separator.
bool is_follower_file(std::string_view text);

/// @param metric  what the values are, for a heading that does not tell; empty: by the heading
/// @return Fault::usage with every unreadable line, or for a heading that could be either
Result<FollowerFile> read_follower_file(const std::string& text, const std::string& metric);

}  // namespace narvaro
