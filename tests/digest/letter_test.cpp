#include "digest/letter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "digest/chart.h"
#include "digest/layout.h"
#include "digest/plain_text.h"
#include "digest/week_diff.h"
#include "sample_week.h"

namespace narvaro {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Letter letter_of(const DigestWeek& week, const char* language = "en") {
    return compose_letter(week, Zone::find(week.zone).value(), language);
}

std::vector<std::string> headings_of(const Letter& letter) {
    std::vector<std::string> headings;
    for (const LetterSection& section : letter.sections) headings.push_back(section.heading);
    return headings;
}

LetterSection section(const Letter& letter, const std::string& heading) {
    for (const LetterSection& s : letter.sections) {
        if (s.heading == heading) return s;
    }
    ADD_FAILURE() << "no section " << heading;
    return {};
}

TEST(Letter, GoesFromWhatToDoToWhereItComesFrom) {
    EXPECT_THAT(headings_of(letter_of(full_week())),
                ElementsAre("WHAT MOVED", "COUNTED THIS WEEK", "LOCAL NEWS WITHOUT A POST YET",
                            "WAITING FOR A PERSON", "DATA HEALTH", "CORRECTED BY PEOPLE",
                            "ABOUT THESE FIGURES", "WHO GETS THIS"));
}

TEST(Letter, SaysInOneSentenceWhatChangedAndTheMostUsefulAct) {
    EXPECT_EQ(letter_of(full_week()).sentence,
              "At least two website posts a month: from on track to behind. Most useful now: "
              "1 post by 30\u00A0November (At least two website posts a month).");
}

TEST(Letter, SaysThatItIsLateAndWhenItCouldBeMade) {
    EXPECT_THAT(letter_of(full_week()).notice, HasSubstr("late"));
    EXPECT_THAT(letter_of(full_week()).notice, HasSubstr("22\u00A0November 07:00"));
    EXPECT_THAT(letter_of(sample_week()).notice, IsEmpty());
}

TEST(Letter, OfAWeekOfNothingIsShortAndSaysSo) {
    DigestWeek week = full_week();
    week.evidence.clear();
    week.corrections.clear();
    for (DigestTarget& t : week.targets) t.before = t.now;
    const Letter letter = letter_of(week);
    EXPECT_THAT(letter.sentence, HasSubstr("Nothing was counted and no target changed its state"));
    EXPECT_THAT(headings_of(letter), Not(testing::Contains("COUNTED THIS WEEK")));
    EXPECT_THAT(letter.charts, IsEmpty());
    EXPECT_THAT(digest_pictures(week).value(), IsEmpty());
    EXPECT_EQ(letter.rows.size(), week.targets.size()) << "the status is news for a plan";
}

TEST(Letter, ToldToNobodyHasNoWayOut) {
    DigestWeek week = full_week();
    week.reply_to.clear();
    EXPECT_THAT(headings_of(letter_of(week)), Not(testing::Contains("WHO GETS THIS")));
}

TEST(Letter, TellsHowToLeaveAndHowManyGetItButNotWho) {
    DigestWeek week = full_week();
    week.recipients = 6;
    const auto lines = section(letter_of(week), "WHO GETS THIS").lines;
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0], "6 people get this digest, each in a mail of their own.");
    EXPECT_THAT(lines[1], HasSubstr("write \"stop\" to narvaro@example.org"));
}

TEST(WhatMoved, IsMeasuredAgainstTheAccountsOwnUsualWeek) {
    DigestWeek week = full_week();
    week.targets[1].now.gain = WeeklyGain{2, 0, 4, 8};
    const auto facts = what_moved(week, Catalogue{"en"});
    ASSERT_EQ(facts.size(), 3U);
    EXPECT_EQ(facts[0].text, "At least two website posts a month: from on track to behind");
    EXPECT_EQ(facts[1].text, "All followers +20 %: +6 this week, usually +2 (±0 to +4)");
    EXPECT_EQ(facts[2].text, "fb: 9 posts this week, usually 4");
    EXPECT_EQ(facts[2].url, "https://facebook.example/9");
}

TEST(WhatMoved, SaysNothingOfAWeekLikeOthersAndOfAHistoryTooShort) {
    DigestWeek week = full_week();
    for (DigestTarget& t : week.targets) t.before = t.now;
    week.activity[0].posts = 5;
    EXPECT_THAT(what_moved(week, Catalogue{"en"}), IsEmpty());
    week.activity[0] = {"fb", 9, {1, 2, 1}, ""};
    EXPECT_THAT(what_moved(week, Catalogue{"en"}), IsEmpty());
}

