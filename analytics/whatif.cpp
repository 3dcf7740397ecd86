#include "analytics/whatif.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace narvaro {
namespace {

constexpr double kMost = 1'000'000;

/// The facts, and beside them what is imagined. Nothing of it lies at or before `now`, so that the
/// past is answered as it was.
class ImaginedFacts : public Facts {
  public:
    ImaginedFacts(const Facts& facts, const Target& target, const Imagined& imagined)
        : facts_(facts),
          target_(target),
          imagined_(imagined),
          counted_(imagined.instants(imagined.counted)),
          others_(imagined.instants(imagined.others)) {}

    Result<std::vector<std::int64_t>> count_posts(const PostFilter& filter,
                                                  std::span<const Span> spans) const override {
        auto counts = facts_.count_posts(filter, spans);
        if (!counts || !target_.posts) return counts;
        for (std::size_t i = 0; i < spans.size(); ++i) {
            (*counts)[i] += within(counted_, spans[i]);
            if (filter != *target_.posts) (*counts)[i] += within(others_, spans[i]);
        }
        return counts;
    }

    Result<std::vector<sys_seconds>> post_times(const PostFilter& filter,
                                                Span span) const override {
        auto times = facts_.post_times(filter, span);
        if (!times || !target_.posts) return times;
        for (const sys_seconds t : counted_) {
            if (span.contains(t)) times->push_back(t);
        }
        return times;
    }

    Result<std::optional<Sample>> sample_at(const SeriesRef& series, sys_seconds t) const override {
        auto sample = facts_.sample_at(series, std::min(t, imagined_.now));
        if (!sample || !*sample || t <= imagined_.now) return sample;
        (*sample)->at = t;
        (*sample)->value +=
            static_cast<double>(within(counted_, {imagined_.now + seconds{1}, t + seconds{1}}));
        return sample;
    }

    Result<std::optional<Sample>> sample_after(const SeriesRef& series,
                                               sys_seconds t) const override {
        return facts_.sample_after(series, t);
    }
    Result<std::vector<Sample>> samples(const SeriesRef& series, Span span) const override {
        return facts_.samples(series, span);
    }

    Result<std::vector<Record>> records(const std::string& name, Span span) const override {
        auto records = facts_.records(name, span);
        if (!records || target_.posts) return records;
        for (const sys_seconds t : counted_) {
            if (!span.contains(t)) continue;
            Record record;
            record.name = name;
            record.at = t;
            records->push_back(std::move(record));
        }
        return records;
    }

    Result<std::vector<Audience>> audiences(const std::string& source, Span span) const override {
        return facts_.audiences(source, span);
    }
    Result<std::vector<DatedGap>> gaps(const std::string& source) const override {
        return facts_.gaps(source);
    }
    Result<std::optional<sys_seconds>> read_until(const std::string& source) const override {
        return facts_.read_until(source);
    }
    Result<bool> observed(const std::string& source) const override {
        return facts_.observed(source);
    }

  private:
    static std::int64_t within(const std::vector<sys_seconds>& instants, Span span) {
        return std::count_if(instants.begin(), instants.end(),
                             [&](sys_seconds t) { return span.contains(t); });
    }

    const Facts& facts_;
    const Target& target_;
    const Imagined& imagined_;
    std::vector<sys_seconds> counted_;
    std::vector<sys_seconds> others_;
};

}  // namespace

std::optional<Pace> parse_pace(std::string_view text) {
    Pace pace;
    const std::string_view number = text.substr(0, text.find('/'));
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), pace.amount);
    const bool whole_text = error == std::errc{} && end == number.data() + number.size();
    if (!whole_text || !(pace.amount >= 0 && pace.amount <= kMost)) return {};
    if (number.size() == text.size()) return pace;
    const std::string_view unit = text.substr(number.size() + 1);
    if (unit == "day") {
        pace.per = std::chrono::days{1};
    } else if (unit == "week") {
        pace.per = std::chrono::days{7};
    } else if (unit == "month") {
        pace.per = std::chrono::days{30};
    } else {
        return {};
    }
    return pace;
}

std::vector<sys_seconds> Imagined::instants(const Pace& pace) const {
    const auto length = static_cast<double>((until - now).count());
    double count = std::floor(pace.amount);
    if (pace.per) {
        const auto unit = static_cast<double>(std::chrono::seconds{*pace.per}.count());
        count = std::floor(pace.amount * length / unit + 1e-9);
    }
    count = std::min(count, kMost);
    std::vector<sys_seconds> all;
    for (double i = 1; i <= count; ++i) {
        all.push_back(now + seconds{static_cast<std::int64_t>(length * i / count)});
    }
    return all;
}

Result<TargetResult> what_if(const Target& target, const Plan& plan, const Zone& zone,
                             const Places& places, const Facts& facts, const Imagined& imagined) {
    if (target.kind == TargetKind::coverage) {
        return fail(Fault::usage, "posts do not move target " + target.id + ", of kind coverage",
                    "it takes an ad audience in another place");
    }
    if (imagined.until <= imagined.now) {
        return fail(Fault::usage, "what may come lies after now, but the last day is over",
                    "write a later day as --until");
    }
    const ImaginedFacts facts_then{facts, target, imagined};
    return evaluate(target, plan, zone, places, facts_then, imagined.until);
}

Result<std::optional<std::int64_t>> enough(const Target& target, const Plan& plan, const Zone& zone,
                                           const Places& places, const Facts& facts,
                                           Imagined imagined) {
    constexpr std::int64_t kLookedFor = 1000;
    const auto suffices = [&](std::int64_t n) -> Result<bool> {
        imagined.counted = {static_cast<double>(n), {}};
        const auto then = what_if(target, plan, zone, places, facts, imagined);
        if (!then) return tl::unexpected{then.error()};
        return then->state == TargetState::met || then->state == TargetState::on_track;
    };
    const auto without = suffices(0);
    if (!without) return tl::unexpected{without.error()};
    const auto with_most = suffices(kLookedFor);
    if (!with_most) return tl::unexpected{with_most.error()};
    if (*without || !*with_most) return std::optional<std::int64_t>{};
    std::int64_t too_few = 0;
    std::int64_t sufficient = kLookedFor;
    while (sufficient - too_few > 1) {
        const std::int64_t middle = (too_few + sufficient) / 2;
        const auto one = suffices(middle);
        if (!one) return tl::unexpected{one.error()};
        (*one ? sufficient : too_few) = middle;
    }
    return std::optional{sufficient};
}

}  // namespace narvaro
