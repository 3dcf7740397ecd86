#include "files.h"

namespace narvaro {
namespace {

class PlanRemarks : public ConfigTest {
  protected:
    std::vector<std::string> remarks(const std::string& targets,
                                     const std::string& more = {}) const {
        write("plan.toml", "[plan]\nid = \"p\"\nfrom = 2021-01-01\nto = 2021-12-31\n" + targets);
        const auto settings = load_settings(
            write("narvaro.toml", "plans = [\"plan.toml\"]\n" + std::string{kSound} + more));
        if (settings) return plan_remarks(settings->plans.front(), *settings);
        ADD_FAILURE() << as_lines(settings.error(), directory_);
        return {};
    }
    using Lines = std::vector<std::string>;
};

TEST_F(PlanRemarks, SayNothingOfASoundTarget) {
    EXPECT_EQ(remarks("[target.t]\nkind = \"growth\"\nsample = { source = \"fb\", metric = "
                      "\"followers_local\" }\ngoal = { factor = 1.2 }\nbaseline = { value = 400, "
                      "note = \"n\", at "
                      "= 2021-01-01 }\n"),
              Lines{});
}

TEST_F(PlanRemarks, NameAPlanThatCountsNothing) {
    EXPECT_EQ(remarks(""),
              Lines{"the plan has no targets: nothing is counted; add a [target.NAME]"});
}

TEST_F(PlanRemarks, NameGrowthWithoutBaseline) {
    EXPECT_EQ(
        remarks("[target.t]\nkind = \"growth\"\nsample = { record = \"m\" }\ngoal = { factor = "
                "2 }\n"),
        Lines{"target t has no baseline: the last figure at or before 2021-01-01 is taken, "
              "else the first after it; write baseline = { value = …, at = 2021-01-01, note "
              "= \"…\" } when the figure is known"});
    EXPECT_EQ(
        remarks("[target.t]\nkind = \"growth\"\nsample = { record = \"m\" }\ngoal = { factor = "
                "2 }\nbaseline = { at = 2020-12-31 }\n"),
        Lines{})
        << "a chosen day is an answer";
}

TEST_F(PlanRemarks, NameABaselineFromAfterTheFirstDay) {
    EXPECT_EQ(
        remarks("[target.t]\nkind = \"growth\"\nsample = { record = \"m\" }\ngoal = { factor = "
                "2 }\nbaseline = { value = 3, note = \"n\", at = 2021-03-01 }\n"),
        Lines{"target t has a baseline of 2021-03-01, after the plan's first day: what was "
              "won before it does not count; give the figure of 2021-01-01 if there is one"});
}

TEST_F(PlanRemarks, NameWhatASourceCannotTell) {
    EXPECT_EQ(
        remarks("[target.t]\nkind = \"growth\"\nsample = { source = \"fb\", metric = "
                "\"views\" }\ngoal = { factor = 2 }\nbaseline = { value = 3, note = \"n\" }\n"),
        Lines{"target t follows views, which is told for each day by itself: the goal "
              "compares the last day with the baseline's; follow a level such as followers, "
              "or write records of monthly sums"});
    EXPECT_EQ(remarks("[target.t]\nkind = \"rate\"\nposts = { sources = [\"fb\"], stories = true "
                      "}\ngoal = { at_least = 1, per = \"week\" }\n"),
              Lines{"target t counts stories, but they are read from Instagram only: there are "
                    "none in its sources; name an Instagram source or leave stories out"});
}

TEST_F(PlanRemarks, NameAFactorOfNothing) {
    const Lines expected{
        "target t is a factor of a baseline of 0, which gives no goal: it is told as not "
        "measurable; write goal = { at_least = … }"};
    EXPECT_EQ(
        remarks("[target.t]\nkind = \"growth\"\nsample = { record = \"m\" }\ngoal = { factor = "
                "2 }\nbaseline = { value = 0, note = \"n\" }\n"),
        expected);
    EXPECT_EQ(remarks("[target.t]\nkind = \"volume\"\nrecords = \"m\"\ngoal = { factor = 2 "
                      "}\nbaseline = { value = 0, note = \"n\" }\n"),
              expected);
}

TEST_F(PlanRemarks, NameAGoalThatAsksForNoGrowth) {
    const Lines expected{
        "target t asks for no growth: its goal is not above its baseline; write for example "
        "factor = 1.20 for +20 %"};
    const std::string target = "[target.t]\nkind = \"growth\"\nsample = { record = \"m\" }\n";
    EXPECT_EQ(
        remarks(target + "goal = { factor = 0.20 }\nbaseline = { value = 50, note = \"n\" }\n"),
        expected);
    EXPECT_EQ(
        remarks(target + "goal = { at_least = 40 }\nbaseline = { value = 50, note = \"n\" }\n"),
        expected);
    EXPECT_EQ(
        remarks(target + "goal = { at_least = 51 }\nbaseline = { value = 50, note = \"n\" }\n"),
        Lines{});
}

TEST_F(PlanRemarks, NameAShareThatIsNoPartOfItsWhole) {
    const Lines expected{
        "target t counts posts that are no part of its whole, so that the share can pass 100 %; "
        "name the same sources in posts and of"};
    const std::string head = "[target.t]\nkind = \"share\"\ngoal = { at_least = 0.1 }\n";
    EXPECT_EQ(remarks(head + "posts = { sources = [\"fb\", \"ig\"], labels = [\"youth\"] }\nof = { "
                             "sources = [\"fb\"] }\n"),
              expected);
    EXPECT_EQ(remarks(head + "posts = { sources = [\"ig\"], labels = [\"youth\"], stories = true "
                             "}\nof = { sources = [\"ig\"] }\n"),
              expected);
    EXPECT_EQ(remarks(head + "posts = { sources = [\"ig\"] }\nof = { sources = [\"ig\"] }\n"),
              Lines{"target t compares posts with themselves: the share is always 100 %; name "
                    "labels in posts"});
    EXPECT_EQ(remarks(head + "posts = { sources = [\"ig\"], labels = [\"youth\"] }\nof = { sources "
                             "= [\"fb\", \"ig\"] }\n"),
              Lines{});
}

TEST_F(PlanRemarks, NameNewsHooksWithoutNews) {
    const std::string target =
        "[target.t]\nkind = \"share\"\nposts = { sources = [\"fb\"], labels = [\"news_hook\"] "
        "}\nof = { sources = [\"fb\"] }\ngoal = { at_least = 0.1 }\n";
    EXPECT_EQ(remarks(target),
              Lines{"target t counts news hooks, but no press source is configured: only links to "
                    "known papers count; add a [source.NAME] with kind = \"press\""});
    EXPECT_EQ(remarks(target, "[source.mitti]\nkind = \"press\"\nurl = \"https://m.example\"\n"),
              Lines{});
}

TEST_F(PlanRemarks, NameABaselineWithoutASource) {
    EXPECT_EQ(remarks("[target.t]\nkind = \"growth\"\nsample = { record = \"m\" }\ngoal = { "
                      "factor = 2 }\nbaseline = { value = 50, at = 2021-01-01 }\n"),
              Lines{"target t has a baseline without a source; write note = \"…\", where the "
                    "figure comes from"});
}

TEST_F(PlanRemarks, NameASentenceThatNobodyCounts) {
    const std::string target =
        "[target.t]\nkind = \"milestone\"\nrecords = \"m\"\n[[sentence]]\ntext.sv = \"Vi ska "
        "ses\"\n";
    EXPECT_EQ(remarks(target),
              (Lines{"sentence \"Vi ska ses\" has no target: nobody counts it; name targets = "
                     "[\"…\"], or say why = \"…\"",
                     "target t counts no sentence of the plan; name it in the targets of a "
                     "[[sentence]]"}));
    EXPECT_EQ(remarks(target + "targets = [\"t\"]\n"), Lines{});
    EXPECT_EQ(remarks(target + "why = \"en hållning\"\n").size(), 1U);
}

TEST_F(PlanRemarks, NameAFollowedStoryThatLastYearCannotTell) {
    const auto found = remarks(
        "[target.t]\nkind = \"volume\"\nposts = { sources = [\"ig\"], stories = true }\ngoal = { "
        "factor = 2 }\nbaseline = { period = \"previous\" }\n");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found.front().find("24 hours"), std::string::npos);
}

/// A plan of these days with a rate in this unit.
std::vector<std::string> rate_remarks(const char* from, const char* to, PeriodUnit per) {
    Plan plan;
    plan.from = parse_date(from).value();
    plan.to = parse_date(to).value();
    Target target;
    target.id = "t";
    target.kind = TargetKind::rate;
    target.records = "r";
    target.goal.at_least = 2;
    target.goal.per = per;
    plan.targets.push_back(target);
    return plan_remarks(plan, Settings{});
}

TEST(PlanRemark, NamesAPeriodThatThePlanCannotHold) {
    EXPECT_EQ(rate_remarks("2021-03-10", "2021-03-20", PeriodUnit::month),
              std::vector<std::string>{"target t asks for a whole month's posts in a plan of 11 "
                                       "days; write per = \"week\" or a longer plan"});
    EXPECT_EQ(rate_remarks("2021-03-10", "2021-12-31", PeriodUnit::month).size(), 1U);
    EXPECT_TRUE(rate_remarks("2021-03-10", "2021-03-20", PeriodUnit::week).empty());
    EXPECT_EQ(rate_remarks("2021-03-10", "2021-03-12", PeriodUnit::week).size(), 1U);
    EXPECT_TRUE(rate_remarks("2021-01-01", "2021-12-31", PeriodUnit::month).empty());
}

TEST(PlanRemark, NamesAudiencesThatThePlatformNoLongerTakes) {
    Plan plan;
    plan.from = parse_date("2026-01-01").value();
    plan.to = parse_date("2026-12-31").value();
    Target target;
    target.id = "t";
    target.kind = TargetKind::coverage;
    target.audiences = "ads";
    plan.targets.push_back(target);
    ASSERT_EQ(plan_remarks(plan, Settings{}).size(), 1U);
    plan.to = parse_date("2025-10-05").value();
    EXPECT_TRUE(plan_remarks(plan, Settings{}).empty());
}

TEST(PlanRemark, NamesLocalFollowersWithoutLocalPlaces) {
    Plan plan;
    Target target;
    target.id = "t";
    target.kind = TargetKind::growth;
    target.series = SeriesRef{"fb", "followers_local", "", ""};
    target.goal.at_least = 9;
    target.baseline = Baseline{3.0, {}, false, "n"};
    plan.targets.push_back(target);
    EXPECT_EQ(plan_remarks(plan, Settings{}),
              std::vector<std::string>{
                  "target t follows followers_local, but [places] has no group \"local\": nothing "
                  "can be added up; write local = [\"…\"] under [places]"});
}

}  // namespace
}  // namespace narvaro
