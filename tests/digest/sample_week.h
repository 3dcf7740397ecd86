#pragma once
#include "digest/week.h"

namespace narvaro {

inline sys_seconds utc(const char* text) { return parse_instant(text).value(); }

inline Target named_target(const char* id, TargetKind kind, const char* sv, const char* en) {
    Target target;
    target.id = id;
    target.kind = kind;
    target.name = {sv, en};
    return target;
}

/// Week 46 of 2021 with one target of each kind that a digest words differently.
inline DigestWeek sample_week() {
    DigestWeek week;
    week.week = {2021, 46};
    week.span = {utc("2021-11-14T23:00:00Z"), utc("2021-11-21T23:00:00Z")};
    week.as_of = week.span.to - seconds{1};
    week.zone = "Europe/Stockholm";
    week.plan_id = "2021";
    week.plan_name = {"Verksamhetsplan 2021", "Plan of activities 2021"};
    week.rules = {"climate 1 (1a2b3c4d)"};
    week.program = "narvaro 0.1.0";
    week.recipients = 1;
    week.reply_to = "narvaro@example.org";
    week.composed_at = utc("2021-11-22T06:00:00Z");

    DigestTarget web{
        named_target("web-posts", TargetKind::rate, "Minst två inlägg per månad på hemsidan",
                     "At least two website posts a month"),
        {},
        TargetResult{}};
    web.target.posts = PostFilter{{"web"}, {}, false};
    web.target.goal.at_least = 2;
    web.now.state = TargetState::behind;
    web.now.value = 1;
    web.now.goal = 2;
    web.now.needed = {Needed::Kind::posts_before, 1, 0, utc("2021-11-30T23:00:00Z"), {}};
    web.now.periods = {
        {{utc("2021-09-30T22:00:00Z"), utc("2021-10-31T23:00:00Z")}, 2, true, true},
        {{utc("2021-10-31T23:00:00Z"), utc("2021-11-30T23:00:00Z")}, 1, false, false}};
    web.before->state = TargetState::on_track;
    web.before->value = 1;

    DigestTarget fans{named_target("fb-followers", TargetKind::growth, "Följare totalt +20 %",
                                   "All followers +20 %"),
                      {},
                      TargetResult{}};
    fans.now.state = TargetState::on_track;
    fans.now.value = 1182;
    fans.now.goal = 1204.5;
    fans.now.baseline = 1000;
    fans.now.baseline_at = utc("2021-01-01T00:00:00Z");
    fans.now.needed = {Needed::Kind::per_week, 5, 0, utc("2021-12-31T23:00:00Z"), {}};
    fans.now.forecast = Forecast{utc("2021-12-31T22:59:59Z"), 1212, 1204, 1221};
    fans.before->state = TargetState::on_track;
    fans.before->value = 1176;

    DigestTarget hooks{named_target("news-hooks", TargetKind::share, "Minst 10 % korta inlägg",
                                    "At least 10 % short posts"),
                       {},
                       TargetResult{}};
    hooks.now.state = TargetState::behind;
    hooks.now.value = 4.0 / 46;
    hooks.now.goal = 0.10;
    hooks.now.matched = 4;
    hooks.now.of = 46;
    hooks.now.needed = {Needed::Kind::of_next, 2, 10, {}, {}};
    hooks.before->state = TargetState::behind;
    hooks.before->value = 4.0 / 44;

    DigestTarget ads{named_target("local-audiences", TargetKind::coverage,
                                  "Lokala annonsmålgrupper", "Local ad audiences"),
                     {},
                     {}};
    ads.now.state = TargetState::closed;
    ads.now.reason = ResultReason::closed_by_platform;
    ads.now.detail = "2025-10-06, about.fb.com";

    week.targets = {web, fans, hooks, ads};
    week.evidence = {{"web-posts",
                      {{"web/1",
                        "web",
                        "Bussarna i Brottby",
                        "https://vallentuna.example/bussarna",
                        utc("2021-11-16T11:30:00Z"),
                        {},
                        {"artikel på hemsidan"}}},
                      {},
                      {}}};
    DigestSource press;
    press.id = "mitti";
    press.kind = SourceKind::press;
    press.last_success = utc("2021-11-19T05:00:00Z");
    press.failing_since = utc("2021-11-19T06:00:00Z");
    press.error = "the server answered 500";
    week.sources = {press};
    return week;
}

/// The same week with something in every section.
inline DigestWeek full_week() {
    DigestWeek week = sample_week();
    week.late = true;
    DigestCurve curve;
    curve.target = "fb-followers";
    curve.span = {utc("2020-12-31T23:00:00Z"), utc("2021-12-31T23:00:00Z")};
    curve.goal = 1204.5;
    curve.points = {{utc("2021-01-03T22:59:59Z"), 1000, 1000},
                    {utc("2021-06-30T21:59:59Z"), 1090, 1101},
                    {utc("2021-11-21T22:59:59Z"), 1182, 1181}};
    week.curves = {curve};
    week.activity = {{"fb", 9, {3, 4, 4, 5, 3, 4, 4, 5}, "https://facebook.example/9"},
                     {"ig", 4, {3, 4, 4, 5, 3, 4, 4, 5}, ""}};
    DigestPost near{"fb/1000_7",
                    "fb",
                    "Vi ska rädda skogen",
                    "https://facebook.example/7",
                    utc("2021-11-17T10:00:00Z"),
                    {"climate"},
                    {"klimat·skogen"}};
    week.targets[2].target.posts = PostFilter{{"fb"}, {"climate", "youth"}, false};
    week.evidence.push_back({"news-hooks", {}, {near}, {}});
    week.press = {{"mitti/1",
                   "mitti",
                   "Bussarna i Brottby dras in",
                   "https://mitti.example/1",
                   utc("2021-11-18T05:00:00Z"),
                   {},
                   {"Brottby"}}};
    DigestTarget letter{named_target("newsletter", TargetKind::rate, "Medlemsbrev varje månad",
                                     "A newsletter each month"),
                        {},
                        TargetResult{}};
    letter.target.records = "v-aktuellt";
    letter.now.state = TargetState::on_track;
    letter.now.value = 0;
    letter.now.goal = 1;
    letter.now.needed = {Needed::Kind::records_before, 1, 0, utc("2021-11-30T23:00:00Z"), {}};
    letter.before->state = TargetState::on_track;
    week.targets.push_back(letter);
    DigestSource page;
    page.id = "fb";
    page.kind = SourceKind::facebook;
    page.last_success = utc("2021-11-22T05:50:00Z");
    page.token_ends = utc("2021-12-15T06:00:00Z");
    page.gaps = {{{"followers_city", "", GapReason::below_threshold, "under 100 likes"},
                  utc("2021-11-04T05:00:00Z")}};
    week.sources.push_back(page);
    week.endings = {{"Graph API v24.0", date::sys_days{date::year{2022} / 2 / 18}, "v26.0"}};
    week.restated = {
        {"fb-followers", {utc("2021-11-10T05:00:00Z"), 1170, 1172, utc("2021-11-17T05:00:00Z")}}};
    week.corrections = {{week.evidence[0].counted[0],
                         {"climate", false, "Anna", utc("2021-11-17T12:00:00Z"), "busslinje"}}};
    return week;
}

/// What a post may hold that means harm.
inline std::string hostile_text() {
    return "<script>alert(1)</script>\r\nBcc: all@example.org\r\n\r\n=HYPERLINK(\"x\")"
           "\u202Egnp.exe\x07\x1b[31m\"'>" +
           std::string(10'000, 'w') + " \U0001F525 \u05E9\u05DC\u05D5\u05DD";
}

/// A week in which all foreign text is hostile.
inline DigestWeek hostile_week() {
    DigestWeek week = full_week();
    const std::string bad = hostile_text();
    const auto spoil = [&](DigestPost& post) {
        post.headline = bad;
        post.url = "javascript:alert(1)//" + bad;
        post.reasons = {bad};
    };
    for (DigestEvidence& e : week.evidence) {
        for (DigestPost& post : e.counted) spoil(post);
        for (DigestPost& post : e.near) spoil(post);
    }
    for (DigestPost& post : week.press) spoil(post);
    for (DigestCorrection& c : week.corrections) {
        spoil(c.post);
        c.decision.note = bad;
        c.decision.who = bad;
    }
    for (DigestSource& source : week.sources) {
        source.error = bad;
        source.remedy = bad;
        for (DigestGap& gap : source.gaps) gap.gap.detail = bad;
    }
    week.config_error = bad;
    return week;
}

}  // namespace narvaro
