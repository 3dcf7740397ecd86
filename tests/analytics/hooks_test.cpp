#include "analytics/hooks.h"

#include <gtest/gtest.h>

#include "analytics/hook_words.h"
#include "analytics/links.h"
#include "labelled.h"
#include "rules_from_files.h"

namespace narvaro {
namespace {

using testing_rules::Score;

sys_seconds at(const char* text) { return parse_instant(text).value(); }

PressItem item(std::string id, const char* published, std::string title, std::string summary = "",
               std::string url = "") {
    return {std::move(id), "mitti", std::move(url), std::move(title), std::move(summary),
            at(published), {}};
}

HookInput post(const char* when, std::string text, std::vector<std::string> links = {}) {
    return {std::move(text), std::move(links), at(when), SourceKind::facebook};
}

HookRules shipped() { return testing_rules::shipped().hooks; }

const char kUrl[] = "https://www.mitti.se/nyheter/simhallen/repwzA!1";

HookMatcher simhall() {
    return {
        shipped(),
        {item("m1", "2022-03-01T06:00:00Z", "Simhallen i Vallentuna läcker", "Taket byts.", kUrl)}};
}

struct HookCase {
    const char* name;
    const char* when;
    const char* text;
    const char* link;
    bool hook;
    const char* item;
};
class Hook : public testing::TestWithParam<HookCase> {};

TEST_P(Hook, IsFoundOrNot) {
    const HookCase& c = GetParam();
    std::vector<std::string> links;
    if (*c.link != '\0') links.emplace_back(c.link);
    const Verdict v = simhall().match(post(c.when, c.text, links));
    EXPECT_EQ(v.value, c.hook) << testing::PrintToString(v.reasons.size());
    EXPECT_EQ(v.hook_item, c.item);
    EXPECT_FALSE(v.reasons.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, Hook,
    testing::Values(
        HookCase{"ByWords", "2022-03-01T10:00:00Z", "Simhallen läcker. Igen.", "", true, "m1"},
        HookCase{"NotBeforeTheItem", "2022-03-01T05:59:00Z", "Simhallen läcker. Igen.", "", false,
                 ""},
        HookCase{"NotAtTheSameSecond", "2022-03-01T06:00:00Z", "Simhallen läcker. Igen.", "", false,
                 ""},
        HookCase{"AtTheEndOfTheWindow", "2022-03-04T06:00:00Z", "Simhallen läcker. Igen.", "", true,
                 "m1"},
        HookCase{"NotAfterTheWindow", "2022-03-04T06:00:01Z", "Simhallen läcker. Igen.", "", false,
                 ""},
        HookCase{"NotByAPlaceAlone", "2022-03-01T10:00:00Z", "Vallentuna i sol", "", false, ""},
        HookCase{"ByALink", "2022-03-07T06:00:00Z", "Läs.", kUrl, true, "m1"},
        HookCase{"ByALinkBeforeTheFeedSaidSo", "2022-03-01T05:00:00Z", "Läs.", kUrl, true, "m1"},
        HookCase{"NotByALinkLongBefore", "2022-03-01T04:59:59Z", "Läs.", kUrl, false, ""},
        HookCase{"NotByAnOldLink", "2022-03-08T06:00:01Z", "Simhallen läcker", kUrl, false, ""},
        HookCase{
            "ByAWrappedLink", "2022-03-02T06:00:00Z", "Läs.",
            "https://l.facebook.com/"
            "l.php?u=http%3A%2F%2Fm.mitti.se%2Fnyheter%2Fsimhallen%2FrepwzA%211%2F%3Fx%3D1&h=2",
            true, "m1"},
        HookCase{"ByAnArticleThatIsInNoFeed", "2022-06-01T06:00:00Z", "Läs.",
                 "https://mitti.se/nyheter/ny-bro/repzz!2", true, ""},
        HookCase{"NotByAFrontPage", "2022-06-01T06:00:00Z", "Läs.", "https://www.mitti.se/", false,
                 ""},
        HookCase{"NotByASection", "2022-06-01T06:00:00Z", "Läs.", "https://www.mitti.se/vallentuna",
                 false, ""},
        HookCase{"NotByAnotherPaper", "2022-06-01T06:00:00Z", "Läs.",
                 "https://tidskrift.example/opinion/ny-bro", false, ""}),
    [](const auto& p) { return p.param.name; });

TEST(Hook, CountsNeitherAddressesNorTagsInTheLength) {
    std::string text = "Simhallen läcker. " + std::string(380, 'x');
    EXPECT_TRUE(
        simhall()
            .match(post("2022-03-01T10:00:00Z", text + " #" + std::string(50, 'y') +
                                                    " https://x.example/" + std::string(99, 'z')))
            .value);
    EXPECT_FALSE(simhall().match(post("2022-03-01T10:00:00Z", text + std::string(50, 'x'))).value);
}

TEST(Hook, TellsItemAndMinutes) {
    const Verdict v = simhall().match(post("2022-03-01T11:10:00Z", "", {kUrl}));
    EXPECT_EQ(v.hook_age, std::chrono::minutes(310));
    EXPECT_EQ(v.reasons.at(0).text, "länk till mitti.se, 5 h 10 min efter");
}

TEST(Hook, DoesNotBelieveATimeAfterTheItemWasSeen) {
    PressItem early = item("m1", "2022-03-05T06:00:00Z", "Simhallen läcker");
    early.first_seen = at("2022-03-01T06:00:00Z");
    const HookMatcher matcher(shipped(), {early});
    EXPECT_TRUE(matcher.match(post("2022-03-01T07:00:00Z", "Simhallen läcker.")).value);
    EXPECT_FALSE(matcher.match(post("2022-03-05T07:00:00Z", "Simhallen läcker.")).value);
}

TEST(Hook, NeedsADateAndSomeText) {
    HookInput undated = post("2022-03-01T10:00:00Z", "Simhallen läcker");
    undated.published.reset();
    EXPECT_FALSE(simhall().match(undated).value);
    EXPECT_TRUE(simhall().match(post("2022-03-01T10:00:00Z", "")).no_text);
}

TEST(Hook, PutsLittleWeightOnWhatEverybodyWrites) {
    const std::vector<PressItem> items = {item("m1", "2022-03-01T06:00:00Z", "Simhallen läcker")};
    const std::vector<std::string> archive(600, "Simhallen är öppen");
    const HookInput common = post("2022-03-01T10:00:00Z", "Simhallen igen");
    EXPECT_TRUE(HookMatcher(shipped(), items).match(common).value);
    EXPECT_FALSE(HookMatcher(shipped(), items, archive).match(common).value);
}

TEST(Hook, ReadsNumbersInWordsAndWithTheirNoun) {
    const HookMatcher matcher(shipped(), {item("m1", "2022-03-01T06:00:00Z",
                                               "Fyra veckor till en tid", "Kön är 2,1 mil.")});
    EXPECT_TRUE(matcher.match(post("2022-03-01T07:00:00Z", "4 veckor!")).value);
    EXPECT_FALSE(matcher.match(post("2022-03-01T07:00:00Z", "Möte kl 18 den 4 april")).value);
}

class HookSets : public testing::TestWithParam<const char*> {};
TEST_P(HookSets, AreJudgedAsPeopleDid) {
    const auto set = testing_rules::read_hooks(GetParam());
    if (!set) GTEST_SKIP() << "the shared test data is absent";
    const HookMatcher matcher(shipped(), set->items);
    Score score;
    int named = 0, right = 0;
    for (const auto& p : set->posts) {
        const Verdict v = matcher.match(p.input);
        score.count(p.hook, v.value, p.id + " [" + p.trap + "] " + p.input.text);
        if (!v.value || !p.hook || p.item.empty()) continue;
        ++named;
        right += v.hook_item == p.item ? 1 : 0;
    }
    EXPECT_GE(score.f1(), 0.92) << score.errors;
    EXPECT_GE(right * 100, named * 95);
}
INSTANTIATE_TEST_SUITE_P(Files, HookSets,
                         testing::Values(NARVARO_TEST_DATA "/analytics/hooks_own.jsonl",
                                         NARVARO_TEST_DATA "/analytics/hooks_own2.jsonl",
                                         NARVARO_SHARED_TESTDATA "/hooks_dev.jsonl"));

TEST(LinkParts, AreComparedWithoutWhatVaries) {
    const std::string key = link_parts("https://www.mitti.se/nyheter/a-b/").key();
    for (const char* same :
         {"http://mitti.se/nyheter/a-b", "HTTPS://M.MITTI.SE/nyheter/a-b?fbclid=1#x",
          "www.mitti.se:443/nyheter/a-b",
          "https://l.instagram.com/?u=https%3A%2F%2Fmitti.se%2Fnyheter%2Fa-b&e=1"})
        EXPECT_EQ(link_parts(same).key(), key) << same;
    for (const char* none :
         {"", "mailto:a@b.se", "javascript:alert(1)", "ftp://mitti.se/a", "nyheter/a"})
        EXPECT_TRUE(link_parts(none).host.empty() || link_parts(none).key() != key) << none;
}

TEST(SwedishStem, MakesTheFormsOfAWordOne) {
    EXPECT_EQ(swedish_stem("verkstaden"), swedish_stem("verkstad"));
    EXPECT_EQ(swedish_stem("timmars"), swedish_stem("timmar"));
}

TEST(Hook, FindsItsWayInALargePress) {
    std::vector<PressItem> items;
    for (int i = 0; i < 20000; ++i)
        items.push_back({"m" + std::to_string(i),
                         "mitti",
                         "",
                         "Nyhet om ämne" + std::to_string(i) + " i skolan",
                         "Kommunen och ord" + std::to_string(i % 700),
                         at("2022-03-01T06:00:00Z") + seconds(600 * i),
                         {}});
    const HookMatcher matcher(shipped(), items);
    for (int i = 5; i < 2000; i += 7) {
        HookInput p = post("2022-03-01T06:00:00Z", "Vi svarar om ämne" + std::to_string(i));
        p.published = *items[static_cast<std::size_t>(i)].published + seconds(60);
        EXPECT_EQ(matcher.match(p).hook_item, "m" + std::to_string(i));
    }
}

}  // namespace
}  // namespace narvaro
