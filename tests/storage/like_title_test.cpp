#include "storage/like_title.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

struct TitleCase {
    const char* name;
    const char* one;
    const char* other;
    bool alike;
};
void PrintTo(const TitleCase& c, std::ostream* out) { *out << c.name; }

class TitlesAlike : public testing::TestWithParam<TitleCase> {};

TEST_P(TitlesAlike, ShareHalfOfTheShortersWords) {
    EXPECT_EQ(alike_titles(GetParam().one, GetParam().other), GetParam().alike);
    EXPECT_EQ(alike_titles(GetParam().other, GetParam().one), GetParam().alike);
}

INSTANTIATE_TEST_SUITE_P(
    Titles, TitlesAlike,
    testing::Values(TitleCase{"TheSame", "Buss 665 dras in", "Buss 665 dras in", true},
                    TitleCase{"CaseAndSigns", "ÅRETS Äpple: rött!", "årets äpple – ”rött”", true},
                    TitleCase{"OneWordCorrected", "Buss 665 dras in", "Buss 656 dras in", true},
                    TitleCase{"Lengthened", "Buss 665 dras in",
                              "Rasande resenärer: Buss 665 dras in i maj", true},
                    TitleCase{"Another", "Buss 665 dras in", "Ny badplats i Tumba invigd", false},
                    TitleCase{"OneSmallWordInCommon", "Kommunen får ny skola i höst",
                              "Regnet vräker ner i hela länet", false},
                    TitleCase{"NoneToCompare", "", "Buss 665 dras in", true},
                    TitleCase{"SignsAlone", "…", "Buss 665 dras in", true}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace narvaro
