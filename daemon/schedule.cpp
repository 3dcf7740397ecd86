#include "daemon/schedule.h"

#include <algorithm>
#include <array>
#include <string>

#include "connectors/connector.h"
#include "core/stable_hash.h"

namespace narvaro {
namespace {

constexpr std::array<seconds, 3> kLooksAfterNews{std::chrono::minutes{1}, std::chrono::minutes{5},
                                                 std::chrono::minutes{15}};

}  // namespace

sys_seconds next_poll(const Source& source, const PollEnd& end) {
    seconds wait = source.every;
    if (end.consecutive_failures > 0) {
        const int doublings = std::min(end.consecutive_failures - 1, 10);
        wait = std::min(wait * (1 << doublings), std::max(kLongestWait, source.every));
    }
    // Half of the tenth is the source's own, so that what began together drifts apart; half differs
    // each time, so that what met by chance does not stay together.
    const auto half = static_cast<std::uint64_t>(std::max<std::int64_t>(wait.count() / 20, 1));
    const std::uint64_t mixed =
        stable_hash(source.id + "@" + std::to_string(end.at.time_since_epoch().count()));
    wait += seconds{static_cast<std::int64_t>(stable_hash(source.id) % half + mixed % half)};
    if (end.consecutive_failures == 0 && end.news_at) {
        for (const seconds look : kLooksAfterNews) {
            const sys_seconds again = *end.news_at + look;
            if (again > end.at) {
                wait = std::min(wait, again - end.at);
                break;
            }
        }
    }
    if (end.server_says) wait = std::max(wait, std::min(*end.server_says, kLongestWait));
    return end.at + wait;
}

sys_seconds next_beat(const Source& source, const std::string& beat, const PollEnd& end) {
    Source edge = source;
    edge.id += "/" + beat;
    for (const Beat& b : connector_for(source.kind).beats) {
        if (beat == b.name) edge.every = std::min(source.every, b.every);
    }
    return next_poll(edge, end);
}

std::optional<sys_seconds> next_due(const SourceStatus& status) {
    std::optional<sys_seconds> due = status.next_poll;
    for (const auto& [beat, next] : status.beats) {
        if (!due || next < *due) due = next;
    }
    return due;
}

sys_seconds next_due(const SourceStatus& before, const PollOutcome& outcome) {
    sys_seconds due = outcome.next_poll;
    for (const auto& [beat, next] : before.beats) {
        if (!outcome.beats.contains(beat)) due = std::min(due, next);
    }
    for (const auto& [beat, next] : outcome.beats) due = std::min(due, next);
    return due;
}

std::string due_beat(const SourceStatus& status, sys_seconds now) {
    if (!status.next_poll || *status.next_poll <= now) return {};
    for (const auto& [beat, next] : status.beats) {
        if (next <= now) return beat;
    }
    return {};
}

sys_seconds first_poll(const Source& source, sys_seconds now) {
    return now + seconds{static_cast<std::int64_t>(stable_hash(source.id) % 60)};
}

}  // namespace narvaro