TEST(WhatMoved, SaysNothingOfAFigureThatPeopleEnterNowAndThen) {
    DigestWeek week = full_week();
    week.activity.clear();
    week.targets[1].now.gain = WeeklyGain{2, 0, 4, 8};
    week.targets[1].target.series = SeriesRef{"", "", "", "members"};
    EXPECT_EQ(what_moved(week, Catalogue{"en"}).size(), 1U) << "only the changed state";
}

TEST(WhatMoved, IsAtMostFiveFacts) {
    DigestWeek week = full_week();
    week.activity.assign(9, {"fb", 9, {1, 2, 1, 1}, ""});
    EXPECT_EQ(what_moved(week, Catalogue{"en"}).size(), 5U);
}

TEST(WaitingForPeople, NamesTheCommandForWhatNoPlatformTells) {
    DigestWeek week = full_week();
    DigestTarget members{
        named_target("members", TargetKind::growth, "Medlemmar", "Members"), {}, {}};
    members.target.series = SeriesRef{"", "", "", "members"};
    members.now.state = TargetState::on_track;
    members.now.value = 58;
    members.now.value_at = utc("2021-09-30T10:00:00Z");
    week.targets.push_back(members);
    const auto items = waiting_for_people(week, Zone::find(week.zone).value(), Catalogue{"en"});
    ASSERT_EQ(items.size(), 2U);
    EXPECT_THAT(items[0].notes, ElementsAre("narvaro record v-aktuellt"));
    EXPECT_EQ(items[1].text, "Members: last entered 30\u00A0September");
    EXPECT_THAT(items[1].notes, ElementsAre("narvaro record members FIGURE"));
}

TEST(Evidence, TellsHowANearMissIsMadeToCount) {
    const auto groups = section(letter_of(full_week()), "COUNTED THIS WEEK").groups;
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(groups[1].heading, "Almost counted: At least 10 % short posts");
    EXPECT_THAT(
        groups[1].items[0].notes,
        ElementsAre("klimat·skogen", "If it should count: narvaro label fb/1000_7 youth=yes"));
}

TEST(Evidence, ListsAFewPostsAndCountsTheRest) {
    DigestWeek week = full_week();
    week.evidence[0].counted.assign(12, week.evidence[0].counted[0]);
    const auto group = section(letter_of(week), "COUNTED THIS WEEK").groups[0];
    EXPECT_EQ(group.items.size(), 5U);
    EXPECT_EQ(group.rest, "and 7 more");
}

TEST(Health, TellsFailuresTokensEndingsAndRestatements) {
    const auto items = section(letter_of(full_week()), "DATA HEALTH").groups.at(0).items;
    ASSERT_EQ(items.size(), 4U);
    EXPECT_EQ(items[0].text,
              "mitti: last read 19\u00A0November 06:00, failing since 19\u00A0November 07:00 "
              "(3 days): the server answered 500");
    EXPECT_EQ(items[1].text,
              "fb: last read 22\u00A0November 06:50; the token ends on 15\u00A0December 2021, 23 "
              "days left");
    EXPECT_THAT(items[1].notes,
                ElementsAre("followers_city: too few for the platform to tell, since "
                            "4\u00A0November (18 days) – under 100 likes"));
    EXPECT_EQ(items[2].text,
              "Graph API v24.0 is ended by the platform on 18\u00A0February 2022. Use instead: "
              "v26.0.");
    EXPECT_EQ(items[3].text,
              "All followers +20 %, 10\u00A0November: changed from 1,170 to 1,172 at "
              "the source.");
}

TEST(Letter, SpeaksTheLanguageAskedForInPeoplesVerdictsToo) {
    EXPECT_EQ(section(letter_of(full_week(), "sv"), "RÄTTAT AV MÄNNISKOR").groups[0].items[0].text,
              "web/1: climate = nej (Anna) – busslinje");
    EXPECT_EQ(section(letter_of(full_week()), "CORRECTED BY PEOPLE").groups[0].items[0].text,
              "web/1: climate = no (Anna) – busslinje");
}

TEST(DigestChanges, NameStatesFiguresAndSources) {
    const DigestWeek earlier = sample_week();
    DigestWeek later = full_week();
    later.sources[0].failing_since.reset();
    EXPECT_THAT(digest_changes(earlier, later, "en"),
                ElementsAre("A newsletter each month: new in the plan", "mitti: can be read again",
                            "fb followers_city: a gap has opened"));
    later.targets[1].now.value = 1190;
    later.targets[1].now.state = TargetState::met;
    EXPECT_THAT(digest_changes(earlier, later, "en"),
                testing::IsSupersetOf({"All followers +20 %: from on track to met",
                                       "All followers +20 %: from 1,182 to 1,190"}));
    EXPECT_THAT(digest_changes(later, later, "en"), IsEmpty());
}

}  // namespace
}  // namespace narvaro
