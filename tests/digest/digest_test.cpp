#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "digest/catalogue.h"
#include "digest/layout.h"
#include "digest/plain_text.h"
#include "digest/target_json.h"
#include "digest/week.h"
#include "sample_week.h"

namespace narvaro {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The text without the line breaks that only the width of a page has made.
std::string unwrapped(const std::string& text) {
    static const std::regex kBreak{"\n +"};
    return std::regex_replace(text, kBreak, " ");
}

TEST(SubjectLine, IsTheStatus) {
    EXPECT_EQ(subject_line(sample_week(), "sv"),
              "Vecka 46: 1 av 3 mätbara mål i takt. Kvar i november: Minst två inlägg per månad på "
              "hemsidan");
    EXPECT_EQ(subject_line(sample_week(), "en"),
              "Week 46: 1 of 3 measurable targets on track. Left in November: At least two website "
              "posts a month");
}

TEST(Advice, NamesActLastDayAndEffectMostUrgentFirst) {
    const auto advice = advice_for(sample_week(), "sv");
    ASSERT_EQ(advice.size(), 2U);
    EXPECT_EQ(advice[0].target, "web-posts");
    EXPECT_EQ(advice[0].text,
              "Minst två inlägg per månad på hemsidan: 1 inlägg senast 30\u00A0november. Då är "
              "november klar.");
    EXPECT_EQ(advice[1].text,
              "Minst 10 % korta inlägg: 2 av de nästa 10 inläggen. Ett till lyfter andelen från "
              "8,7\u00A0% (4 av 46) till 10,6\u00A0% (5 av 47).");
}

TEST(Advice, SaysNothingWhereNothingNeedsDoing) {
    DigestWeek week = sample_week();
    for (DigestTarget& t : week.targets) t.now.needed = {};
    EXPECT_TRUE(advice_for(week, "sv").empty());
    EXPECT_THAT(render_text(week, "sv"), HasSubstr("Ingenting behöver göras."));
}

TEST(TextDigest, ShowsEachTargetWithItsStateNeedAndForecast) {
    const std::string text = unwrapped(render_text(sample_week(), "sv"));
    EXPECT_THAT(text, HasSubstr("1 av 2 · 1 av 1 månad klarad · behövs 1 inlägg senast "
                                "30\u00A0november"));
    EXPECT_THAT(
        text, HasSubstr("1\u00A0182 · +6 (+0,5\u00A0%) sedan v. 45 · mål 1\u00A0205 · behövs +5"));
    EXPECT_THAT(text, HasSubstr("1\u00A0204–1\u00A0221"));
    EXPECT_THAT(text, HasSubstr("plattformen har stängt vägen (2025-10-06, about.fb.com)"));
    EXPECT_THAT(text, HasSubstr("Minst två inlägg per månad på hemsidan: från i takt till efter"));
}

TEST(TextDigest, NamesTheFailingSourceTheEvidenceAndThePeriod) {
    const std::string text = unwrapped(render_text(sample_week(), "sv"));
    EXPECT_THAT(text,
                HasSubstr("fel sedan 19\u00A0november 07:00 (3 dagar): the server answered 500"));
    EXPECT_THAT(text, HasSubstr("https://vallentuna.example/bussarna"));
    EXPECT_THAT(text, HasSubstr("narvaro digest --week 2021-W46"));
    EXPECT_THAT(text,
                HasSubstr("måndag 15\u00A0november 2021 00:00 till söndag 21\u00A0november 2021 "
                          "24:00"));
}

TEST(TextDigest, StaysWithinItsColumnsButForAddresses) {
    std::istringstream lines{render_text(sample_week(), "sv")};
    for (std::string line; std::getline(lines, line);) {
        if (line.find("https://") == std::string::npos) {
            EXPECT_LE(columns_of(line), kTextColumns) << line;
        }
    }
}

TEST(TextDigest, IsTheSameBytesForTheSameFacts) {
    EXPECT_EQ(render_text(sample_week(), "sv"), render_text(sample_week(), "sv"));
}

TEST(TextDigest, MakesHostileTextHarmless) {
    DigestWeek week = sample_week();
    week.evidence[0].counted[0].headline = "x\r\nBcc: y\x1b[2J\u202Ez";
    const std::string text = render_text(week, "sv");
    EXPECT_THAT(text, HasSubstr("\"x Bcc: y [2Jz\""));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    EXPECT_THAT(text, Not(HasSubstr("\r")));
}

/// The figures of a text, in order: what must not depend on the language.
std::vector<std::string> figures_of(const std::string& text) {
    std::vector<std::string> out;
    static const std::regex kFigure{"[0-9]+"};
    for (std::sregex_iterator it{text.begin(), text.end(), kFigure}, end; it != end; ++it) {
        out.push_back(it->str());
    }
    return out;
}

TEST(TextDigest, CarriesTheSameFiguresInTheSameOrderInBothLanguages) {
    EXPECT_EQ(figures_of(render_text(sample_week(), "sv")),
              figures_of(render_text(sample_week(), "en")));
}

TEST(JsonDigest, HoldsWhatTheTextSays) {
    const auto json = nlohmann::json::parse(render_json(sample_week(), "sv"));
    EXPECT_EQ(json["subject"], subject_line(sample_week(), "sv"));
    EXPECT_EQ(json["targets"].size(), 4U);
    EXPECT_EQ(json["targets"][0]["needed"], "1 inlägg senast 30\u00A0november");
    EXPECT_EQ(json["targets"][3]["value"], nullptr);
    EXPECT_EQ(json["sources"][0]["failing_since"], "2021-11-19T06:00:00Z");
}

TEST(TargetJson, HasTheKeysOfTheContractWithNullForTheUnknown) {
    const DigestWeek week = sample_week();
    const Zone zone = Zone::find(week.zone).value();
    const auto json = target_json(week.targets[0].target, week.targets[0].now, zone, "sv");
    EXPECT_EQ(json.dump(),
              R"({"id":"web-posts","kind":"rate","name":"Minst två inlägg per månad på hemsidan",)"
              R"("value":1,"goal":2,"baseline":null,"progress":null,"state":"behind",)"
              "\"needed\":\"1 inlägg senast 30\u00A0november\",\"forecast\":null,\"periods\":["
              R"({"from":"2021-10-01","to":"2021-10-31","value":2,"met":true,"closed":true},)"
              R"({"from":"2021-11-01","to":"2021-11-30","value":1,"met":false,"closed":false}],)"
              R"("of":null,"reason":null,"pace":null,"measurability":null,"baseline_source":null,)"
              R"("warnings":[],"chance":null})");
}

std::string file_text(const std::string& path) {
    std::ifstream in{path};
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

/// Names between braces: {n}, {day}.
std::multiset<std::string> placeholders(const std::string& text) {
    static const std::regex kName{R"(\{[a-z_]+\})"};
    std::multiset<std::string> names;
    for (std::sregex_iterator it{text.begin(), text.end(), kName}, end; it != end; ++it) {
        names.insert(it->str());
    }
    return names;
}

TEST(SwedishCatalogue, KeepsEveryPlaceholder) {
    const std::string po = file_text(NARVARO_PO_DIR "/sv.po");
    static const std::regex kEntry{
        R"re(msgid "([^"]+)"\n(?:msgid_plural "[^"]*"\n)?msgstr(?:\[0\])? "([^"]*)")re"};
    int entries = 0;
    for (std::sregex_iterator it{po.begin(), po.end(), kEntry}, end; it != end; ++it) {
        EXPECT_FALSE((*it)[2].str().empty()) << (*it)[1];
        EXPECT_EQ(placeholders((*it)[1]), placeholders((*it)[2])) << (*it)[1];
        ++entries;
    }
    EXPECT_GT(entries, 60);
}

TEST(SwedishCatalogue, ChoosesThePluralForm) {
    const Catalogue sv{"sv"};
    EXPECT_EQ(sv.plural("{met} of {n} month met", "{met} of {n} months met", 1),
              "{met} av {n} månad klarad");
    EXPECT_EQ(sv.plural("{met} of {n} month met", "{met} of {n} months met", 2),
              "{met} av {n} månader klarade");
    EXPECT_EQ(Catalogue{"en"}.plural("{n} target", "{n} targets", 2), "{n} targets");
}

}  // namespace
}  // namespace narvaro
