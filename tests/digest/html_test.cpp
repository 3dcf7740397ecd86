// What mail clients can stand: see reference section C3.
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/HTMLparser.h>

#include "digest/chart.h"
#include "digest/plain_text.h"
#include "digest/week.h"
#include "sample_week.h"

namespace narvaro {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The words of a document in reading order, one blank between them.
std::string words_in(const xmlNode* node) {
    std::string words;
    for (; node != nullptr; node = node->next) {
        const std::string name = node->name ? reinterpret_cast<const char*>(node->name) : "";
        if (name == "style" || name == "title" || name == "head") continue;
        if (node->type == XML_TEXT_NODE) words += reinterpret_cast<const char*>(node->content);
        words += " " + words_in(node->children);
    }
    return words;
}

std::string visible_text(const std::string& html) {
    htmlDocPtr document =
        htmlReadMemory(html.data(), static_cast<int>(html.size()), nullptr, "UTF-8",
                       HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    const std::string words = words_in(xmlDocGetRootElement(document));
    xmlFreeDoc(document);
    return words;
}

std::vector<std::string> figures_of(const std::string& text) {
    std::vector<std::string> out;
    static const std::regex kFigure{"[0-9]+"};
    for (std::sregex_iterator it{text.begin(), text.end(), kFigure}, end; it != end; ++it) {
        out.push_back(it->str());
    }
    return out;
}

TEST(HtmlDigest, HasNothingThatMailClientsDropOrFetch) {
    const std::string html = render_html(full_week(), "sv");
    for (const char* refused : {"<svg", "data:", "<script", "<link", "<iframe", "display:flex",
                                "display:grid", "src=\"http", "url(", "<form", "onclick"}) {
        EXPECT_THAT(html, Not(HasSubstr(refused)));
    }
    EXPECT_LT(html.size(), 60'000U);
    EXPECT_THAT(html, HasSubstr("<html lang=\"sv\">"));
    EXPECT_THAT(html, HasSubstr("max-width:600px"));
}

TEST(HtmlDigest, HasOneHeadingOfTheFirstRankAndARealTargetTable) {
    const std::string html = render_html(full_week(), "en");
    EXPECT_EQ(html.find("<h1"), html.rfind("<h1"));
    EXPECT_THAT(html, HasSubstr("<caption"));
    EXPECT_THAT(html, HasSubstr("<th scope=\"col\""));
    EXPECT_THAT(html, HasSubstr("<th scope=\"row\""));
}

TEST(HtmlDigest, SaysEveryStateInWords) {
    const std::string text = visible_text(render_html(full_week(), "en"));
    for (const char* word : {"behind", "on track", "closed by the platform"}) {
        EXPECT_THAT(text, HasSubstr(word));
    }
}

TEST(HtmlDigest, DescribesEachChartWithItsFigures) {
    const std::string html = render_html(full_week(), "en");
    EXPECT_THAT(html, HasSubstr("src=\"cid:fb-followers.png@narvaro\""));
    EXPECT_THAT(html,
                HasSubstr("alt=\"All followers +20 %: From 1,000 on 3\u00A0January to 1,182 on "
                          "21\u00A0November. The plan asks for 1,181 by then. Goal: 1,205 on "
                          "31\u00A0December.\""));
}

TEST(HtmlDigest, CarriesTheSameFiguresInBothLanguages) {
    EXPECT_EQ(figures_of(visible_text(render_html(full_week(), "sv"))),
              figures_of(visible_text(render_html(full_week(), "en"))));
}

TEST(HtmlDigest, SaysWhatTheTextSays) {
    static const std::regex kBlanks{R"([\s\xC2\xA0]+)"};
    const auto squeezed = [&](const std::string& text) {
        return std::regex_replace(text, kBlanks, "");
    };
    const std::string html = squeezed(visible_text(render_html(full_week(), "sv")));
    std::istringstream lines{render_text(full_week(), "sv")};
    for (std::string line; std::getline(lines, line);) {
        static const std::regex kMarks{R"(^(- |[0-9]+\. )|^\s+https?://.*| · )"};
        for (std::sregex_token_iterator part{line.begin(), line.end(), kMarks, -1}, end;
             part != end; ++part) {
            std::istringstream words{part->str()};
            for (std::string word; words >> word;) {
                EXPECT_THAT(html, HasSubstr(squeezed(word))) << line;
            }
        }
    }
}

TEST(HtmlDigest, MakesHostileTextHarmless) {
    const std::string html = render_html(hostile_week(), "sv");
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("javascript:alert(1)//<")));
    EXPECT_THAT(html, Not(HasSubstr("href=\"javascript")));
    EXPECT_THAT(html, Not(HasSubstr("\u202E")));
    EXPECT_THAT(html, Not(HasSubstr("\x1b")));
    EXPECT_THAT(html, Not(HasSubstr("\r")));
    EXPECT_LT(html.size(), 60'000U);
    EXPECT_THAT(visible_text(html), HasSubstr("<script>alert(1)</script>")) << "shown as text";
}

TEST(HtmlDigest, StaysUnderSixtyKilobytesWhateverTheWeekHolds) {
    DigestWeek week = full_week();
    DigestPost post = week.evidence[0].counted[0];
    post.headline = std::string(400, 'w');
    post.url = "https://vallentuna.example/" + std::string(200, 'x');
    post.reasons.assign(20, "klimat·omställningen");
    for (int i = 0; i < 20; ++i) {
        week.targets.push_back(week.targets[1]);
        week.targets.back().target.id = "more-" + std::to_string(i);
        week.evidence.push_back(
            {week.targets.back().target.id, std::vector(60, post), std::vector(60, post), {}});
    }
    week.press.assign(50, post);
    week.corrections.assign(50, week.corrections[0]);
    EXPECT_LT(render_html(week, "sv").size(), 60'000U);
}

TEST(Chart, ScaleHoldsWhatWasReadThePaceAndTheGoal) {
    const ChartScale scale = scale_of(full_week().curves[0]);
    EXPECT_EQ(scale.low, 1000);
    EXPECT_EQ(scale.high, 1204.5);
}

TEST(Chart, IsAPictureOfTheSameBytesEveryTime) {
    const auto first = digest_pictures(full_week());
    const auto second = digest_pictures(full_week());
    ASSERT_TRUE(first && second);
    ASSERT_EQ(first->size(), 1U);
    EXPECT_EQ(first->front().png, second->front().png);
    EXPECT_TRUE(first->front().png.starts_with("\x89PNG"));
    EXPECT_LT(first->front().png.size(), 20'000U);
    EXPECT_THAT(chart_svg(full_week().curves[0]), Not(HasSubstr("<text")));
}

}  // namespace
}  // namespace narvaro
