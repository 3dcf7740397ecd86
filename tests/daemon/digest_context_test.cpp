// What a digest says that the database keeps only the present of.
#include "daemon/digest_context.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "config/rules_file.h"
#include "daemon/app.h"
#include "daemon/token_state.h"

namespace narvaro {
namespace {

sys_seconds utc(const char* text) { return parse_instant(text).value(); }

constexpr IsoWeek kWeek{2026, 47};
const sys_seconds kNow = utc("2026-11-23T06:00:00Z");

class DigestContextTest : public testing::Test {
  protected:
    DigestContextTest() {
        std::string pattern = std::filesystem::temp_directory_path() / "narvaro-context-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        store_.emplace(Store::open(folder_ / "narvaro.db", OpenMode::read_write).value());
        settings_.rules = builtin_rules();
        settings_.meta.api = "https://graph.facebook.com/v24.0";
        settings_.meta.token = parse_secret_ref("credential:meta-token");
        settings_.sources = {{{"web", SourceKind::website, "https://a.example/feed", {}, {}}, {}},
                             {{"ads", SourceKind::meta_ads, "act_1", {}, {}}, {}}};
        settings_.digest.emplace();
        settings_.digest->from = "narvaro@example.org";
        settings_.digest->to = {{"ada@example.org", "sv"}, {"bo@example.org", "en"}};
        EXPECT_TRUE(store_->sync_sources(sources_of(settings_)));
    }
    ~DigestContextTest() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    DigestContext present() {
        return present_context(settings_, *store_, Labeller{settings_.rules}, kWeek, kNow,
                               kNow - seconds{1})
            .value();
    }

    std::filesystem::path folder_;
    std::optional<Store> store_;
    Settings settings_;
};

TEST_F(DigestContextTest, TellsHowSourcesFareAndWhatTokensAndVersionsEnd) {
    const Error failure{Fault::network, "the server answered 500", "wait", {}};
    ASSERT_TRUE(store_->poll_failed("web", {utc("2026-11-20T06:00:00Z"), failure, false, kNow}));
    const TokenState token{kNow, false, utc("2026-12-01T00:00:00Z"), {}, "Session has expired."};
    ASSERT_TRUE(keep_token_state(*store_, "credential:meta-token", token));
    const DigestContext context = present();
    ASSERT_EQ(context.sources.size(), 2U);
    EXPECT_EQ(context.sources[0].failing_since, utc("2026-11-20T06:00:00Z"));
    EXPECT_EQ(context.sources[0].error, "the server answered 500");
    EXPECT_FALSE(context.sources[0].token_ends) << "a website has no token";
    EXPECT_EQ(context.sources[1].token_ends, utc("2026-12-01T00:00:00Z"));
    EXPECT_EQ(context.sources[1].token_trouble, "Session has expired.");
    ASSERT_EQ(context.endings.size(), 1U);
    EXPECT_EQ(context.endings[0].what, "Marketing API v24.0");
    EXPECT_EQ(context.endings[0].instead, "v26.0");
    EXPECT_EQ(context.recipients, 2);
    EXPECT_EQ(context.reply_to, "narvaro@example.org");
    EXPECT_EQ(context.former_revision, 0);
}

TEST_F(DigestContextTest, KnowsTheRevisionThatItsMailsContinue) {
    for (const int revision : {1, 2}) {
        ASSERT_TRUE(store_->add_composition({{2026, 46}, revision, kNow, false, "{}"}, {}, {}));
    }
    EXPECT_EQ(present().former_revision, 2);
}

TEST_F(DigestContextTest, ComesBackFromItsJsonAsItWas) {
    DigestContext context = present();
    context.config_error = "narvaro.toml:3:1: \"langage\" is unknown";
    context.former_revision = 3;
    context.sources[0].last_success = kNow;
    context.sources[0].failing_since = kNow - seconds{60};
    context.sources[0].error = "a \"quoted\" word";
    context.sources[1].token_ends = kNow;
    context.sources[1].token_trouble = "expired";
    EXPECT_EQ(parse_context(to_json(context)).value(), context);
}

TEST_F(DigestContextTest, DoesNotMakeUpAnInstantThatItCannotRead) {
    DigestContext context = present();
    context.sources[0].last_success = kNow;
    std::string json = to_json(context);
    json.replace(json.find("\"last_success\":\"2026"), 20, "\"last_success\":\"last");
    const auto read = parse_context(json);
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().what.find("is no instant"), std::string::npos);
}

TEST(ParseContext, RefusesWhatWasNotWrittenByIt) {
    for (const char* text : {"", "{}", "null", R"({"known_by":"yesterday"})"}) {
        const auto context = parse_context(text);
        ASSERT_FALSE(context) << text;
        EXPECT_EQ(context.error().fault, Fault::storage);
    }
}

}  // namespace
}  // namespace narvaro
