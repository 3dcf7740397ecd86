#include "connectors/graph_usage.h"

#include <algorithm>
#include <cmath>

#include "connectors/graph_json.h"

namespace narvaro {
namespace {

constexpr std::chrono::seconds kDay = std::chrono::hours{24};

std::optional<Json> header_json(const HttpReply& reply, const char* name) {
    const std::string text = reply.header(name);
    if (text.empty()) return {};
    Result<Json> value = parse_graph_json(text);
    if (!value) return {};
    return std::move(*value);
}

void add_percent(const Json& entry, GraphUsage& usage) {
    for (const char* name : {"call_count", "total_time", "total_cputime", "acc_id_util_pct"}) {
        usage.percent = std::max(usage.percent, number_at(entry, name).value_or(0));
    }
}

void add_regain(std::chrono::seconds time, GraphUsage& usage) {
    usage.regain = std::max(usage.regain.value_or(time), time);
}

/// Regain times are told in minutes, one for each kind of call of each object.
void add_business(const Json& objects, GraphUsage& usage) {
    if (!objects.is_object()) return;
    for (const Json& entries : objects) {
        if (!entries.is_array()) continue;
        for (const Json& entry : entries) {
            add_percent(entry, usage);
            const auto minutes = number_at(entry, "estimated_time_to_regain_access");
            if (!minutes || *minutes <= 0) continue;
            const double most = static_cast<double>(kDay.count()) / 60;
            const auto whole = static_cast<std::int64_t>(std::ceil(std::min(*minutes, most)));
            add_regain(std::chrono::minutes{whole + 1}, usage);
        }
    }
}

}  // namespace

std::optional<GraphUsage> graph_usage(const HttpReply& reply) {
    const auto app = header_json(reply, "x-app-usage");
    const auto business = header_json(reply, "x-business-use-case-usage");
    const auto ads = header_json(reply, "x-ad-account-usage");
    if (!app && !business && !ads) return {};
    GraphUsage usage;
    if (app) add_percent(*app, usage);
    if (business) add_business(*business, usage);
    if (ads) {
        add_percent(*ads, usage);
        const auto reset = number_at(*ads, "reset_time_duration");
        const bool blocked = number_at(*ads, "acc_id_util_pct").value_or(0) >= 100;
        if (blocked && reset && *reset > 0) {
            const double most = static_cast<double>(kDay.count());
            add_regain(std::chrono::seconds{static_cast<std::int64_t>(std::min(*reset, most))},
                       usage);
        }
    }
    return usage;
}

}  // namespace narvaro
