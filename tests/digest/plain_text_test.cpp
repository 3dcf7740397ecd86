#include "digest/plain_text.h"

#include <gtest/gtest.h>

#include "digest/layout.h"

namespace narvaro {
namespace {

struct LineCase {
    const char* name;
    const char* text;
    const char* line;
};
class OneLine : public testing::TestWithParam<LineCase> {};

TEST_P(OneLine, IsHarmlessOnATerminalAndInAMail) {
    EXPECT_EQ(harmless_line(GetParam().text), GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, OneLine,
    testing::Values(LineCase{"Plain", "Möte på torsdag 🌹", "Möte på torsdag 🌹"},
                    LineCase{"LineEnds", "a\r\nBcc: b\n\nc", "a Bcc: b c"},
                    LineCase{"EscapeSequence", "x\x1b[31mred", "x [31mred"},
                    LineCase{"RightToLeftOverride", "a\u202Etxt.exe", "atxt.exe"},
                    LineCase{"InvalidUtf8", "a\xFF", "a\uFFFD"},
                    LineCase{"LineSeparator", "a\u2028b", "a b"}, LineCase{"Empty", "", ""}),
    [](const auto& p) { return p.param.name; });

TEST(Shortened, CutsBetweenLettersAndSaysSo) {
    EXPECT_EQ(shortened("Vallentuna", 10), "Vallentuna");
    EXPECT_EQ(shortened("Vallentuna kommun", 11), "Vallentuna…");
    EXPECT_EQ(shortened("ååååå", 3), "åå…");
    EXPECT_EQ(columns_of("日本"), 4U);
}

TEST(Wrapped, KeepsToTheColumnsAndLeavesAnAddressWhole) {
    const std::string url = "https://example.org/" + std::string(90, 'x');
    const std::string text = wrapped("Ett två " + url + " tre", 2, "1. ");
    EXPECT_EQ(text, "1. Ett två\n  " + url + "\n  tre\n");
}

TEST(TwoEnds, PutsTheStateAtTheRightEdge) {
    const std::string line = two_ends("Inlägg", "i takt");
    EXPECT_EQ(columns_of(line.substr(0, line.size() - 1)), kTextColumns);
    EXPECT_TRUE(line.ends_with("i takt\n"));
}

}  // namespace
}  // namespace narvaro
