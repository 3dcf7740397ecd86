// Rehearsing rules, and putting judgements right.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "programs.h"

namespace narvaro::testing {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

constexpr char kNow[] = "2021-06-15T06:00:00Z";

Json json_of(const Ran& ran) {
    EXPECT_EQ(ran.status, 0) << ran.err;
    return Json::parse(ran.out, nullptr, false);
}

std::string file_with(const ScratchDirectory& scratch, const char* name, const char* text) {
    const auto file = scratch.path() / name;
    std::ofstream{file} << text;
    return file.string();
}

TEST(RulesTest, SaysWhyAndTriesAChangedFile) {
    const ScratchDirectory scratch;
    const std::string rules = file_with(scratch, "climate.toml",
                                        "version = 9\n[[term]]\nmatch = \"fika\"\nweight = 1.0\n");
    const Ran plain = run_program({"narvaro", "rules", "test", "--text", "Välkommen på fika"});
    EXPECT_EQ(plain.status, 0);
    EXPECT_THAT(plain.out, HasSubstr("climate: no, 0 of"));
    const Json tried =
        json_of(run_program({"narvaro", "rules", "test", "--text", "Välkommen på fika", "--rules",
                             rules, "--format", "json"}));
    EXPECT_EQ(tried["verdicts"][0]["label"], "climate");
    EXPECT_EQ(tried["verdicts"][0]["value"], true);
    EXPECT_THAT(tried["verdicts"][0]["rules"].get<std::string>(), HasSubstr("climate 9"));
}

TEST(RulesTest, AMistakeInAFileNamesItsPlace) {
    const ScratchDirectory scratch;
    const std::string rules = file_with(scratch, "climate.toml", "[[term]]\nmatch = \"\"\n");
    const Ran ran = run_program({"narvaro", "rules", "test", "--text", "x", "--rules", rules});
    EXPECT_EQ(ran.status, 78);
    EXPECT_THAT(ran.err, HasSubstr("climate.toml:2:"));
}

/// An archive of some posts.
class Rehearsed : public ::testing::Test {
  protected:
    void SetUp() override {
        const Ran polled = sandbox.narvaro({"poll"}, kNow);
        ASSERT_EQ(polled.status, 0) << polled.err;
        const Json posts =
            json_of(sandbox.narvaro({"posts", "--label", "climate", "--format", "json"}, kNow));
        ASSERT_FALSE(posts.empty());
        post = posts.back()["id"];
    }

    bool is_climate() {
        const Json explained =
            json_of(sandbox.narvaro({"explain", "post", post, "--format", "json"}, kNow));
        return explained["labels"]["climate"];
    }

    Sandbox sandbox{kNow};
    std::string post;
};

TEST_F(Rehearsed, DiffListsWhatWouldFlipAndStoresNothing) {
    const ScratchDirectory scratch;
    const std::string nothing =
        file_with(scratch, "climate.toml",
                  "version = 2\nextends = \"none\"\n[[term]]\nmatch = \"qqq\"\nweight = 1.0\n");
    const Json diff =
        json_of(sandbox.narvaro({"rules", "diff", nothing, "--format", "json"}, kNow));
    bool listed = false;
    for (const Json& flip : diff["flips"]) {
        EXPECT_EQ(flip["label"], "climate");
        EXPECT_EQ(flip["to"], false);
        listed = listed || flip["id"] == post;
    }
    EXPECT_TRUE(listed);
    bool moved = false;
    for (const Json& target : diff["targets"]) {
        if (target["id"] == "climate-posts") moved = target["moves"];
    }
    EXPECT_TRUE(moved);
    EXPECT_TRUE(is_climate());
    const Json same =
        json_of(sandbox.narvaro({"rules", "diff", nothing, "--format", "json"}, kNow));
    EXPECT_EQ(same, diff);
}

TEST_F(Rehearsed, AgreeCountsTheDecisionsThatHold) {
    ASSERT_EQ(sandbox.narvaro({"label", post, "climate=no", "--note", "a greeting"}, kNow).status,
              0);
    EXPECT_FALSE(is_climate());
    EXPECT_THAT(sandbox.narvaro({"rules", "agree"}, kNow).out,
                HasSubstr("rules agree with 0 of 1 decisions"));
    const Json line = json_of(sandbox.narvaro({"rules", "agree", "--format", "jsonl"}, kNow));
    EXPECT_EQ(line["id"], post);
    EXPECT_EQ(line["labels"], Json({{"climate", false}}));
    EXPECT_EQ(line["note"], "a greeting");
    ASSERT_EQ(sandbox.narvaro({"label", post, "climate=auto"}, kNow).status, 0);
    EXPECT_TRUE(is_climate());
    EXPECT_THAT(sandbox.narvaro({"rules", "agree"}, kNow).out,
                HasSubstr("rules agree with 0 of 0 decisions"));
}

}  // namespace
}  // namespace narvaro::testing
