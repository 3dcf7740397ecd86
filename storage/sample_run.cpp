#include "storage/sample_run.h"

#include <algorithm>
#include <limits>

namespace narvaro {
namespace {

constexpr std::int64_t kFarthest = std::numeric_limits<std::uint32_t>::max();

auto day_of(sys_seconds t) { return std::chrono::floor<std::chrono::days>(t); }

SampleRun run_of(const SampleRun& from, const std::vector<sys_seconds>& readings) {
    SampleRun run = from;
    run.at = readings.front();
    run.again.assign(readings.begin() + 1, readings.end());
    run.seen_until = readings.back();
    return run;
}

}  // namespace

std::vector<sys_seconds> SampleRun::readings() const {
    std::vector<sys_seconds> all{at};
    all.insert(all.end(), again.begin(), again.end());
    return all;
}

bool SampleRun::covers(sys_seconds t, bool one_a_day) const {
    const auto says_the_same = [&](sys_seconds kept) {
        return kept == t || (one_a_day && day_of(kept) == day_of(t));
    };
    return t == seen_until || says_the_same(at) ||
           std::any_of(again.begin(), again.end(), says_the_same);
}

bool SampleRun::extend(sys_seconds t, bool one_a_day) {
    if ((t - at).count() > kFarthest) return false;
    if (!covers(t, one_a_day)) again.insert(std::upper_bound(again.begin(), again.end(), t), t);
    seen_until = std::max(seen_until, t);
    return true;
}

std::string encode_again(sys_seconds at, const std::vector<sys_seconds>& again) {
    std::string bytes;
    bytes.reserve(again.size() * 4);
    for (const sys_seconds t : again) {
        const auto offset = static_cast<std::uint64_t>((t - at).count());
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes += static_cast<char>((offset >> shift) & 0xff);
        }
    }
    return bytes;
}

std::vector<sys_seconds> decode_again(sys_seconds at, const std::string& bytes) {
    std::vector<sys_seconds> again;
    for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) {
        std::int64_t offset = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            offset = offset * 256 + static_cast<unsigned char>(bytes[i + k]);
        }
        again.push_back(at + seconds{offset});
    }
    return again;
}

SplitRun split_at(const SampleRun& run, sys_seconds t) {
    std::vector<sys_seconds> readings = run.readings();
    // The last reading of the last day is real too, though it is not among those kept.
    if (readings.back() < run.seen_until) readings.push_back(run.seen_until);
    std::vector<sys_seconds> before;
    std::vector<sys_seconds> after;
    SplitRun split;
    for (const sys_seconds reading : readings) {
        if (reading < t) before.push_back(reading);
        if (reading == t) split.exact = true;
        if (reading > t) after.push_back(reading);
    }
    if (!before.empty()) split.before = run_of(run, before);
    if (!after.empty()) split.after = run_of(run, after);
    return split;
}

}  // namespace narvaro
