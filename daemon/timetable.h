#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/source.h"
#include "core/time.h"
#include "storage/stored.h"

namespace narvaro {

/// One line of the timetable: what is polled next, when and why then.
struct Departure {
    std::string source;
    std::string beat;                 ///< an edge with a rhythm of its own; empty: the whole source
    std::optional<sys_seconds> next;  ///< empty: never polled, so right away
    seconds every{0};                 ///< the rhythm when nothing is in the way
    std::string why;                  ///< "rhythm", "3 failures", "its host asked for patience", …
};

/// The departures of one source, the whole source first.
/// @param host_wait  until when the source's host wants to be left alone
std::vector<Departure> departures(const Source& source, const SourceStatus& status,
                                  std::optional<sys_seconds> host_wait);

}  // namespace narvaro
