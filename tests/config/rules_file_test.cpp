#include "config/rules_file.h"

#include "files.h"

namespace narvaro {
namespace {

const LabelRules& builtin(const std::string& label) {
    for (const LabelRules& rules : builtin_rules().labels) {
        if (rules.label == label) return rules;
    }
    throw std::runtime_error("no built-in rules of " + label);
}

LabelRules label(const std::string& name, const std::string& text) {
    auto rules = parse_label_rules(name, text, name + ".toml");
    if (rules) return std::move(*rules);
    ADD_FAILURE() << to_string(rules.error().front());
    return {};
}

HookRules hooks(const std::string& text) {
    auto rules = parse_hook_rules(text, "hooks.toml");
    if (rules) return std::move(*rules);
    ADD_FAILURE() << to_string(rules.error().front());
    return {};
}

TEST(BuiltinRules, HoldTheThreeLabelsByNameAndTheHooks) {
    const Rules& rules = builtin_rules();
    ASSERT_EQ(rules.labels.size(), 3U);
    EXPECT_EQ(rules.labels[0].label, "climate");
    EXPECT_EQ(rules.labels[1].label, "ung_vanster");
    EXPECT_EQ(rules.labels[2].label, "youth");
    EXPECT_EQ(rules.labels[1].text_channels, (std::vector<std::string>{"instagram"}));
    EXPECT_EQ(rules.hooks.max_characters, 400);
    EXPECT_EQ(rules.hooks.window_hours, 72);
    for (const LabelRules& r : rules.labels) {
        EXPECT_FALSE(r.terms.empty()) << r.label;
        EXPECT_EQ(r.hash.size(), 16U) << r.label;
    }
}

TEST(LabelRulesFile, IsReadWhole) {
    const LabelRules rules = label("own", R"(version = 4
threshold = 0.9
text_channels = ["facebook", "website"]
allow_handles = ["a"]
deny_handles = ["b"]
[damping]
list_mention = 0.4
lone_hit_over = 200
lone_hit_factor = 0.7
[[term]]
match = "klimat"
[[term]]
match = "skog"
kind = "word"
forms = ["skogen", "skogar"]
weight = -0.4
[[exclude]]
match = "miljon"
[[exclude]]
match = "ungvänstern"
kind = "word"
[[compound]]
root = "miljö"
allow_before = ["natur", "havs"]
[[context]]
match = "klimatet"
before = ["politiska"]
after = ["i gruppen"]
weight = 0.1
)");
    LabelRules expected;
    expected.label = "own";
    expected.version = 4;
    expected.threshold = 0.9;
    expected.damping = {0.4, 200, 0.7};
    expected.terms = {{"klimat", Term::Kind::prefix, 1.0, {}},
                      {"skog", Term::Kind::word, -0.4, {"skogen", "skogar"}}};
    expected.excludes = {{"miljon", Term::Kind::prefix}, {"ungvänstern", Term::Kind::word}};
    expected.compounds = {{"miljö", {"natur", "havs"}}};
    expected.contexts = {{"klimatet", {"politiska"}, {"i gruppen"}, 0.1}};
    expected.allow_handles = {"a"};
    expected.deny_handles = {"b"};
    expected.text_channels = {"facebook", "website"};
    expected.hash = rules.hash;
    EXPECT_EQ(rules, expected);
}

TEST(LabelRulesFile, AddsToTheBuiltinAndReplacesSingleValues) {
    const LabelRules& base = builtin("climate");
    const LabelRules rules = label("climate", "version = 9\n[[term]]\nmatch = \"xyzzy\"\n");
    EXPECT_EQ(rules.version, 9);
    EXPECT_EQ(rules.threshold, base.threshold);
    EXPECT_EQ(rules.excludes, base.excludes);
    ASSERT_EQ(rules.terms.size(), base.terms.size() + 1);
    EXPECT_EQ(rules.terms.back(), (Term{"xyzzy", Term::Kind::prefix, 1.0, {}}));
    EXPECT_NE(rules.hash, base.hash);
}

TEST(LabelRulesFile, ATermTakesThePlaceOfTheBuiltinsWithTheSameMatchAndKind) {
    const LabelRules& base = builtin("climate");
    ASSERT_EQ(base.terms.front().match, "klimat");
    const LabelRules rules = label("climate", "[[term]]\nmatch = \"KLIMAT\"\nweight = 0.3\n");
    EXPECT_EQ(rules.terms.size(), base.terms.size());
    EXPECT_EQ(rules.terms.front(), (Term{"KLIMAT", Term::Kind::prefix, 0.3, {}}));
    const LabelRules another =
        label("climate", "[[term]]\nmatch = \"klimat\"\nkind = \"hashtag\"\n");
    EXPECT_EQ(another.terms.size(), base.terms.size() + 1) << "another kind is another term";
}

TEST(LabelRulesFile, StandsAloneWhenItSaysSo) {
    const LabelRules rules =
        label("climate", "extends = \"none\"\n[[term]]\nmatch = \"klimat\"\nweight = 0.5\n");
    EXPECT_EQ(rules.terms, (std::vector<Term>{{"klimat", Term::Kind::prefix, 0.5, {}}}));
    EXPECT_TRUE(rules.excludes.empty());
    EXPECT_EQ(rules.threshold, LabelRules{}.threshold);
}

TEST(LabelRulesFile, TheSameBytesHaveTheSameHashAndOthersAnother) {
    const std::string text = "[[term]]\nmatch = \"x\"\n";
    EXPECT_EQ(label("own", text).hash, label("own", text).hash);
    EXPECT_NE(label("own", text).hash, label("own", text + "\n").hash);
    EXPECT_NE(label("climate", text).hash, label("youth", text).hash) << "the base counts";
    EXPECT_EQ(label("own", "").hash, "cbf29ce484222325") << "FNV-1a of nothing";
    EXPECT_EQ(label("own", "#").hash, "af639e4c86018332") << "FNV-1a of one byte";
}

TEST(HookRulesFile, AddsToTheBuiltinAndReplacesSingleValues) {
    const HookRules& base = builtin_rules().hooks;
    const HookRules rules = hooks(
        "version = 7\nthreshold = 8\nmax_characters = 300\nplaces = "
        "[\"Xyzzyby\"]\npress_domains = [\"x.example\", \"mitti.se\"]\n"
        "[outlets]\n\"x.example\" = [\"Bladet\"]\n");
    EXPECT_EQ(rules.version, 7);
    EXPECT_EQ(rules.threshold, 8);
    EXPECT_EQ(rules.max_characters, 300);
    EXPECT_EQ(rules.window_hours, base.window_hours);
    EXPECT_EQ(rules.places.size(), base.places.size() + 1);
    EXPECT_EQ(rules.places.back(), "Xyzzyby");
    EXPECT_EQ(rules.press_domains.size(), base.press_domains.size() + 1) << "mitti.se is there";
    EXPECT_EQ(rules.outlets.size(), base.outlets.size() + 1);
    EXPECT_EQ(rules.outlets.at("x.example"), (std::vector<std::string>{"Bladet"}));
    const HookRules alone = hooks("extends = \"none\"\n");
    EXPECT_TRUE(alone.stop_words.empty());
    EXPECT_EQ(alone.max_characters, HookRules{}.max_characters);
}

class RulesDirectory : public ConfigTest {};

TEST_F(RulesDirectory, AFileOfAnotherNameAddsALabel) {
    write("rules/bostad.toml", "[[term]]\nmatch = \"hyresrätt\"\n");
    std::vector<Problem> problems;
    const Rules rules = load_rules(directory_ / "rules", problems);
    EXPECT_TRUE(problems.empty());
    ASSERT_EQ(rules.labels.size(), 4U);
    EXPECT_EQ(rules.labels[0].label, "bostad");
    EXPECT_EQ(rules.labels[0].terms.size(), 1U);
    EXPECT_EQ(rules.labels[1], builtin("climate"));
}

TEST_F(RulesDirectory, WithoutFilesOrNotThereLeavesTheBuiltinRules) {
    std::vector<Problem> problems;
    EXPECT_EQ(load_rules(directory_ / "rules", problems), builtin_rules());
    EXPECT_EQ(load_rules(directory_ / "none", problems), builtin_rules());
    EXPECT_EQ(load_rules("", problems), builtin_rules());
    EXPECT_TRUE(problems.empty());
}

TEST_F(RulesDirectory, OneFileWithMistakesDoesNotHideThoseOfAnother) {
    write("rules/climate.toml", "[[term]]\n");
    write("rules/youth.toml", "x = 1\ny = 2\n");
    std::vector<Problem> problems;
    load_rules(directory_ / "rules", problems);
    EXPECT_EQ(problems.size(), 3U);
}

TEST_F(RulesDirectory, CopiesOfTheBuiltinFilesAreTheBuiltinRules) {
    std::vector<Problem> problems;
    EXPECT_EQ(load_rules(NARVARO_CONFIG_DIR "/rules", problems), builtin_rules());
    EXPECT_TRUE(problems.empty()) << as_lines(problems, NARVARO_CONFIG_DIR);
}

}  // namespace
}  // namespace narvaro
