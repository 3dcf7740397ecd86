// What to do this week: at most three acts, the most urgent first.
#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "digest/figures.h"
#include "digest/week.h"

namespace narvaro {
namespace {

constexpr std::size_t kAtMost = 3;

struct Candidate {
    Advice advice;
    int rank = 0;            ///< smaller is more urgent
    sys_seconds deadline{};  ///< among equals, the earlier first
    std::size_t place = 0;   ///< then in the plan's order
};

/// What is asked of a target that still has something to do.
class Adviser {
  public:
    Adviser(const Zone& zone, std::string_view language) : zone_(zone), words_(language) {}

    Advice advice(const DigestTarget& t) const {
        const std::string needed = needed_words(t.now, t.target, zone_, words_.language());
        const std::string& name = t.target.name.in(words_.language());
        std::string act = fmt::format("{} ({})", needed, name);
        std::string text = fmt::format("{}: {}.", name, needed);
        const std::string effect = effect_of(t);
        if (!effect.empty()) text += " " + effect;
        return {t.target.id, std::move(act), std::move(text)};
    }

  private:
    std::string effect_of(const DigestTarget& t) const {
        switch (t.target.kind) {
            case TargetKind::rate:
                return rate_effect(t);
            case TargetKind::share:
                return share_effect(t.now);
            case TargetKind::growth:
                return growth_effect(t.now);
            case TargetKind::volume:
                return volume_effect(t.now);
            case TargetKind::coverage:
            case TargetKind::milestone:
                return {};
        }
        return {};
    }

    std::string rate_effect(const DigestTarget& t) const {
        if (!t.now.needed.before) return {};
        const auto last = zone_.day_of(*t.now.needed.before - seconds{1});
        const std::string period = t.target.goal.per == PeriodUnit::month
                                       ? month_words(date::year_month_day{last}.month(), words_)
                                       : fmt::format(fmt::runtime(words_.text("week {week}")),
                                                     fmt::arg("week", week_of(last).week));
        return fmt::format(fmt::runtime(words_.text("Then {period} is done.")),
                           fmt::arg("period", period));
    }

    std::string share_effect(const TargetResult& r) const {
        if (!r.matched || !r.of || *r.of == 0) return {};
        const auto ratio = [](std::int64_t n, std::int64_t of) {
            return static_cast<double>(n) / static_cast<double>(of);
        };
        return fmt::format(
            fmt::runtime(words_.text(
                "One more lifts the share from {a} ({an} of {aof}) to {b} ({bn} of {bof}).")),
            fmt::arg("a", percent_words(ratio(*r.matched, *r.of), words_)),
            fmt::arg("an", *r.matched), fmt::arg("aof", *r.of),
            fmt::arg("b", percent_words(ratio(*r.matched + 1, *r.of + 1), words_)),
            fmt::arg("bn", *r.matched + 1), fmt::arg("bof", *r.of + 1));
    }

    std::string growth_effect(const TargetResult& r) const {
        if (!r.value || !r.goal) return {};
        return fmt::format(fmt::runtime(words_.text("Now {value}, the goal is {goal}.")),
                           fmt::arg("value", number_words(*r.value, words_)),
                           fmt::arg("goal", number_words(*r.goal, words_)));
    }

    std::string volume_effect(const TargetResult& r) const {
        if (!r.value || !r.expected) return {};
        return fmt::format(
            fmt::runtime(words_.text("So far {value}; this time of the year asks for {expected}.")),
            fmt::arg("value", number_words(*r.value, words_)),
            fmt::arg("expected", number_words(std::ceil(*r.expected - 1e-9), words_)));
    }

    const Zone& zone_;
    Catalogue words_;
};

bool can_be_acted_on(const TargetResult& r) {
    if (r.needed.kind == Needed::Kind::nothing) return false;
    return r.state == TargetState::behind || r.state == TargetState::on_track ||
           r.state == TargetState::missed;
}

/// What is behind comes before what is on track, and what a person can do in an hour (a post, a
/// record) before what takes months (followers). An on-track growth or share asks for nothing.
int rank_of(const DigestTarget& t) {
    const bool quick = t.now.needed.kind == Needed::Kind::posts_before ||
                       t.now.needed.kind == Needed::Kind::records_before ||
                       t.now.needed.kind == Needed::Kind::of_next;
    if (t.now.state == TargetState::on_track) return 4;
    return (quick ? 0 : 2) + (t.now.state == TargetState::missed ? 1 : 0);
}

/// An on-track target is worth a line only when its period ends within two weeks.
bool urgent_enough(const DigestTarget& t, const DigestWeek& week) {
    if (t.now.state != TargetState::on_track) return true;
    return t.target.kind == TargetKind::rate && t.now.needed.before &&
           *t.now.needed.before - week.as_of < date::days{14};
}

}  // namespace

std::vector<Advice> advice_for(const DigestWeek& week, std::string_view language) {
    const auto zone = Zone::find(week.zone);
    if (!zone) return {};
    const Adviser adviser{*zone, language};
    std::vector<Candidate> candidates;
    for (const DigestTarget& t : week.targets) {
        if (!can_be_acted_on(t.now) || !urgent_enough(t, week)) continue;
        candidates.push_back({adviser.advice(t), rank_of(t),
                              t.now.needed.before.value_or(sys_seconds::max()), candidates.size()});
    }
    std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
        return std::tuple{a.rank, a.deadline, a.place} < std::tuple{b.rank, b.deadline, b.place};
    });
    std::vector<Advice> out;
    for (Candidate& c : candidates) {
        if (out.size() < kAtMost) out.push_back(std::move(c.advice));
    }
    return out;
}

}  // namespace narvaro
