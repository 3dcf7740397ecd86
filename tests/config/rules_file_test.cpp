#include "config/rules_file.h"

#include <algorithm>

#include "files.h"

namespace narvaro {
namespace {

TEST(BuiltinRules, HoldTheThreeLabelsAndTheHooks) {
    const Rules& rules = builtin_rules();
    ASSERT_EQ(rules.labels.size(), 3U);
    EXPECT_EQ(rules.labels[0].label, "climate");
    EXPECT_EQ(rules.labels[1].label, "ung_vanster");
    EXPECT_EQ(rules.labels[2].label, "youth");
    EXPECT_GT(rules.labels[0].terms.size(), 100U);
    EXPECT_EQ(rules.hooks.max_characters, 400);
    EXPECT_FALSE(rules.labels[0].hash.empty());
}

TEST(LabelRulesFile, ExtendsTheBuiltinByDefaultAndReplacesItWhenAsked) {
    const char* text = "version = 9\n[[term]]\nmatch = \"lastcykel\"\nweight = 0.5\n";
    const auto extended = parse_label_rules("climate", text, "climate.toml");
    ASSERT_TRUE(extended) << to_string(extended.error().front());
    EXPECT_EQ(extended->version, 9);
    EXPECT_EQ(extended->terms.size(), builtin_rules().labels[0].terms.size() + 1);
    EXPECT_NE(extended->hash, builtin_rules().labels[0].hash);
    const auto alone =
        parse_label_rules("climate", std::string{"extends = \"none\"\n"} + text, "climate.toml");
    ASSERT_TRUE(alone);
    EXPECT_EQ(alone->terms, (std::vector<Term>{{"lastcykel", Term::Kind::prefix, 0.5, {}}}));
}

struct MistakeCase {
    const char* name;
    const char* text;
    const char* problem;
};
class LabelRulesMistakes : public testing::TestWithParam<MistakeCase> {};

TEST_P(LabelRulesMistakes, AreReportedWithLineAndColumn) {
    const auto rules = parse_label_rules("own", GetParam().text, "own.toml");
    ASSERT_FALSE(rules);
    EXPECT_EQ(to_string(rules.error().front()), GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    Files, LabelRulesMistakes,
    testing::Values(
        MistakeCase{
            "UnknownKey", "[[term]]\nmatch = \"x\"\nwieght = 1\n",
            "own.toml:3:1: unknown key \"wieght\" in [[term]]; allowed: match, kind, weight, "
            "forms; nearest: \"weight\""},
        MistakeCase{"EmptyMatch", "[[term]]\nmatch = \"\"\n",
                    "own.toml:2:9: \"match\" in [[term]] is empty; write the text to look for"},
        MistakeCase{
            "HeavyWeight", "[[term]]\nmatch = \"x\"\nweight = 3\n",
            "own.toml:3:10: \"weight\" in [[term]] must lie from -2 to 2; 1.0 suffices alone, 0.5 "
            "supports, 0.25 is weak"},
        MistakeCase{"UnknownKind", "[[term]]\nmatch = \"x\"\nkind = \"prefx\"\n",
                    "own.toml:3:8: \"kind\" in [[term]] is \"prefx\"; allowed: prefix, word, "
                    "phrase, hashtag, "
                    "emoji, handle; nearest: \"prefix\""},
        MistakeCase{
            "HiddenTerm", "[[exclude]]\nmatch = \"miljon\"\n[[term]]\nmatch = \"miljonprogram\"\n",
            "own.toml:4:9: \"match\" in [[term]] \"miljonprogram\" can never match: the exclude "
            "\"miljon\" takes it away first"},
        MistakeCase{"WrongType", "threshold = \"high\"\n",
                    "own.toml:1:13: \"threshold\" must be a number"}),
    [](const auto& p) { return p.param.name; });

class RulesDirectory : public ConfigTest {};

TEST_F(RulesDirectory, AFileOfAnotherNameAddsALabel) {
    write("bostad.toml", "[[term]]\nmatch = \"hyresrätt\"\n");
    std::vector<Problem> problems;
    const Rules rules = load_rules(directory_, problems);
    EXPECT_TRUE(problems.empty());
    ASSERT_EQ(rules.labels.size(), 4U);
    EXPECT_EQ(rules.labels[0].label, "bostad");
}

TEST_F(RulesDirectory, OneThatDoesNotExistLeavesTheBuiltinRules) {
    std::vector<Problem> problems;
    EXPECT_EQ(load_rules(directory_ / "none", problems), builtin_rules());
}

}  // namespace
}  // namespace narvaro
