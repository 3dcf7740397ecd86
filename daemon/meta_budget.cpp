#include "daemon/meta_budget.h"

#include <charconv>

namespace narvaro {
namespace {

constexpr char kKey[] = "meta_calls";  // "2026-11-25 37"
constexpr std::size_t kDayLength = 10;

std::string day_text(sys_seconds now) { return format_utc(now).substr(0, kDayLength); }

}  // namespace

Task<Result<HttpReply>> MeteredHttp::get(HttpRequest request) {
    ++calls_;
    co_return co_await http_.get(std::move(request));
}

Result<int> meta_calls_today(const Store& store, sys_seconds now) {
    const auto text = store.service_state(kKey);
    if (!text) return tl::unexpected{text.error()};
    if (!*text || !(*text)->starts_with(day_text(now) + " ")) return 0;
    int calls = 0;
    const std::string& kept = **text;
    std::from_chars(kept.data() + kDayLength + 1, kept.data() + kept.size(), calls);
    return calls;
}

Result<void> add_meta_calls(Store& store, int calls, sys_seconds now) {
    const auto before = meta_calls_today(store, now);
    if (!before) return tl::unexpected{before.error()};
    return store.set_service_state(kKey, day_text(now) + " " + std::to_string(*before + calls));
}

Result<std::optional<sys_seconds>> meta_rests_until(const Store& store, int calls_a_day,
                                                    sys_seconds now) {
    const auto calls = meta_calls_today(store, now);
    if (!calls) return tl::unexpected{calls.error()};
    if (*calls < calls_a_day) return std::optional<sys_seconds>{};
    return std::optional<sys_seconds>{date::floor<date::days>(now) + date::days{1}};
}

}  // namespace narvaro
