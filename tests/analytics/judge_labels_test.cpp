#include <gtest/gtest.h>

#include "analytics/judge.h"
#include "labelled.h"
#include "rules_from_files.h"

namespace narvaro {
namespace {

using testing_rules::Score;

const Judge& shipped_judge() {
    static const Judge judge(testing_rules::shipped());
    return judge;
}

Verdict verdict(const std::string& label, const JudgeInput& input) {
    for (Verdict& v : shipped_judge().judge(input))
        if (v.label == label) return std::move(v);
    return {};
}

JudgeInput on(SourceKind channel, std::string text, std::vector<std::string> mentions = {}) {
    JudgeInput input;
    input.channel = channel;
    input.text = std::move(text);
    input.mentions = std::move(mentions);
    return input;
}

std::string shown(const Verdict& v) {
    std::string out = std::to_string(v.score);
    for (const Reason& r : v.reasons) out += "; " + r.text + " " + std::to_string(r.weight);
    return out;
}

struct Figures {
    const char* file;
    const char* label;
    double least;
};

std::map<std::string, Score> score(const std::string& path) {
    std::map<std::string, Score> out;
    const auto posts = testing_rules::read_posts(path);
    if (!posts) return out;
    for (const auto& post : *posts)
        for (const Verdict& v : shipped_judge().judge(post.input))
            out[v.label].count(
                post.labels.at(v.label), v.value,
                post.id + " [" + post.trap + "] " + post.input.text + " => " + shown(v));
    return out;
}

class OwnPosts : public testing::TestWithParam<Figures> {};
TEST_P(OwnPosts, AreJudgedAsPeopleDid) {
    const Figures& f = GetParam();
    const auto scores = score(std::string(NARVARO_TEST_DATA "/analytics/") + f.file);
    ASSERT_TRUE(scores.contains(f.label));
    EXPECT_GE(scores.at(f.label).f1(), f.least) << scores.at(f.label).errors;
}
INSTANTIATE_TEST_SUITE_P(
    Sets, OwnPosts,
    testing::Values(
        Figures{"posts_own.jsonl", "climate", 0.95}, Figures{"posts_own.jsonl", "youth", 0.93},
        Figures{"posts_own.jsonl", "ung_vanster", 1.0},
        Figures{"posts_own2.jsonl", "climate", 0.95}, Figures{"posts_own2.jsonl", "youth", 0.93},
        Figures{"posts_own2.jsonl", "ung_vanster", 1.0},
        Figures{"posts_own3.jsonl", "climate", 0.95}, Figures{"posts_own3.jsonl", "youth", 0.93},
        Figures{"posts_own3.jsonl", "ung_vanster", 1.0},
        Figures{"posts_own4.jsonl", "climate", 0.92}, Figures{"posts_own4.jsonl", "youth", 0.93},
        Figures{"posts_own4.jsonl", "ung_vanster", 1.0},
        Figures{"posts_own5.jsonl", "climate", 0.92}, Figures{"posts_own5.jsonl", "youth", 0.88},
        Figures{"posts_own5.jsonl", "ung_vanster", 1.0},
        Figures{"posts_own6.jsonl", "climate", 0.95}, Figures{"posts_own6.jsonl", "youth", 0.92},
        Figures{"posts_own6.jsonl", "ung_vanster", 1.0}));

TEST(SharedPosts, AreJudgedAsPeopleDid) {
    const auto scores = score(NARVARO_SHARED_TESTDATA "/posts_dev.jsonl");
    if (scores.empty()) GTEST_SKIP() << "the shared test data is absent";
    EXPECT_GE(scores.at("climate").f1(), 0.95) << scores.at("climate").errors;
    EXPECT_GE(scores.at("youth").f1(), 0.93) << scores.at("youth").errors;
    EXPECT_GE(scores.at("ung_vanster").f1(), 1.0) << scores.at("ung_vanster").errors;
}

struct Trap {
    const char* text;
    bool climate;
};
class ClimateTraps : public testing::TestWithParam<Trap> {};
TEST_P(ClimateTraps, AreNotFallenInto) {
    const Verdict v = verdict("climate", on(SourceKind::facebook, GetParam().text));
    EXPECT_EQ(v.value, GetParam().climate) << GetParam().text << " => " << shown(v);
}
INSTANTIATE_TEST_SUITE_P(
    All, ClimateTraps,
    testing::Values(Trap{"Kli\u00ADmatet", true}, Trap{"m i l j ö p o l i t i k", true},
                    Trap{"KLIMATNÖDLÄGE", true}, Trap{"miljon kronor", false},
                    Trap{"Miljonprogrammens hus", false}, Trap{"#miljonprogrammet", false},
                    Trap{"#MILJARDÄRER", false}, Trap{"arbetsmiljöombudens dag", false},
                    Trap{"#arbetsmiljö", false}, Trap{"#ArbetsMiljö2024", false},
                    Trap{"Arbets- och boendemiljön", false}, Trap{"Skolmiljöerna", false},
                    Trap{"arbetsmiljo och skolmiljo", false}, Trap{"näringslivsklimatet", false},
                    Trap{"#debattklimat", false}, Trap{"SAMTALSKLIMATET", false},
                    Trap{"Det hårda klimatet i politiken", false}, Trap{"klimatet hårdnar", false},
                    Trap{"Miljöpartisten Eva slutar", false},
                    Trap{"Miljöpartiets klimatpolitik räcker inte", true},
                    Trap{"Grön tisdag i lila skjorta", false}, Trap{"Vattenpolo för alla", false},
                    Trap{"Elen blir dyrare", false},
                    Trap{"Buss 610 är inställd. Ingen kom hem.", false},
                    Trap{"Buss 610 dras in. Fler bilar, mer utsläpp.", true},
                    Trap{"#uppnåklimatmålen", true}, Trap{"#skogklimat15", true},
                    Trap{"#GlobalClimateStrike", true}, Trap{"havsmiljöns år", true},
                    Trap{"Den hårda klimatpolitiken", true},
                    Trap{"Kommunens nya miljöstrategi", true}, Trap{"Grundvattnet sjunker", true},
                    Trap{"", false}));

struct Share {
    const char* name;
    SourceKind channel;
    const char* text;
    const char* mention;
    bool is;
};
class UngVanster : public testing::TestWithParam<Share> {};
TEST_P(UngVanster, IsAShareOrNot) {
    const Share& s = GetParam();
    std::vector<std::string> mentions;
    if (*s.mention != '\0') mentions.emplace_back(s.mention);
    const Verdict v = verdict("ung_vanster", on(s.channel, s.text, mentions));
    EXPECT_EQ(v.value, s.is) << shown(v);
    EXPECT_FALSE(v.value && v.no_text);
}
constexpr auto kIg = SourceKind::instagram;
constexpr auto kFb = SourceKind::facebook;
INSTANTIATE_TEST_SUITE_P(
    All, UngVanster,
    testing::Values(Share{"Mention", kIg, "", "ungvanster", true},
                    Share{"MentionWithDots", kIg, "Hej", "Ung.Vanster_Norrort", true},
                    Share{"HandleInText", kIg, "med @ung_vänster", "", true},
                    Share{"Tag", kIg, "#UngVänsterRoslagen", "", true},
                    Share{"TagOfTheLeft", kIg, "#ungvänstern", "", false},
                    Share{"TagOfAPerson", kIg, "#ungvänsterpartist", "", false},
                    Share{"Credit", kIg, "Via Ung Vänster: höj lönen", "", true},
                    Share{"Repost", kIg, "Repost av kamraterna i Ung Vänster", "", true},
                    Share{"OpeningFrom", kIg, "Höj lönen! (Från Ung Vänster)", "", true},
                    Share{"Prose", kIg, "Ung Vänster håller kongress", "", false},
                    Share{"ProseWithFrom", kIg, "Moa från Ung Vänster talar", "", false},
                    Share{"Possessive", kIg, "En ung vänsterpartist", "", false},
                    Share{"WordsOnFacebook", kFb, "Repost @ungvanster #ungvänster", "", false},
                    Share{"TagOnFacebook", kFb, "Bilder", "Ung Vänster Norrort", true},
                    Share{"AnotherLeague", kIg, "med @gronungdom", "ssu_norrort", false},
                    Share{"TheParty", kIg, "Repost @vansterpartiet", "vansterpartiet", false}),
    [](const auto& p) { return p.param.name; });

TEST(UngVanster, KnowsTheAdminsAccountsAndPages) {
    Rules rules = testing_rules::shipped();
    rules.labels[1].allow_handles = {"@uv.norrort", "100200"};
    rules.labels[1].deny_handles = {"ungvanster_fan"};
    ASSERT_EQ(rules.labels[1].label, "ung_vanster");
    const Judge judge(rules);
    auto is = [&](JudgeInput input) { return judge.judge(input).at(1).value; };
    EXPECT_TRUE(is(on(kFb, "", {"uvnorrort"})));
    EXPECT_FALSE(is(on(kIg, "", {"ungvanster.fan"})));
    JudgeInput shared = on(kFb, "");
    shared.parent_id = "100200_77";
    EXPECT_TRUE(is(shared));
    shared.parent_id = "999_77";
    EXPECT_FALSE(is(shared));
}

}  // namespace
}  // namespace narvaro
