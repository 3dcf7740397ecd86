// What a plan holds; and every way in which its head can be wrong.
#include "plans.h"

namespace narvaro {
namespace {

class SoundPlan : public PlanFile {
  protected:
    Plan load(const std::string& plan) const {
        write("plan.toml", plan);
        auto settings =
            load_settings(write("narvaro.toml", std::string{"plans = [\"plan.toml\"]\n"} + kSound));
        if (settings) return settings->plans.front();
        ADD_FAILURE() << as_lines(settings.error(), directory_);
        return {};
    }
};

TEST_F(SoundPlan, FillsInZoneNamesAndPeriodOfARate) {
    const Plan plan =
        load(std::string{kPlanHead} +
             "[target.t]\nkind = \"rate\"\nrecords = \"r\"\ngoal = { at_least = 1 }\n"
             "[target.u]\nkind = \"milestone\"\nrecords = \"r\"\nname.sv = \"Möte\"\n");
    EXPECT_EQ(plan.zone, "Europe/Stockholm");
    EXPECT_EQ(plan.name.in("sv"), "p");
    ASSERT_EQ(plan.targets.size(), 2U);
    EXPECT_EQ(plan.targets[0].name.in("en"), "t");
    EXPECT_EQ(plan.targets[0].goal.per, PeriodUnit::month);
    EXPECT_EQ(plan.targets[1].name.in("en"), "Möte") << "the other language rather than none";
    EXPECT_FALSE(plan.targets[1].goal.at_least);
}

TEST_F(SoundPlan, KeepsTheSentencesOfTheDocument) {
    const Plan plan = load(std::string{kPlanHead} + R"([target.t]
kind = "milestone"
records = "r"
[[sentence]]
text = { sv = "Vi ska ses", en = "We shall meet" }
targets = ["t"]
[[sentence]]
text.sv = "Vi ska vara snälla"
why = "en hållning"
)");
    ASSERT_EQ(plan.sentences.size(), 2U);
    EXPECT_EQ(plan.sentences[0], (Sentence{{"Vi ska ses", "We shall meet"}, {"t"}, ""}));
    EXPECT_EQ(plan.sentences[1].why, "en hållning");
}

TEST_F(PlanFile, ASentenceNamesTargetsThatThereAre) {
    EXPECT_EQ(plan_mistakes(std::string{kPlanHead} +
                            "[target.web]\nkind = \"milestone\"\nrecords = \"r\"\n"
                            "[[sentence]]\ntargets = [\"webb\"]\n"),
              "plan.toml:8:1: \"text\" in [[sentence]] is missing; write for example text.sv = "
              "\"…\"\n"
              "plan.toml:9:12: unknown target \"webb\"; allowed: web; nearest: \"web\"\n");
}

TEST_F(SoundPlan, KeepsEveryPartOfATarget) {
    const Plan plan = load(std::string{kPlanHead} + R"([target.volume]
name = { sv = "Mer", en = "More" }
kind = "volume"
posts = { sources = ["fb", "ig"], labels = ["climate", "youth"], stories = true }
of = { sources = ["fb"] }
records = "also"
goal = { factor = 1.25 }
baseline = { period = "previous" }
[target.growth]
kind = "growth"
sample = { source = "ig", metric = "followers", dimension = "ungvanster" }
goal = { at_least = 500 }
baseline = { value = 400, at = "2021-01-01", note = "telefonen" }
[target.week]
kind = "rate"
posts = { sources = ["web"] }
goal = { at_least = 2.0, per = "week" }
[target.done]
kind = "milestone"
records = "m"
goal = { at_least = 2, by = 2021-06-30 }
[target.places]
kind = "coverage"
audiences = { source = "ads" }
goal = { places = ["local"] }
)");
    ASSERT_EQ(plan.targets.size(), 5U);
    Target volume;
    volume.id = "volume";
    volume.kind = TargetKind::volume;
    volume.name = {"Mer", "More"};
    volume.posts = PostFilter{{"fb", "ig"}, {"climate", "youth"}, true};
    volume.of = PostFilter{{"fb"}, {}, false};
    volume.records = "also";
    volume.goal.factor = 1.25;
    volume.baseline = Baseline{{}, {}, true, ""};
    EXPECT_EQ(plan.targets[0], volume);
    EXPECT_EQ(plan.targets[1].series, (SeriesRef{"ig", "followers", "ungvanster", ""}));
    EXPECT_EQ(plan.targets[1].baseline,
              (Baseline{400.0, parse_date("2021-01-01"), false, "telefonen"}));
    EXPECT_EQ(plan.targets[2].goal.per, PeriodUnit::week);
    EXPECT_EQ(plan.targets[3].goal.by, parse_date("2021-06-30"));
    EXPECT_EQ(plan.targets[4].audiences, "ads");
    EXPECT_EQ(plan.targets[4].goal.places, (std::vector<std::string>{"local"}));
}

class PlanHead : public PlanFile, public testing::WithParamInterface<PlanCase> {};

TEST_P(PlanHead, MistakesAreReportedWhereTheyStand) {
    EXPECT_EQ(plan_mistakes(GetParam().text), GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Plan, PlanHead,
    testing::Values(
        PlanCase{"Empty", "",
                 "plan.toml:1:1: \"plan\" is missing; write for example [plan] with id, from and "
                 "to\n"},
        PlanCase{"NothingInIt", "[plan]\n",
                 "plan.toml:1:1: \"from\" in [plan] is missing; write for example from = "
                 "2021-01-01\n"
                 "plan.toml:1:1: \"id\" in [plan] is missing; write for example id = \"2021\"\n"
                 "plan.toml:1:1: \"to\" in [plan] is missing; write for example to = 2021-12-31\n"},
        PlanCase{"Dates", "[plan]\nid = \"p\"\nfrom = \"2021-02-30\"\nto = 2021\n",
                 "plan.toml:3:8: \"from\" in [plan] must be a date; write it as 2021-01-31\n"
                 "plan.toml:4:6: \"to\" in [plan] must be a date; write it as 2021-01-31\n"},
        PlanCase{"DateWithTime",
                 "[plan]\nid = \"p\"\nfrom = 2021-01-01T00:00:00Z\nto = 2021-12-31\n",
                 "plan.toml:3:8: \"from\" in [plan] must be a date; write it as 2021-01-31\n"},
        PlanCase{"Backwards", "[plan]\nid = \"p\"\nfrom = 2021-12-31\nto = 2021-01-01\n",
                 "plan.toml:4:6: \"to\" in [plan] lies before from, 2021-12-31\n"},
        PlanCase{"Zone",
                 "[plan]\nid = \"p\"\nfrom = 2021-01-01\nto = 2021-12-31\nzone = "
                 "\"Europe/Stokholm\"\n",
                 "plan.toml:5:8: \"zone\" in [plan] is \"Europe/Stokholm\", no known time zone; "
                 "allowed: a name as \"Europe/Stockholm\"\n"},
        PlanCase{
            "UnknownKeys",
            "[plan]\nid = \"p\"\nfrom = 2021-01-01\nto = 2021-12-31\nname.se = \"x\"\nzon = "
            "1\n[targets.t]\n",
            "plan.toml:5:6: unknown key \"se\" in [plan] name; allowed: sv, en; nearest: \"sv\"\n"
            "plan.toml:6:1: unknown key \"zon\" in [plan]; allowed: id, name, from, to, zone; "
            "nearest: \"zone\"\n"
            "plan.toml:7:2: unknown key \"targets\"; allowed: plan, target, sentence; nearest: "
            "\"target\"\n"},
        PlanCase{"Syntax", "[plan]\nid = \n",
                 "plan.toml:2:6: TOML: Error while parsing key-value pair: expected value, saw "
                 "'\\n'\n"}),
    name_of_case);

TEST_F(PlanFile, ATargetsNameIsOneThatACommandLineCanHold) {
    EXPECT_EQ(plan_mistakes(std::string{kPlanHead} +
                            "[target.\"a b\"]\nkind = \"milestone\"\nrecords = \"r\"\n"),
              "plan.toml:5:1: \"a b\" is no name for a target; allowed: small letters, digits, - "
              "and _\n");
}

TEST_F(PlanFile, AMistakeInThePeriodIsNotHeldAgainstTheTargets) {
    EXPECT_EQ(plan_mistakes("[plan]\nid = \"p\"\nfrom = 2021-01-01\n[target.t]\nkind = "
                            "\"milestone\"\nrecords = \"r\"\ngoal = { by = 2021-06-30 }\n"),
              "plan.toml:1:1: \"to\" in [plan] is missing; write for example to = 2021-12-31\n");
}

}  // namespace
}  // namespace narvaro
