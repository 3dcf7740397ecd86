#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "analytics/judge.h"
#include "rules_from_files.h"

namespace narvaro {
namespace {

Rules rules_of(const std::string& toml, const std::string& label = "x") {
    Rules rules;
    rules.labels.push_back(testing_rules::label_rules(label, toml));
    return rules;
}

Verdict judge(const std::string& toml, const std::string& text,
              SourceKind channel = SourceKind::instagram) {
    JudgeInput input;
    input.channel = channel;
    input.text = text;
    return Judge(rules_of(toml)).judge(input).at(0);
}

constexpr char kRules[] = R"(
threshold = 0.8
term = [
    { match = "klimat", kind = "prefix", weight = 1.0 },
    { match = "miljö", kind = "prefix", weight = 1.0 },
    { match = "skog", kind = "word", weight = 0.4, forms = ["skogen", "skogar"] },
    { match = "sol", kind = "word", weight = 0.5 },
    { match = "biologisk* mångfald*", kind = "phrase", weight = 1.0 },
    { match = "fridays for future", kind = "phrase", weight = 1.0 },
    { match = "repost … ung vänster", kind = "phrase", weight = 1.0 },
    { match = "du är {15-29}", kind = "phrase", weight = 0.9 },
    { match = "jorden", kind = "hashtag", weight = 1.0 },
    { match = "🌍", kind = "emoji", weight = 0.5 },
    { match = "🌱", kind = "emoji", weight = 0.5 },
    { match = "ungvanster", kind = "handle", weight = 1.0 },
]
exclude = [ { match = "miljon", kind = "prefix" }, { match = "arbetsmiljö", kind = "prefix" } ]
compound = [ { root = "miljö", allow_before = ["havs"] }, { root = "klimat", allow_before = [] } ]
context = [ { match = "klimat*", before = ["politiska"], after = ["på jobbet"], weight = 0.0 } ]
[damping]
list_mention = 0.4
lone_hit_over = 300
lone_hit_factor = 0.7
)";

struct TermCase {
    const char* name;
    const char* text;
    double score;
};
class Terms : public testing::TestWithParam<TermCase> {};

TEST_P(Terms, AddUp) { EXPECT_NEAR(judge(kRules, GetParam().text).score, GetParam().score, 1e-9); }

INSTANTIATE_TEST_SUITE_P(
    Kinds, Terms,
    testing::Values(
        TermCase{"PrefixBeginsTheWord", "Klimatomställningen", 1.0},
        TermCase{"WordIsTheWholeWord", "skogsbruk", 0.0}, TermCase{"FormsAreWords", "skogen", 0.4},
        TermCase{"ATermCountsOnce", "skog skogen skogar", 0.4},
        TermCase{"DistinctTermsAdd", "skog och sol", 0.9},
        TermCase{"PhraseWithBeginnings", "den biologiska mångfalden", 1.0},
        TermCase{"PhraseStaysInItsSentence", "biologisk. Mångfald", 0.0},
        TermCase{"PhraseMaySkipTwoWords", "Repost från våra Ung Vänster", 1.0},
        TermCase{"PhraseSkipsNoMore", "Repost a b c Ung Vänster", 0.0},
        TermCase{"NumberInRange", "Du är 17 nu", 0.9},
        TermCase{"NumberOutOfRange", "Du är 71", 0.0},
        TermCase{"PhraseAsATag", "#FridaysForFuture", 1.0},
        TermCase{"HashtagBeginsTheTag", "#JordenBrinner", 1.0},
        TermCase{"HashtagIsNoWord", "jorden", 0.0},
        TermCase{"ExcludedPrefix", "arbetsmiljölagen kostar miljoner", 0.0},
        TermCase{"ExcludedAcrossAHyphen", "arbets-miljön", 0.0},
        TermCase{"ExcludedInATag", "#ArbetsMiljöDagen", 0.0},
        TermCase{"RootLaterIsNot", "skolmiljön", 0.0},
        TermCase{"RootAfterAnAllowedPart", "havsmiljön", 1.0},
        TermCase{"RootInTheMiddleOfATag", "#regionalamiljödagen", 1.0},
        TermCase{"RootInSpacedLetters", "R Ä D D A M I L J Ö N", 1.0},
        TermCase{"NeighbourBefore", "det politiska klimatet", 0.0},
        TermCase{"NeighboursAfter", "klimatet på jobbet", 0.0},
        TermCase{"NeighbourInAnotherSentence", "Politiska. Klimatet", 1.0},
        TermCase{"WithoutDiacritics", "miljo", 1.0},
        TermCase{"HandleInTheText", "med @ung_vanster.x", 1.0},
        TermCase{"LoneInAList", "Skola, vård, klimat och fred", 0.4},
        TermCase{"LoneAtTheEndOfAList", "Vi talar bostäder, vård och klimat över en korv", 0.4},
        TermCase{"NotLoneInAList", "Sol, vård, klimat", 1.5},
        TermCase{"AnArgumentIsNoList", "Dyra turer, tomma bussar, sämre klimat för alla", 1.0}),
    [](const auto& p) { return p.param.name; });

TEST(Judge, DampsALoneHitInALongText) {
    const std::string filler(320, 'a');
    EXPECT_NEAR(judge(kRules, "klimat " + filler).score, 0.7, 1e-9);
    EXPECT_NEAR(judge(kRules, "klimat klimatet " + filler).score, 1.0, 1e-9);
}

TEST(Judge, NeverTakesEmojiAlone) {
    const Verdict alone = judge(kRules, "🌍🌱");
    EXPECT_GE(alone.score, alone.threshold);
    EXPECT_FALSE(alone.value);
    EXPECT_FALSE(alone.no_text);
    EXPECT_TRUE(judge(kRules, "skog 🌍").value);
}

TEST(Judge, SaysThatThereIsNoText) {
    for (const char* text : {"", "   \n", "\u200B", "…"}) {
        const Verdict v = judge(kRules, text);
        EXPECT_TRUE(v.no_text) << text;
        EXPECT_FALSE(v.value);
    }
}

TEST(Judge, GivesReasonsForYesAndNoStrongestFirst) {
    const Verdict yes = judge(kRules, "Klimatomställningen och skogen");
    ASSERT_EQ(yes.reasons.size(), 2U);
    EXPECT_EQ(yes.reasons[0], (Reason{"klimat·omställningen", 1.0}));
    EXPECT_EQ(yes.reasons[1], (Reason{"skogen", 0.4}));
    const Verdict no = judge(kRules, "Arbetsmiljön");
    ASSERT_EQ(no.reasons.size(), 1U);
    EXPECT_EQ(no.reasons[0], (Reason{"arbets·miljön: undantaget", 0}));
    EXPECT_EQ(judge(kRules, "skolmiljön").reasons.at(0).text, "skol·miljön: undantaget");
    EXPECT_EQ(judge(kRules, "det politiska klimatet").reasons.at(0).text,
              "politiska klimatet: annan betydelse");
}

TEST(Judge, DoesNotCareForTheOrderOfTheFile) {
    Rules rules = testing_rules::shipped();
    const std::vector<std::string> texts = {"Naturskyddsföreningen om skog, sol och arbetsmiljö",
                                            "du som är 17 och pluggar: klimatet på jobbet",
                                            "via Ung Vänster"};
    std::vector<std::vector<Verdict>> before;
    for (const auto& t : texts)
        before.push_back(Judge(rules).judge({SourceKind::instagram, t, {}, {}, {}, {}}));
    std::mt19937 random(3);
    for (int round = 0; round < 3; ++round) {
        for (LabelRules& l : rules.labels) {
            std::shuffle(l.terms.begin(), l.terms.end(), random);
            std::shuffle(l.excludes.begin(), l.excludes.end(), random);
            std::shuffle(l.contexts.begin(), l.contexts.end(), random);
            std::shuffle(l.compounds.begin(), l.compounds.end(), random);
        }
        const Judge judge(rules);
        for (std::size_t i = 0; i < texts.size(); ++i)
            EXPECT_EQ(judge.judge({SourceKind::instagram, texts[i], {}, {}, {}, {}}), before[i]);
    }
}

TEST(Judge, TakesTheLastOfATermWrittenTwice) {
    EXPECT_NEAR(judge(R"(term = [{ match = "skog", kind = "word", weight = 1.0 },
                                 { match = "skog", kind = "word", weight = 0.2 }])",
                      "skog")
                    .score,
                0.2, 1e-9);
}

TEST(Judge, NamesTheRulesVersion) {
    Rules rules = rules_of("version = 4");
    rules.labels[0].hash = "1a2b3c4d5e6f";
    EXPECT_EQ(Judge(rules).judge({}).at(0).rules_version, "x 4 (1a2b3c4d)");
}

TEST(Judge, BelievesTheAgesOfAnAd) {
    JudgeInput input;
    input.text = "Kom!";
    const Judge judge(rules_of("threshold = 0.8", "youth"));
    EXPECT_FALSE(judge.judge(input).at(0).value);
    input.ad_ages = {18, 25};
    EXPECT_TRUE(judge.judge(input).at(0).value);
    input.ad_ages = {18, 65};
    EXPECT_FALSE(judge.judge(input).at(0).value);
}

}  // namespace
}  // namespace narvaro
