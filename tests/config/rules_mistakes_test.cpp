// Every way in which a rules file can be wrong, each with the exact line that a person reads.
#include "files.h"

namespace narvaro {
namespace {

struct MistakeCase {
    const char* name;
    const char* file;
    const char* text;
    const char* lines;
};
class RulesMistake : public ConfigTest, public testing::WithParamInterface<MistakeCase> {};

TEST_P(RulesMistake, IsReportedWithLineAndColumnAndLeavesTheBuiltinRules) {
    write(std::string{"rules/"} + GetParam().file, GetParam().text);
    std::vector<Problem> problems;
    const Rules rules = load_rules(directory_ / "rules", problems);
    EXPECT_EQ(as_lines(problems, directory_ / "rules"), GetParam().lines);
    EXPECT_EQ(rules.hooks, builtin_rules().hooks);
    for (const LabelRules& builtin : builtin_rules().labels) {
        EXPECT_NE(std::find(rules.labels.begin(), rules.labels.end(), builtin), rules.labels.end())
            << builtin.label;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Files, RulesMistake,
    testing::Values(
        MistakeCase{"UnknownKeys", "climate.toml",
                    "treshold = 1\n[[term]]\nmatch = \"x\"\nwieght = 1\n",
                    "climate.toml:1:1: unknown key \"treshold\"; allowed: extends, version, "
                    "threshold, damping, exclude, term, compound, context, allow_handles, "
                    "deny_handles, text_channels; nearest: \"threshold\"\n"
                    "climate.toml:4:1: unknown key \"wieght\" in [[term]]; allowed: match, kind, "
                    "weight, forms; nearest: \"weight\"\n"},
        MistakeCase{
            "NoMatch", "climate.toml", "[[term]]\nkind = \"word\"\n[[exclude]]\nmatch = 3\n",
            "climate.toml:1:1: \"match\" in [[term]] is missing; write for example match = "
            "\"klimat\"\n"
            "climate.toml:4:9: \"match\" in [[exclude]] must be text; write it in quotes\n"},
        MistakeCase{"EmptyMatch", "climate.toml", "[[term]]\nmatch = \"\"\n",
                    "climate.toml:2:9: \"match\" in [[term]] is empty; write a text in the "
                    "quotes\n"},
        MistakeCase{"Weights", "climate.toml",
                    "term = [{ match = \"x\", weight = 3 }, { match = \"y\", weight = -2.1 }, { "
                    "match = \"z\", weight = \"1\" }, { match = \"w\", weight = nan }]\n",
                    "climate.toml:1:33: \"weight\" in [[term]] must lie from -2 to 2; 1.0 suffices "
                    "alone, 0.5 supports, 0.25 is weak\n"
                    "climate.toml:1:62: \"weight\" in [[term]] must lie from -2 to 2; 1.0 suffices "
                    "alone, 0.5 supports, 0.25 is weak\n"
                    "climate.toml:1:94: \"weight\" in [[term]] must be a number, without quotes\n"
                    "climate.toml:1:125: \"weight\" in [[term]] must be a number, without "
                    "quotes\n"},
        MistakeCase{"UnknownKind", "climate.toml", "[[term]]\nmatch = \"x\"\nkind = \"prefx\"\n",
                    "climate.toml:3:8: unknown kind \"prefx\"; allowed: prefix, word, phrase, "
                    "hashtag, emoji, handle; nearest: \"prefix\"\n"},
        MistakeCase{"RegularExpressionsAreNoKind", "climate.toml",
                    "[[term]]\nmatch = \"x\"\nkind = \"regex\"\n",
                    "climate.toml:3:8: unknown kind \"regex\"; allowed: prefix, word, phrase, "
                    "hashtag, emoji, handle\n"},
        MistakeCase{"ExcludeOfAPhrase", "climate.toml",
                    "[[exclude]]\nmatch = \"a b\"\nkind = \"phrase\"\n",
                    "climate.toml:3:8: unknown kind \"phrase\"; allowed: prefix, word, hashtag, "
                    "handle, ending\n"},
        MistakeCase{"FormsOfAPrefix", "climate.toml", "[[term]]\nmatch = \"x\"\nforms = [\"xy\"]\n",
                    "climate.toml:3:9: \"forms\" in [[term]] fits kind = \"word\" only: a prefix "
                    "has them already\n"},
        MistakeCase{
            "HiddenTerm", "own.toml",
            "[[term]]\nmatch = \"Åkerbär\"\n[[exclude]]\nmatch = \"åker\"\n",
            "own.toml:2:9: \"match\" in [[term]] is \"Åkerbär\", which can never match: the "
            "exclude \"åker\" takes it away first\n"},
        MistakeCase{"HiddenByTheBuiltinsExclude", "climate.toml",
                    "[[term]]\nmatch = \"miljonprogram\"\n",
                    "climate.toml:2:9: \"match\" in [[term]] is \"miljonprogram\", which can never "
                    "match: the exclude \"miljon\" takes it away first\n"},
        MistakeCase{"HiddenWordWithAllItsForms", "own.toml",
                    "[[term]]\nmatch = \"skog\"\nkind = \"word\"\nforms = [\"skogen\"]\n"
                    "[[exclude]]\nmatch = \"sko\"\n",
                    "own.toml:2:9: \"match\" in [[term]] is \"skog\", which can never match: the "
                    "exclude \"sko\" takes it away first\n"},
        MistakeCase{"CompoundWithoutRoot", "climate.toml", "[[compound]]\nallow_before = [\"x\"]\n",
                    "climate.toml:1:1: \"root\" in [[compound]] is missing; write for example root "
                    "= \"klimat\"\n"},
        MistakeCase{"ContextWithoutNeighbours", "climate.toml", "[[context]]\nmatch = \"x\"\n",
                    "climate.toml:1:1: \"before\" in [[context]] is missing; write for example "
                    "before = [\"politiska\"], or after = [\"…\"]\n"},
        MistakeCase{"WrongTypes", "climate.toml",
                    "version = \"4\"\nthreshold = 0\nterm = { match = \"x\" }\nexclude = [3]\n"
                    "damping = 1\ntext_channels = [\"facebok\"]\nextends = \"built-in\"\n",
                    "climate.toml:1:11: \"version\" must be a whole number from 1 to 1000000\n"
                    "climate.toml:2:13: \"threshold\" must be above 0 and at most 100; a term that "
                    "suffices alone has 1.0\n"
                    "climate.toml:3:8: \"term\" must be tables; write [[term]]\n"
                    "climate.toml:4:12: \"exclude\" must hold tables only; write [[exclude]]\n"
                    "climate.toml:5:11: \"damping\" must be a table\n"
                    "climate.toml:6:18: unknown channel \"facebok\"; allowed: facebook, instagram, "
                    "website; nearest: \"facebook\"\n"
                    "climate.toml:7:11: unknown extends \"built-in\"; allowed: builtin, none; "
                    "nearest: \"builtin\"\n"},
        MistakeCase{"Damping", "climate.toml",
                    "[damping]\nlist_mention = 1.5\nlone_hit_over = 99999999999\nlone = 1\n",
                    "climate.toml:2:16: \"list_mention\" in [damping] must lie from 0 to 1\n"
                    "climate.toml:3:17: \"lone_hit_over\" in [damping] must be a whole number from "
                    "0 to 1000000\n"
                    "climate.toml:4:1: unknown key \"lone\" in [damping]; allowed: list_mention, "
                    "lone_hit_over, lone_hit_factor\n"},
        MistakeCase{"Hooks", "hooks.toml",
                    "window_hours = 0\nplace_factor = 2\npress_domains = [\"https://x.example\"]\n"
                    "stopwords = []\n[outlets]\n\"mitti.se\" = \"Mitti\"\n",
                    "hooks.toml:1:16: \"window_hours\" must be a whole number from 1 to 8784\n"
                    "hooks.toml:2:16: \"place_factor\" must lie from 0 to 1\n"
                    "hooks.toml:3:18: \"press_domains\" holds \"https://x.example\", which is no "
                    "domain; write it as \"mitti.se\"\n"
                    "hooks.toml:4:1: unknown key \"stopwords\"; allowed: extends, version, "
                    "max_characters, window_hours, link_window_hours, document_floor, "
                    "outlet_bonus, place_factor, threshold, places, stop_words, press_domains, "
                    "outlets; nearest: \"stop_words\"\n"
                    "hooks.toml:6:14: \"mitti.se\" in [outlets] must be a list of texts; write "
                    "[\"…\", \"…\"]\n"},
        MistakeCase{"NameThatIsNoLabel", "My Label.toml", "",
                    "My Label.toml:1:1: \"My Label\" is no name for a label; allowed: small "
                    "letters, digits, - and _\n"},
        MistakeCase{"NewsHookHasItsOwnFile", "news_hook.toml", "",
                    "news_hook.toml:1:1: \"news_hook\" is no name for a label; news hooks are "
                    "judged by hooks.toml\n"}),
    [](const auto& p) { return p.param.name; });

}  // namespace
}  // namespace narvaro
