// The annual meeting's page and the words of single targets, in both languages.
#include "digest/statement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "digest/standing_words.h"
#include "digest/whatif_words.h"

namespace narvaro {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

sys_seconds utc(const char* text) { return parse_instant(text).value(); }
const Zone& zone() {
    static const Zone stockholm = Zone::find("Europe/Stockholm").value();
    return stockholm;
}

Record members(std::int64_t id, const char* at, double value) {
    Record record{id, "members", utc(at), value, "", "", "Kim", utc(at)};
    return record;
}

/// A growth goal by hand, with a correction.
StatementGoal members_goal() {
    StatementGoal goal;
    goal.target.id = "members";
    goal.target.kind = TargetKind::growth;
    goal.target.name = {"Fler <medlemmar> & vänner", "More members"};
    goal.target.series = SeriesRef{"", "", "", "members"};
    goal.target.baseline = Baseline{50.0, parse_date("2021-01-01"), false, ""};
    goal.result.state = TargetState::missed;
    goal.result.value = 58;
    goal.result.goal = 60;
    goal.result.baseline = 50;
    goal.result.baseline_at = utc("2020-12-31T23:00:00Z");
    goal.result.standings = {
        {Measurability::confirmed, utc("2021-10-14T12:00:00Z"), "members", "Kim"}};
    goal.result.cautions = {Caution::baseline_unsourced};
    Record after = members(7, "2021-10-15T12:00:00Z", 58);
    after.corrects = 3;
    after.note = "fel lista";
    goal.corrected = {{members(3, "2021-10-14T12:00:00Z", 85), after}};
    goal.readings = {{"members", "", utc("2021-10-15T12:00:00Z"), 58, "Kim"}};
    return goal;
}

Statement statement() {
    Statement out;
    out.plan_id = "2021";
    out.plan_name = {"Verksamhetsplan 2021", "Plan of activities 2021"};
    out.from = parse_date("2021-01-01").value();
    out.to = parse_date("2021-12-31").value();
    out.zone = "Europe/Stockholm";
    out.as_of = utc("2022-02-01T12:00:00Z");
    out.goals = {members_goal()};
    out.uncounted = {{{"Vi ska vara snälla", "We shall be kind"}, {}, "en hållning"}};
    out.program = "narvaro 0.1.0";
    return out;
}

TEST(StatementPage, NamesTheMonthsThatARateLost) {
    StatementGoal goal;
    goal.target.kind = TargetKind::rate;
    goal.target.goal.per = PeriodUnit::month;
    goal.result.goal = 2;
    goal.result.value = 3;
    const auto month = [&](unsigned m, std::int64_t count, bool closed) {
        const Span span = zone().month(date::year{2021} / date::month{m});
        goal.result.periods.push_back({span, count, count >= 2, closed});
    };
    month(1, 2, true);
    month(2, 1, true);
    month(3, 0, true);
    month(4, 0, false);
    EXPECT_THAT(remark_words(goal, zone(), "sv"),
                ElementsAre("Räckte inte i februari (1 av 2), mars (0 av 2)"));
    EXPECT_THAT(remark_words(goal, zone(), "en"),
                ElementsAre("Fell short in February (1 of 2), March (0 of 2)"));
}

TEST(StatementPage, NamesTheAudiencesThatCount) {
    Audience audience;
    audience.remote_id = "1";
    audience.name = "Vallentuna 18–30";
    audience.live_from = utc("2021-02-01T11:00:00Z");
    audience.places = {{"Vallentuna", "", "SE"}, {"Täby", "", "SE"}};
    EXPECT_EQ(audience_words(audience, zone(), Catalogue{"en"}),
              "Vallentuna 18–30 – Vallentuna, Täby (1\u00A0February 2021 – …)");
}

TEST(StatementPage, SaysTheOutcomeItsEvidenceAndItsCorrections) {
    EXPECT_EQ(
        render_statement_text(statement(), "sv"),
        "Verksamhetsplan 2021\n"
        "====================\n\n"
        "Utfallet från 1\u00A0januari 2021 till 31\u00A0december 2021, räknat 1\u00A0februari "
        "2022.\n"
        "1 mål: 1 ej uppnått.\n\n"
        " 1. Fler <medlemmar> & vänner\n"
        "    Ej uppnått: från 50 (1\u00A0januari 2021) till 58; mål 60 (+16\u00A0%)\n"
        "    Räknat:\n"
        "      - 15\u00A0oktober 2021: 58 (Kim)\n"
        "    Om siffrorna:\n"
        "      - members: bekräftat för hand 14\u00A0oktober 2021 (Kim)\n"
        "      - planen säger inte varifrån utgångsvärdet kommer\n"
        "    Rättat:\n"
        "      - 14\u00A0oktober 2021: 85 rättades till 15\u00A0oktober 2021: 58, "
        "15\u00A0oktober 2021\n"
        "        av Kim: fel lista\n\n"
        "Det planen säger och ingen räknat\n"
        "  - Vi ska vara snälla (en hållning)\n\n"
        "Gjord av narvaro 0.1.0 med: narvaro statement --plan 2021. Samma lagrade data\n"
        "ger samma sida.\n");
}

TEST(StatementPage, IsWholeInEnglishToo) {
    const std::string text = render_statement_text(statement(), "en");
    EXPECT_THAT(text,
                HasSubstr("Not reached: from 50 (1\u00A0January 2021) to 58; goal 60 (+16%)"));
    EXPECT_THAT(text, HasSubstr("We shall be kind"));
    EXPECT_THAT(text, Not(HasSubstr("mål")));
}

TEST(StatementPage, AsHtmlKeepsForeignTextHarmless) {
    Statement page = statement();
    DigestPost post{"fb/1",
                    "fb",
                    "\"><script>alert(1)</script>",
                    "javascript:alert(1)",
                    utc("2021-05-01T10:00:00Z"),
                    {},
                    {}};
    page.goals[0].counted = {post};
    const std::string html = render_statement_html(page, "sv");
    EXPECT_THAT(html, HasSubstr("Fler &lt;medlemmar&gt; &amp; vänner"));
    EXPECT_THAT(html, HasSubstr("&quot;&gt;&lt;script&gt;"));
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("javascript:"))) << "only web addresses become links";
    EXPECT_THAT(html, Not(HasSubstr("http://"))) << "nothing is fetched from elsewhere";
}

