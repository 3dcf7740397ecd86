#pragma once
// A second reckoning of the plan of 2021, to compare with: plain loops over everything, with a
// calendar of its own. Slow on purpose.
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/plan.h"
#include "core/time.h"

namespace narvaro::reference {

struct Post {
    std::string source;
    std::string id;
    sys_seconds at;
    sys_seconds seen;                           ///< when it was first stored
    std::map<std::string, sys_seconds> labels;  ///< since when each is known
};
struct Reading {
    sys_seconds at;
    sys_seconds stored;
    double value;
};
struct Entry {
    sys_seconds at;
    sys_seconds recorded;
    std::optional<std::size_t> corrects;  ///< an earlier entry, by its place
    bool withdrawn = false;
};
/// An audience that reaches "Vallentuna" (the group local) or "Täby" (regional).
struct Reach {
    std::string place;
    sys_seconds from;
    sys_seconds to;
};
struct World {
    std::vector<Post> posts;
    std::vector<Reading> followers;  ///< oldest first, one a day at most
    std::vector<Entry> meetings;
    std::vector<Reach> audiences;
};

/// From where in time the world is looked at.
struct Look {
    sys_seconds at;
    bool known_then = false;
};

struct Answer {
    std::optional<double> value;
    std::optional<double> goal;
    std::optional<double> baseline;
    std::optional<double> progress;
    std::vector<std::int64_t> periods;
    std::optional<std::int64_t> of;
};

/// Hours that Stockholm is ahead of UTC: the last Sundays of March and October, 01:00 UTC.
inline int hours_ahead(sys_seconds t) {
    const date::year_month_day day{date::floor<date::days>(t)};
    const auto change = [&](unsigned month) {
        return sys_seconds{
            date::sys_days{day.year() / date::month{month} / date::Sunday[date::last]} +
            std::chrono::hours{1}};
    };
    return change(3) <= t && t < change(10) ? 2 : 1;
}

inline date::year_month_day local_day(sys_seconds t) {
    return {date::floor<date::days>(t + std::chrono::hours{hours_ahead(t)})};
}

inline int year_of(sys_seconds t) { return static_cast<int>(local_day(t).year()); }
inline unsigned month_of(sys_seconds t) { return static_cast<unsigned>(local_day(t).month()); }

inline bool seen(const Post& p, Look look) {
    return p.at <= look.at && (!look.known_then || p.seen <= look.at);
}

inline bool has(const Post& p, const std::string& label, Look look) {
    const auto found = p.labels.find(label);
    return found != p.labels.end() && (!look.known_then || found->second <= look.at);
}

inline bool counts(const World& world, std::size_t i, Look look) {
    const Entry& e = world.meetings[i];
    const auto known = [&](const Entry& one) {
        return !look.known_then || one.recorded <= look.at;
    };
    if (e.at > look.at || !known(e) || e.withdrawn) return false;
    for (const Entry& other : world.meetings) {
        if (other.corrects == i && known(other)) return false;
    }
    return true;
}

inline Answer rate(const World& world, Look look, double at_least) {
    Answer a;
    a.goal = at_least;
    const unsigned last = year_of(look.at) > 2021 ? 12 : month_of(look.at);
    a.periods.assign(last, 0);
    for (const Post& p : world.posts) {
        if (seen(p, look) && year_of(p.at) == 2021) ++a.periods[month_of(p.at) - 1];
    }
    double met = 0;
    double judged = 0;
    for (unsigned m = 1; m <= last; ++m) {
        const bool good = static_cast<double>(a.periods[m - 1]) >= at_least;
        const bool over =
            year_of(look.at + seconds{1}) > 2021 || month_of(look.at + seconds{1}) > m;
        if (good) ++met;
        if (good || over) ++judged;
    }
    a.value = static_cast<double>(a.periods.back());
    if (judged > 0) a.progress = met / judged;
    return a;
}

inline Answer share(const World& world, Look look, double at_least) {
    Answer a;
    a.goal = at_least;
    double matching = 0;
    std::int64_t all = 0;
    for (const Post& p : world.posts) {
        if (!seen(p, look) || year_of(p.at) != 2021) continue;
        ++all;
        if (has(p, "news_hook", look)) ++matching;
    }
    a.of = all;
    if (all == 0) return a;
    a.value = matching / static_cast<double>(all);
    a.progress = *a.value / at_least;
    return a;
}

inline Answer volume(const World& world, Look look, double factor) {
    Answer a;
    double now = 0;
    double before = 0;
    std::int64_t all = 0;
    for (const Post& p : world.posts) {
        if (!seen(p, look)) continue;
        if (year_of(p.at) == 2021) ++all;
        if (!has(p, "climate", look) || !has(p, "youth", look)) continue;
        if (year_of(p.at) == 2021) ++now;
        if (year_of(p.at) == 2020) ++before;
    }
    a.value = now;
    a.of = all;
    a.baseline = before;
    if (before == 0) return a;
    a.goal = std::ceil(before * factor - 1e-9);
    a.progress = now / *a.goal;
    return a;
}

inline Answer growth(const World& world, Look look, double factor) {
    Answer a;
    const auto visible = [&](const Reading& r) {
        return r.at <= look.at && (!look.known_then || r.stored <= look.at);
    };
    std::optional<Reading> first;
    std::optional<Reading> last;
    for (const Reading& r : world.followers) {
        if (!visible(r)) continue;
        const bool before = year_of(r.at - seconds{1}) < 2021;  // midnight itself belongs to it
        if (before || !first) first = r;
        if (year_of(r.at) <= 2021) last = r;
    }
    if (first) {
        a.baseline = first->value;
        a.goal = first->value * factor;
    }
    if (!last) return a;
    a.value = last->value;
    if (*a.baseline == 0) {
        a.goal.reset();
    } else {
        a.progress = (*a.value - *a.baseline) / (*a.goal - *a.baseline);
    }
    return a;
}

inline Answer milestone(const World& world, Look look, double at_least) {
    Answer a;
    a.goal = at_least;
    double done = 0;
    for (std::size_t i = 0; i < world.meetings.size(); ++i) {
        if (counts(world, i, look) && year_of(world.meetings[i].at) == 2021) ++done;
    }
    a.value = done;
    a.progress = done / at_least;
    return a;
}

inline Answer coverage(const World& world, Look look) {
    Answer a;
    a.goal = 2;
    std::set<std::string> touched;
    for (const Reach& r : world.audiences) {
        const bool begun = r.from <= look.at && year_of(r.from) <= 2021;
        const bool lasted = year_of(r.to - seconds{1}) >= 2021;
        if (begun && lasted) touched.insert(r.place);
    }
    a.value = static_cast<double>(touched.size());
    a.progress = *a.value / 2;
    return a;
}

/// A made-up world of 2020 and 2021, with more at the edges of months than chance would put there.
inline World random_world(std::mt19937& random) {
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const auto some_time = [&] {
        const auto first = date::sys_days{date::year{2020 + pick(2)} / (1 + pick(12)) / 1};
        sys_seconds at =
            sys_seconds{first} - std::chrono::hours{1 + pick(2)} + seconds{pick(3) - 1};
        if (pick(3) > 0) at += seconds{pick(31 * 86400)};
        return at;
    };
    const auto later = [&](sys_seconds t) { return t + seconds{1 + pick(60 * 86400)}; };
    World world;
    const int posts = pick(120);
    for (int i = 0; i < posts; ++i) {
        Post post{pick(2) == 0 ? "fb" : "ig", "p" + std::to_string(i), some_time(), {}, {}};
        post.seen = later(post.at);
        for (const char* label : {"climate", "youth", "news_hook"}) {
            if (pick(2) == 0) post.labels[label] = later(post.seen);
        }
        world.posts.push_back(std::move(post));
    }
    double level = 100;
    const sys_seconds begin = sys_seconds{date::sys_days{date::year{2020} / 11 / 1}};
    for (int day = pick(90); day < 430; day += 1 + pick(20)) {
        level += pick(7) - 2;
        const sys_seconds at = begin + std::chrono::hours{24 * day} + seconds{pick(86000)};
        world.followers.push_back({at, at + seconds{pick(9) == 0 ? 40 * 86400 : 0}, level});
    }
    const int meetings = pick(6);
    for (int i = 0; i < meetings; ++i) {
        const sys_seconds at = some_time();
        world.meetings.push_back({at, later(at), {}, false});
    }
    for (int i = 0; i < meetings; ++i) {
        if (pick(3) > 0) continue;
        const auto corrected = static_cast<std::size_t>(i);
        const Entry& old = world.meetings[corrected];
        world.meetings.push_back({some_time(), later(old.recorded), corrected, pick(2) == 0});
    }
    const int audiences = pick(4);
    for (int i = 0; i < audiences; ++i) {
        const sys_seconds from = some_time();
        world.audiences.push_back({pick(2) == 0 ? "Vallentuna" : "Täby", from, later(from)});
    }
    return world;
}

inline sys_seconds random_instant(std::mt19937& random) {
    const sys_seconds begin{date::sys_days{date::year{2021} / 1 / 1}};
    const unsigned days = 1U + random() % 380U;
    const std::int64_t edge = static_cast<std::int64_t>(random() % 3U) - 1;
    sys_seconds at = begin + std::chrono::hours{24 * days} - std::chrono::hours{1} + seconds{edge};
    if (random() % 2U == 0) at += seconds{static_cast<std::int64_t>(random() % 86400U)};
    return at;
}

/// A target of each kind, as the functions above reckon them: rate 2, share 0.1, volume 1.25,
/// growth 1.2, milestone 2, coverage.
inline Plan plan_of_all_kinds() {
    Plan plan;
    plan.id = "2021";
    plan.from = parse_date("2021-01-01").value();
    plan.to = parse_date("2021-12-31").value();
    const PostFilter all{{"fb", "ig"}, {}, false};
    const auto target = [&](const char* id, TargetKind kind) -> Target& {
        plan.targets.push_back({});
        plan.targets.back().id = id;
        plan.targets.back().kind = kind;
        return plan.targets.back();
    };
    Target& rate = target("rate", TargetKind::rate);
    rate.posts = all;
    rate.goal.at_least = 2;
    Target& share = target("share", TargetKind::share);
    share.posts = PostFilter{{"fb", "ig"}, {"news_hook"}, false};
    share.of = all;
    share.goal.at_least = 0.1;
    Target& volume = target("volume", TargetKind::volume);
    volume.posts = PostFilter{{"fb", "ig"}, {"climate", "youth"}, false};
    volume.goal.factor = 1.25;
    volume.baseline = Baseline{{}, {}, true, ""};
    Target& growth = target("growth", TargetKind::growth);
    growth.series = SeriesRef{"fb", "followers", "", ""};
    growth.goal.factor = 1.2;
    Target& milestone = target("milestone", TargetKind::milestone);
    milestone.records = "meeting";
    milestone.goal.at_least = 2;
    Target& coverage = target("coverage", TargetKind::coverage);
    coverage.audiences = "ads";
    coverage.goal.places = {"local", "regional"};
    return plan;
}

inline std::vector<Answer> answers(const World& world, Look look) {
    return {rate(world, look, 2),     share(world, look, 0.1),   volume(world, look, 1.25),
            growth(world, look, 1.2), milestone(world, look, 2), coverage(world, look)};
}

}  // namespace narvaro::reference
