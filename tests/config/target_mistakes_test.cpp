// Every way in which a target can be wrong, each with the exact line that a person reads.
#include "plans.h"

namespace narvaro {
namespace {

class TargetMistake : public PlanFile, public testing::WithParamInterface<PlanCase> {};

/// The text begins on line 6, below [target.t].
TEST_P(TargetMistake, IsReportedWhereItStands) {
    EXPECT_EQ(plan_mistakes(std::string{kPlanHead} + "[target.t]\n" + GetParam().text),
              GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Parts, TargetMistake,
    testing::Values(
        PlanCase{"NoKind", "records = \"r\"\n",
                 "plan.toml:5:1: \"kind\" in [target.t] is missing; write for example kind = "
                 "\"rate\"\n"},
        PlanCase{"UnknownKind", "kind = \"growt\"\n",
                 "plan.toml:6:8: unknown kind \"growt\"; allowed: coverage, growth, milestone, "
                 "rate, share, volume; nearest: \"growth\"\n"},
        PlanCase{"UnknownKey", "kind = \"milestone\"\nrecord = \"r\"\nrecords = \"r\"\n",
                 "plan.toml:7:1: unknown key \"record\" in [target.t]; allowed: name, kind, posts, "
                 "of, records, sample, audiences, goal, baseline; nearest: \"records\"\n"},
        PlanCase{"UnknownSource",
                 "kind = \"rate\"\nposts = { sources = [\"fb\", \"wbe\"] }\ngoal = { at_least = 1 "
                 "}\n",
                 "plan.toml:7:28: unknown source \"wbe\"; allowed: web, fb, ig, ads; nearest: "
                 "\"web\"\n"},
        PlanCase{"SourceWithoutPosts",
                 "kind = \"rate\"\nposts = { sources = [\"ads\"] }\ngoal = { at_least = 1 }\n",
                 "plan.toml:7:22: source \"ads\", of kind meta-ads, has no posts of our own\n"},
        PlanCase{"NoSources",
                 "kind = \"rate\"\nposts = { labels = [\"climate\"] }\ngoal = { at_least = 1 }\n",
                 "plan.toml:7:9: \"sources\" in [target.t] posts is missing; write for example "
                 "sources = [\"fb\", \"ig\"]\n"},
        PlanCase{"UnknownLabel",
                 "kind = \"rate\"\nposts = { sources = [\"fb\"], labels = [\"klimat\"] }\ngoal = { "
                 "at_least = 1 }\n",
                 "plan.toml:7:39: unknown label \"klimat\"; allowed: climate, news_hook, "
                 "ung_vanster, youth; nearest: \"climate\"\n"},
        PlanCase{"StoriesInQuotes",
                 "kind = \"rate\"\nposts = { sources = [\"fb\"], stories = \"true\" }\ngoal = { "
                 "at_least = 1 }\n",
                 "plan.toml:7:39: \"stories\" in [target.t] posts must be true or false, without "
                 "quotes\n"},
        PlanCase{"NothingToCount", "kind = \"rate\"\ngoal = { at_least = 1 }\n",
                 "plan.toml:5:1: [target.t] of kind rate needs posts or records; write for example "
                 "posts = { sources = [\"web\"] }\n"},
        PlanCase{"ShareOfNothing",
                 "kind = \"share\"\nposts = { sources = [\"fb\"] }\ngoal = { at_least = 0.1 }\n",
                 "plan.toml:5:1: [target.t] of kind share needs of; write for example of = { "
                 "sources = [\"fb\"] }\n"},
        PlanCase{"AnotherKindsPart",
                 "kind = \"milestone\"\nrecords = \"r\"\naudiences = { source = \"ads\" }\n",
                 "plan.toml:8:13: \"audiences\" in [target.t] does not fit a target of kind "
                 "milestone; allowed: records, goal\n"},
        PlanCase{
            "EmptyRecords", "kind = \"milestone\"\nrecords = \"\"\n",
            "plan.toml:7:11: \"records\" in [target.t] is empty; write a text in the quotes\n"},
        PlanCase{"AudiencesOfAPage",
                 "kind = \"coverage\"\naudiences = { source = \"fb\" }\ngoal = { places = "
                 "[\"local\"] }\n",
                 "plan.toml:7:24: \"source\" in [target.t] audiences is \"fb\", of kind facebook; "
                 "audiences need a meta-ads source; allowed: ads\n"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Samples, TargetMistake,
    testing::Values(
        PlanCase{"MetricOfAnotherKind",
                 "kind = \"growth\"\nsample = { source = \"web\", metric = \"followers\" }\ngoal = "
                 "{ factor = 2 }\n",
                 "plan.toml:7:37: unknown metric \"followers\" of kind website; allowed: posts\n"},
        PlanCase{"Metric",
                 "kind = \"growth\"\nsample = { source = \"fb\", metric = \"folowers\" }\ngoal = "
                 "{ factor = 2 }\n",
                 "plan.toml:7:36: unknown metric \"folowers\" of kind facebook; allowed: "
                 "engagements, fans, "
                 "followers, followers_city, followers_local, followers_unplaced, reach, views; "
                 "nearest: \"followers\"\n"},
        PlanCase{"FollowingOfAPage",
                 "kind = \"growth\"\nsample = { source = \"fb\", metric = \"following\" }\ngoal = "
                 "{ factor = 2 }\n",
                 "plan.toml:7:36: unknown metric \"following\" of kind facebook; allowed: "
                 "engagements, fans, "
                 "followers, followers_city, followers_local, followers_unplaced, reach, views; "
                 "nearest: \"followers\"\n"},
        PlanCase{
            "NoDimension",
            "kind = \"growth\"\nsample = { source = \"fb\", metric = \"followers_city\" }\n"
            "goal = { factor = 2 }\n",
            "plan.toml:7:36: \"metric\" in [target.t] sample is \"followers_city\", which goes "
            "by a dimension; write for example dimension = \"Vallentuna, Sweden\"\n"},
        PlanCase{"NeedlessDimension",
                 "kind = \"growth\"\nsample = { source = \"fb\", metric = \"fans\", dimension = "
                 "\"x\" }\ngoal = { factor = 2 }\n",
                 "plan.toml:7:56: \"dimension\" in [target.t] sample does not fit the metric "
                 "\"fans\", which is one number; leave it out\n"},
        PlanCase{"AccountThatIsNotWatched",
                 "kind = \"growth\"\nsample = { source = \"ig\", metric = \"followers\", dimension "
                 "= \"ungvanstr\" }\ngoal = { factor = 2 }\n",
                 "plan.toml:7:61: unknown watched account \"ungvanstr\"; allowed: ungvanster; "
                 "nearest: \"ungvanster\"\n"},
        PlanCase{"SourceAndRecord",
                 "kind = \"growth\"\nsample = { source = \"fb\", record = \"members\" }\ngoal = { "
                 "factor = 2 }\n",
                 "plan.toml:7:10: \"sample\" in [target.t] needs source and metric, or record; "
                 "write for example { source = \"fb\", metric = \"followers\" } or { record = "
                 "\"members\" }\n"},
        PlanCase{"NoMetric",
                 "kind = \"growth\"\nsample = { source = \"fb\" }\ngoal = { factor = 2 }\n",
                 "plan.toml:7:10: \"metric\" in [target.t] sample is missing; write for example "
                 "metric = \"followers\"\n"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Goals, TargetMistake,
    testing::Values(
        PlanCase{"None", "kind = \"rate\"\nrecords = \"r\"\n",
                 "plan.toml:5:1: \"goal\" in [target.t] is missing; write for example goal = { "
                 "at_least = 2, per = \"month\" }\n"},
        PlanCase{"Empty", "kind = \"rate\"\nrecords = \"r\"\ngoal = {}\n",
                 "plan.toml:8:8: \"goal\" in [target.t] needs at_least; write for example goal = { "
                 "at_least = 2, per = \"month\" }\n"},
        PlanCase{"WrongTypeIsOneMistake",
                 "kind = \"rate\"\nrecords = \"r\"\ngoal = { at_least = \"2\" }\n",
                 "plan.toml:8:21: \"at_least\" in [target.t] goal must be a number, without "
                 "quotes\n"},
        PlanCase{
            "Period", "kind = \"rate\"\nrecords = \"r\"\ngoal = { at_least = 2, per = \"moth\" }\n",
            "plan.toml:8:30: unknown per \"moth\"; allowed: month, week; nearest: \"month\"\n"},
        PlanCase{
            "FactorOfARate",
            "kind = \"rate\"\nrecords = \"r\"\ngoal = { at_least = 2, factor = 1.2 }\n",
            "plan.toml:8:33: \"factor\" in [target.t] goal does not fit a target of kind rate; "
            "allowed: at_least, per\n"},
        PlanCase{
            "FactorAndLevel",
            "kind = \"growth\"\nsample = { record = \"m\" }\ngoal = { factor = 2, at_least = 3 "
            "}\n",
            "plan.toml:8:8: \"goal\" in [target.t] needs factor or at_least, one of them; "
            "write for example goal = { factor = 1.20 } or { at_least = 500 }\n"},
        PlanCase{"FactorBelowZero",
                 "kind = \"growth\"\nsample = { record = \"m\" }\ngoal = { factor = -1 }\n",
                 "plan.toml:8:19: \"factor\" in [target.t] goal must be above 0; 1.20 is +20 %\n"},
        PlanCase{"InfiniteFactor",
                 "kind = \"growth\"\nsample = { record = \"m\" }\ngoal = { factor = inf }\n",
                 "plan.toml:8:19: \"factor\" in [target.t] goal must be a number, without "
                 "quotes\n"},
        PlanCase{"HalfAPost", "kind = \"rate\"\nrecords = \"r\"\ngoal = { at_least = 1.5 }\n",
                 "plan.toml:8:21: \"at_least\" in [target.t] goal counts posts or records and must "
                 "be whole\n"},
        PlanCase{"ShareAboveOne",
                 "kind = \"share\"\nposts = { sources = [\"fb\"] }\nof = { sources = [\"fb\"] "
                 "}\ngoal = { at_least = 10 }\n",
                 "plan.toml:9:21: \"at_least\" in [target.t] goal is a share of the whole and at "
                 "most 1; 10 % is 0.10\n"},
        PlanCase{"UnknownPlaces",
                 "kind = \"coverage\"\naudiences = { source = \"ads\" }\ngoal = { places = "
                 "[\"local\", \"locl\", \"local\"] }\n",
                 "plan.toml:8:29: unknown group of [places] \"locl\"; allowed: local; nearest: "
                 "\"local\"\n"
                 "plan.toml:8:37: \"local\" is named twice\n"},
        PlanCase{"NoPlaces",
                 "kind = \"coverage\"\naudiences = { source = \"ads\" }\ngoal = { places = [] }\n",
                 "plan.toml:8:19: \"places\" in [target.t] goal names no group of [places]\n"},
        PlanCase{"ByOutsideThePlan",
                 "kind = \"milestone\"\nrecords = \"r\"\ngoal = { by = 2022-06-30 }\n",
                 "plan.toml:8:15: \"by\" in [target.t] goal lies outside the plan, which is from "
                 "2021-01-01 to 2021-12-31\n"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Baselines, TargetMistake,
    testing::Values(
        PlanCase{"VolumeNeedsOne",
                 "kind = \"volume\"\nposts = { sources = [\"fb\"] }\ngoal = { factor = 1.25 }\n",
                 "plan.toml:5:1: \"baseline\" in [target.t] is missing; write for example baseline "
                 "= { period = \"previous\" } or { value = 20 }\n"},
        PlanCase{
            "PeriodOfAGrowth",
            "kind = \"growth\"\nsample = { record = \"m\" }\ngoal = { factor = 2 }\nbaseline = "
            "{ period = \"previous\" }\n",
            "plan.toml:9:23: \"period\" in [target.t] baseline does not fit a target of kind "
            "growth; allowed: value, at, note\n"},
        PlanCase{"PeriodAndValue",
                 "kind = \"volume\"\nrecords = \"m\"\ngoal = { factor = 2 }\nbaseline = { period = "
                 "\"previous\", value = 3 }\n",
                 "plan.toml:9:23: \"period\" in [target.t] baseline and value exclude each other; "
                 "keep one of them\n"},
        PlanCase{"UnknownPeriod",
                 "kind = \"volume\"\nrecords = \"m\"\ngoal = { factor = 2 }\nbaseline = { period = "
                 "\"previus\" }\n",
                 "plan.toml:9:23: unknown period \"previus\"; allowed: previous; nearest: "
                 "\"previous\"\n"},
        PlanCase{
            "NoteAlone",
            "kind = \"growth\"\nsample = { record = \"m\" }\ngoal = { factor = 2 }\nbaseline = "
            "{ note = \"2020\" }\n",
            "plan.toml:9:12: \"baseline\" in [target.t] says neither value nor period; write "
            "for example baseline = { value = 400, at = 2021-01-01 }\n"},
        PlanCase{
            "BelowZero",
            "kind = \"growth\"\nsample = { record = \"m\" }\ngoal = { factor = 2 }\nbaseline = "
            "{ value = -3 }\n",
            "plan.toml:9:22: \"value\" in [target.t] baseline must not be below 0\n"}),
    name_of_case);

}  // namespace
}  // namespace narvaro