TEST(StatementPage, ARunningPlanIsNoOutcome) {
    Statement page = statement();
    page.over = false;
    page.goals[0].result.state = TargetState::behind;
    EXPECT_THAT(render_statement_text(page, "sv"), HasSubstr("Efter: från 50"));
    EXPECT_EQ(outcome_word(TargetState::behind, true, "sv"), "Ej uppnått");
}

TEST(StandingWords, NameEachStandingWithItsDate) {
    EXPECT_EQ(
        standing_words({Measurability::gap, utc("2021-05-01T10:00:00Z"), "fb", "no permission"},
                       zone(), "sv"),
        "fb: lucka sedan 1\u00A0maj 2021 (no permission)");
    EXPECT_EQ(standing_words({Measurability::confirmed, {}, "v-aktuellt", ""}, zone(), "en"),
              "v-aktuellt: confirmed by hand, nothing entered yet");
    std::vector<TargetResult> results(4);
    results[0].standings = {{Measurability::measured, {}, "fb", ""}};
    results[1].standings = {{Measurability::measured, {}, "fb", ""}};
    results[2].standings = {{Measurability::closed, {}, "ads", ""}};
    EXPECT_EQ(measurability_total(results, "en"),
              "2 measured, 1 closed by the platform, 1 not measurable");
    EXPECT_EQ(measurability_total(results, "sv"), "2 mätta, 1 stängt av plattformen, 1 ej mätbart");
}

TEST(WhatIfSentence, SaysWhatSoManyMoreGive) {
    Target target;
    target.kind = TargetKind::share;
    target.posts = PostFilter{{"fb"}, {"news_hook"}, false};
    TargetResult now;
    now.value = 4.0 / 46;
    now.matched = 4;
    now.of = 46;
    TargetResult then;
    then.value = 0.125;
    then.matched = 6;
    then.of = 48;
    then.state = TargetState::on_track;
    const WhatIfWords asked{target, now, then, 2, 0, utc("2021-11-30T22:59:59Z"), 1};
    EXPECT_EQ(what_if_sentence(asked, zone(), "en"),
              "2 more posts by 30\u00A0November give 12.5% (6 of 48), where it is 8.7% (4 of 46) "
              "now: on track. 1 is enough.");
    EXPECT_EQ(
        what_if_sentence(asked, zone(), "sv"),
        "2 inlägg till senast 30\u00A0november ger 12,5\u00A0% (6 av 48), nu är det 8,7\u00A0% (4 "
        "av 46): i takt. 1 räcker.");
}

TEST(ReviewWords, SayHowManyForecastsHeld) {
    const Forecast forecast{utc("2021-04-30T21:59:59Z"), 500, 490, 510};
    EXPECT_EQ(review_words({{"a", forecast, 505}, {"b", forecast, 511}}, "sv"),
              "Av 2 prognoser för en månad sedan höll 1: utfallet låg i intervallet.");
    EXPECT_EQ(review_words({}, "sv"), "");
}

}  // namespace
}  // namespace narvaro
