#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace narvaro {

/// One row of the table sample: a value, and the readings that found it unchanged. Of several polls
/// on one day (UTC) the first is kept: rows stay small, and what was known at an instant never
/// changes by what is read later.
struct SampleRun {
    sys_seconds at;
    std::int64_t version = 0;
    double value = 0;
    sys_seconds seen_until;
    std::vector<sys_seconds> again;  ///< later readings, oldest first
    sys_seconds stored_at;
    std::string by{};  ///< who entered it by hand; empty: read from the source

    /// All kept readings, `at` first.
    std::vector<sys_seconds> readings() const;
    /// Whether a reading at `t` says nothing new: it is kept already, or one of its day is.
    bool covers(sys_seconds t, bool one_a_day) const;
    /// Notes that the value was read once more. @return false when `t` is too far for the row
    bool extend(sys_seconds t, bool one_a_day);
};

/// 4 bytes, most significant first, for each reading: seconds after `at`.
std::string encode_again(sys_seconds at, const std::vector<sys_seconds>& again);
std::vector<sys_seconds> decode_again(sys_seconds at, const std::string& bytes);

/// A run cut at one instant that tells another value.
struct SplitRun {
    std::optional<SampleRun> before;  ///< readings before the instant
    bool exact = false;               ///< there was a reading at the instant itself
    std::optional<SampleRun> after;   ///< readings after it
};
SplitRun split_at(const SampleRun& run, sys_seconds t);

}  // namespace narvaro
