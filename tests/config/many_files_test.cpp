// Mistakes in several files at once, and files that are no files.
#include "files.h"

namespace narvaro {
namespace {

class ManyFiles : public ConfigTest {};

TEST_F(ManyFiles, EveryMistakeOfAllIsReportedInOneRunByFileLineAndColumn) {
    write("conf.d/20-later.toml", "[digest]\nat = 7\n");
    write("conf.d/10-broken.toml", "[source.x\n");
    write("plan.toml", "[plan]\nid = \"p\"\nfrom = 2021-12-31\nto = 2021-01-01\nzone = \"Mars\"\n");
    write("rules/own.toml", "[[term]]\nmatch = \"\"\nkind = \"wrod\"\n");
    EXPECT_EQ(
        mistakes(
            "rules = \"rules\"\nplans = [\"plan.toml\"]\n[source.b]\nkind = \"press\"\nurl = 3\n"
            "evry = \"1h\"\n[meta]\npace = 2\n"),
        "conf.d/10-broken.toml:1:10: TOML: Error while parsing table header: expected ']', saw "
        "'\\n'\n"
        "conf.d/20-later.toml:2:6: \"at\" in [digest] must be text; write it in quotes\n"
        "narvaro.toml:5:7: \"url\" in [source.b] must be text; write it in quotes\n"
        "narvaro.toml:6:1: unknown key \"evry\" in [source.b]; allowed: kind, url, every; nearest: "
        "\"every\"\n"
        "narvaro.toml:8:8: \"pace\" in [meta] must be a duration with its unit; allowed: \"90s\", "
        "\"15m\", \"1h\", \"1d\"\n"
        "plan.toml:4:6: \"to\" in [plan] lies before from, 2021-12-31\n"
        "plan.toml:5:8: \"zone\" in [plan] is \"Mars\", no known time zone; allowed: a name as "
        "\"Europe/Stockholm\"\n"
        "rules/own.toml:2:9: \"match\" in [[term]] is empty; write a text in the quotes\n"
        "rules/own.toml:3:8: unknown kind \"wrod\"; allowed: prefix, word, phrase, hashtag, emoji, "
        "handle; nearest: \"word\"\n");
}

TEST_F(ManyFiles, ATableOrKeyGivenTwiceIsAMistakeInTheLaterFile) {
    write("conf.d/20.toml",
          "language = \"en\"\n[source.web]\nkind = \"website\"\nurl = "
          "\"https://w.example/feed\"\n[meta]\npace = \"2s\"\n");
    write("conf.d/30.toml", "[meta]\n");
    EXPECT_EQ(mistakes(std::string{"language = \"sv\"\n"} + kSound),
              "conf.d/20.toml:1:12: \"language\" is given twice; the first is in narvaro.toml\n"
              "conf.d/20.toml:2:1: [source.web] is given twice; the first is in narvaro.toml\n"
              "conf.d/20.toml:5:1: [meta] is given twice; the first is in narvaro.toml\n"
              "conf.d/30.toml:1:1: [meta] is given twice; the first is in narvaro.toml\n");
}

TEST_F(ManyFiles, ATableGivenTwiceInOneFileIsAMistake) {
    EXPECT_EQ(mistakes("[meta]\npace = \"1s\"\n[meta]\npace = \"2s\"\n"),
              "narvaro.toml:3:1: TOML: Error while parsing table header: cannot redefine existing "
              "table 'meta'\n");
}

TEST_F(ManyFiles, ASyntaxErrorDoesNotRepeatASecret) {
    const std::string lines = mistakes("[meta]\ntoken = EAABs3cret\n");
    EXPECT_EQ(lines.find("s3cret"), std::string::npos) << lines;
    EXPECT_EQ(lines.substr(0, 15), "narvaro.toml:2:") << lines;
}

TEST_F(ManyFiles, BytesThatAreNoUtf8AreAMistake) {
    EXPECT_EQ(mistakes("state = \"\xFF\xFE\"\n").substr(0, 15), "narvaro.toml:1:");
}

TEST_F(ManyFiles, DepthWithoutEndIsAMistakeAndNotTheProgramsEnd) {
    const std::string lines = mistakes("a = " + std::string(100'000, '['));
    EXPECT_EQ(lines.substr(0, 15), "narvaro.toml:1:") << lines;
}

TEST_F(ManyFiles, OneThatIsMissingIsAMistakeWithARemedy) {
    const auto settings = load_settings(directory_ / "absent.toml");
    ASSERT_FALSE(settings);
    EXPECT_EQ(as_lines(settings.error(), directory_),
              "absent.toml:1:1: cannot be read: No such file or directory; name another file with "
              "--config or NARVARO_CONFIG\n");
    const auto directory = load_settings(directory_ / "conf.d");
    ASSERT_FALSE(directory);
    EXPECT_EQ(as_lines(directory.error(), directory_),
              "conf.d:1:1: cannot be read: it is a directory; name another file with --config or "
              "NARVARO_CONFIG\n");
}

TEST_F(ManyFiles, TwoPlansOfOneIdAreAMistake) {
    const char* plan = "[plan]\nid = \"p\"\nfrom = 2021-01-01\nto = 2021-12-31\n";
    write("a.toml", plan);
    write("b.toml", plan);
    EXPECT_EQ(
        mistakes("plans = [\"a.toml\", \"b.toml\"]\n"),
        "narvaro.toml:1:20: the plan b.toml has the id \"p\", as a.toml has; every plan needs "
        "its own\n");
}

TEST_F(ManyFiles, RulesThatAreNoDirectoryAreAMistake) {
    write("rules.toml", "");
    EXPECT_EQ(mistakes("rules = \"rules.toml\"\n"),
              "rules.toml:1:1: the rules cannot be read: Not a directory; name a directory\n");
}

TEST_F(ManyFiles, APlanIsNotBlamedForASourceOrFileThatIsBroken) {
    write("plan.toml", R"([plan]
id = "p"
from = 2021-01-01
to = 2021-12-31
[target.t]
kind = "rate"
posts = { sources = ["web"] }
goal = { at_least = 1 }
)");
    EXPECT_EQ(mistakes("plans = [\"plan.toml\"]\n[source.web]\nkind = \"websit\"\n"),
              "narvaro.toml:3:8: unknown kind \"websit\"; allowed: facebook, instagram, meta-ads, "
              "press, website; nearest: \"website\"\n");
    write("conf.d/web.toml", "[source.web\n");
    EXPECT_EQ(mistakes("plans = [\"plan.toml\"]\n"),
              "conf.d/web.toml:1:12: TOML: Error while parsing table header: expected ']', saw "
              "'\\n'\n");
}

}  // namespace
}  // namespace narvaro
