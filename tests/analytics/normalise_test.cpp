#include "analytics/normalise.h"

#include <random>

#include <gtest/gtest.h>

#include "analytics/tokens.h"

namespace narvaro {
namespace {

struct FoldCase {
    const char* name;
    const char* text;
    const char* folded;
};
class FoldText : public testing::TestWithParam<FoldCase> {};

TEST_P(FoldText, GivesThePlainWord) { EXPECT_EQ(fold_text(GetParam().text), GetParam().folded); }

INSTANTIATE_TEST_SUITE_P(
    Forms, FoldText,
    testing::Values(FoldCase{"Capitals", "ÅÄÖ Klimat", "åäö klimat"},
                    FoldCase{"Decomposed", "Miljo\u0308 a\u030A", "miljö å"},
                    FoldCase{"MathematicalBold",
                             "\U0001D5DE\U0001D5F9\U0001D5F6\U0001D5FA\U0001D5EE\U0001D601",
                             "klimat"},
                    FoldCase{"BoldWithARing", "\U0001D5FA\U0001D5EE\u030A\U0001D5F9", "mål"},
                    FoldCase{"FullWidth", "ＣＯ２", "co2"}, FoldCase{"Circled", "Ⓚⓛⓘⓜⓐⓣ", "klimat"},
                    FoldCase{"SoftHyphen", "klimat\u00ADmål", "klimatmål"},
                    FoldCase{"ZeroWidth", "kli\u200Bma\u200Dt\uFEFF", "klimat"},
                    FoldCase{"MarkAfterAZeroWidth", "a\u200B\u0308", "ä"},
                    FoldCase{"BidiControls", "\u202Eklimat\u202C", "klimat"},
                    FoldCase{"StruckThrough", "k\u0336l\u0336i\u0336", "kli"},
                    FoldCase{"BrokenBytes", "kli\xFFmat", "kli\uFFFDmat"},
                    FoldCase{"CutOffAtTheEnd", "mil\xC3", "mil\uFFFD"},
                    FoldCase{"NoBreakSpace", "a\u00A0b", "a b"}, FoldCase{"Nothing", "", ""}),
    [](const auto& p) { return p.param.name; });

std::string random_bytes(std::mt19937& random, std::size_t size, bool text) {
    static const std::vector<std::string> kPieces = {
        "a", "Ö",  "o\u0308",      "\u200B", "\u0345",     "ß",
        "İ", "ﬁ",  "\u1E9B\u0323", "\u0300", "\U0001D5DE", "#",
        " ", "한", "\u1100",       "\u1161", "٣",          "´"};
    std::string out;
    while (out.size() < size) {
        if (text)
            out += kPieces[random() % kPieces.size()];
        else
            out += static_cast<char>(random() % 256);
    }
    return out;
}

TEST(FoldText, IsIdempotentOnAnyBytes) {
    std::mt19937 random(7);
    for (int i = 0; i < 3000; ++i) {
        const std::string text = random_bytes(random, random() % 60, i % 2 == 0);
        const std::string once = fold_text(text);
        ASSERT_EQ(fold_text(once), once) << testing::PrintToString(text);
    }
}

// The test's time limit is the assertion: what is not linear takes hours here.
TEST(FoldText, TakesAMegabyteOfHostileText) {
    const auto repeat = [](const std::string& piece) {
        std::string out;
        while (out.size() < 1'000'000) out += piece;
        return out;
    };
    for (const char* piece :
         {"a\u0300\u0323\u0345", "\u0323\u0300", "#", "a ", "@a", "http://", "k-l-i-", "\u200B",
          "\xF0\x9F", "\xEF\xB7\xBA", "#A", "1 2 3 ", "och, "}) {
        const TokenText text = tokenise(repeat(piece));
        EXPECT_LE(text.tokens.size(), 7'000'000U) << piece;
    }
}

TEST(WithoutDiacritics, KeepsTheLetters) {
    EXPECT_EQ(without_diacritics("miljö på ån é"), "miljo pa an e");
    EXPECT_EQ(without_diacritics("klimat🌍"), "klimat🌍");
}

std::vector<std::string> words_of(const TokenText& text) {
    std::vector<std::string> out;
    for (const Token& t : text.tokens) out.emplace_back(text.view(t));
    return out;
}

TEST(Tokenise, JoinsLettersThatAreSpacedOut) {
    EXPECT_EQ(words_of(tokenise("R Ä D D A  K L I M A T E T")),
              (std::vector<std::string>{"rädda", "klimatet"}));
    EXPECT_EQ(words_of(tokenise("k-l-i-m-a-t")), (std::vector<std::string>{"klimat"}));
    EXPECT_EQ(words_of(tokenise("i å i")), (std::vector<std::string>{"i", "å", "i"}));
}

TEST(Tokenise, SplitsATagAtCapitalsDigitsAndUnderscores) {
    const TokenText text = tokenise("#EUValet_i2024Nu");
    ASSERT_EQ(text.tokens.size(), 1U);
    EXPECT_EQ(text.view(text.tokens[0]), "euvaleti2024nu");
    std::vector<std::string> parts;
    for (const TagPart& p : text.parts) parts.emplace_back(text.view(p));
    EXPECT_EQ(parts, (std::vector<std::string>{"eu", "valet", "i", "2024", "nu"}));
}

TEST(Tokenise, LeavesAddressesOutAndKeepsThemAsLinks) {
    const TokenText text =
        tokenise("Läs https://mitti.se/klimat, eller skriv till klimat@v.se #nu @v.se_x");
    EXPECT_EQ(words_of(text),
              (std::vector<std::string>{"läs", "eller", "skriv", "till", "nu", "vsex"}));
    EXPECT_EQ(text.links, (std::vector<std::string>{"https://mitti.se/klimat"}));
}

TEST(SqueezedHandle, ForgetsDotsCaseAndTheAddressAround) {
    EXPECT_EQ(squeezed_handle("@Ung_Vanster.Norrort"), "ungvansternorrort");
    EXPECT_EQ(squeezed_handle("Ung Vänster Norrort"), "ungvänsternorrort");
    EXPECT_EQ(squeezed_handle("https://www.instagram.com/ungvanster/?hl=sv"), "ungvanster");
    EXPECT_EQ(squeezed_handle(""), "");
}

TEST(CleanText, LeavesNoControlCharacterBeforeAMarkOrASymbol) {
    for (const char* after : {"\xD8\x97", "\xCC\x81", "\xF0\x9F\x8C\xB1", "\xEF\xBC\xA1"}) {
        for (const char* control : {"\x1B", "\x7F", "\xC2\x85", "\r", "\n"}) {
            const std::string clean = clean_text(std::string{"a"} + control + after + "b");
            for (const char* left : {"\x1B", "\x7F", "\xC2\x85", "\r"}) {
                EXPECT_EQ(clean.find(left), std::string::npos) << clean;
            }
            EXPECT_EQ(clean_text(clean), clean);
        }
    }
}

}  // namespace
}  // namespace narvaro
