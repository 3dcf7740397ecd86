#include "daemon/timetable.h"

#include <algorithm>

#include "connectors/connector.h"
#include "daemon/schedule.h"

namespace narvaro {
namespace {

std::string why(const Source& source, const SourceStatus& status,
                std::optional<sys_seconds> host_wait) {
    if (!status.next_poll || !status.last_attempt) return "never polled";
    const sys_seconds next = *status.next_poll;
    if (host_wait && *host_wait > *status.last_attempt && next >= *host_wait) {
        return "its host asked for patience";
    }
    if (status.consecutive_failures > 0) {
        return std::to_string(status.consecutive_failures) +
               (status.consecutive_failures == 1 ? " failure" : " failures");
    }
    const seconds wait = next - *status.last_attempt;
    if (wait < source.every) return status.news_at ? "it has just published" : "tried again soon";
    const bool jitter = wait <= source.every + source.every / 10 + seconds{1};
    return jitter ? "rhythm" : "its server asked for longer";
}

}  // namespace

std::vector<Departure> departures(const Source& source, const SourceStatus& status,
                                  std::optional<sys_seconds> host_wait) {
    std::vector<Departure> out{
        {source.id, "", status.next_poll, source.every, why(source, status, host_wait)}};
    for (const Beat& beat : connector_for(source.kind).beats) {
        const auto planned = status.beats.find(beat.name);
        Departure d{source.id, beat.name, {}, std::min(source.every, beat.every), "never polled"};
        if (planned != status.beats.end()) {
            d.next = planned->second;
            d.why = "rhythm";
        }
        out.push_back(std::move(d));
    }
    return out;
}

}  // namespace narvaro
