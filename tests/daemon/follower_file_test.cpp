#include "daemon/follower_file.h"

#include <gtest/gtest.h>

#include "daemon/import_report.h"

namespace narvaro {
namespace {

/// As Meta Business Suite writes it: UTF-16, little end first, with a byte order mark.
std::string utf16(std::u16string_view text) {
    std::string bytes = "\xFF\xFE";
    for (const char16_t c : text) {
        bytes += static_cast<char>(c & 0xFF);
        bytes += static_cast<char>(c >> 8);
    }
    return bytes;
}

std::string read(std::u16string_view text, const std::string& metric = {}) {
    const std::string decoded = decoded_text(utf16(text));
    if (!is_follower_file(decoded)) return "no follower file";
    const auto file = read_follower_file(decoded, metric);
    if (!file) return file.error().what;
    std::string out = file->metric;
    for (const FollowerDay& day : file->days) {
        out += " " + format_date(day.day) + "=" + std::to_string(static_cast<int>(day.value));
    }
    return out;
}

struct FileCase {
    const char* name;
    std::u16string_view text;
    const char* read;
    const char* metric = "";
};

class FollowerFiles : public testing::TestWithParam<FileCase> {};

TEST_P(FollowerFiles, AreReadAsTheyAre) {
    EXPECT_EQ(read(GetParam().text, GetParam().metric), GetParam().read);
}

INSTANTIATE_TEST_SUITE_P(
    Exports, FollowerFiles,
    testing::Values(
        FileCase{"NewFollowsOfFacebook",
                 u"sep=,\n\"Facebook follows\"\n\"Date\",\"Primary\"\n"
                 u"\"2021-03-01T00:00:00\",\"4\"\n\"2021-03-04T00:00:00\",\"1\"\n",
                 "follows 2021-03-01=4 2021-03-04=1"},
        FileCase{"NewFollowsOfInstagramWithCrLf",
                 u"sep=,\r\n\"Instagram follows\"\r\n\"Date\",\"Primary\"\r\n"
                 u"\"2021-03-01T00:00:00\",\"4\"\r\n",
                 "follows 2021-03-01=4"},
        FileCase{"SwedishWithSemicolons",
                 u"sep=;\n\"Nya följare\"\n\"Datum\";\"Primär\"\n\"2021-03-01T00:00:00\";\"4\"\n",
                 "follows 2021-03-01=4"},
        FileCase{"ALevel",
                 u"sep=,\n\"Facebook followers\"\n\"Date\",\"Primary\"\n\"2021-03-01\",\"400\"\n",
                 "followers 2021-03-01=400"},
        FileCase{"AHeadingThatMayBeEitherIsNotGuessed",
                 u"sep=,\n\"Facebook-följare\"\n\"Datum\",\"Primär\"\n\"2021-03-01\",\"4\"\n",
                 "the heading \"Facebook-följare\" does not tell whether the figures are all "
                 "followers or those who were new each day"},
        FileCase{"UnlessThePersonSays",
                 u"sep=,\n\"Facebook-följare\"\n\"Datum\",\"Primär\"\n\"2021-03-01\",\"4\"\n",
                 "follows 2021-03-01=4", "follows"},
        FileCase{"EveryMistakeWithItsLine",
                 u"sep=,\n\"Facebook follows\"\n\"Date\",\"Primary\"\n\"soon\",\"4\"\n"
                 u"\"2021-03-01\",\"many\"\n",
                 "line 4: \"soon\" is no date; line 5: no figure beside 2021-03-01"},
        FileCase{"OtherColumns", u"sep=,\n\"Facebook follows\"\n\"Post ID\",\"Reach\"\n",
                 "line 3: the columns must be Date (Datum) and one figure"},
        FileCase{"NothingInIt", u"sep=,\n", "line 2: no columns Date and Primary (Datum)"},
        FileCase{"AnOrdinaryTable", u"at,source,metric,dimension,value\n", "no follower file"}),
    [](const auto& p) { return p.param.name; });

TEST(DecodedText, KnowsTheByteOrderMarks) {
    EXPECT_EQ(decoded_text("\xEF\xBB\xBF"
                           "å"),
              "å");
    EXPECT_EQ(decoded_text(std::string{"\xFE\xFF\x00\xE5", 4}), "å");
    EXPECT_EQ(decoded_text(utf16(u"a\U0001F331")), "a🌱");
    EXPECT_EQ(decoded_text(std::string{"\xFF\xFE\x3C\xD8\x41\x00", 6}), "\uFFFDA");
    EXPECT_EQ(decoded_text("plain"), "plain");
}

std::vector<ImportedSample> daily(std::initializer_list<std::pair<const char*, double>> list) {
    std::vector<ImportedSample> samples;
    for (const auto& [day, value] : list) {
        samples.push_back(
            {"fb",
             {"followers", "", parse_instant(std::string{day} + "T11:00:00Z").value(), value}});
    }
    return samples;
}

TEST(ImportReport, NamesWhatIsToldTwiceAndWhereNothingIs) {
    const Zone zone = Zone::find("Europe/Stockholm").value();
    const auto samples = daily({{"2021-03-01", 1},
                                {"2021-03-02", 2},
                                {"2021-03-02", 2},
                                {"2021-03-03", 3},
                                {"2021-03-04", 3},
                                {"2021-03-20", 5},
                                {"2021-03-21", 5}});
    EXPECT_EQ(import_remarks(samples, zone, false),
              (std::vector<std::string>{"fb followers: 1 lines say the same twice and count once",
                                        "fb followers: nothing between 2021-03-04 and 2021-03-20; "
                                        "it stays a gap"}));
    EXPECT_TRUE(contradictions(samples, zone).empty());
    EXPECT_EQ(contradictions(daily({{"2021-03-01", 1}, {"2021-03-01", 2}}), zone),
              (std::vector<std::string>{
                  "fb followers: 2021-03-01T12:00:00+01:00 is told as 1 and as 2"}));
}

TEST(ImportReport, SaysThatDaysWithoutNewFollowsAreNoZeroes) {
    const Zone zone = Zone::find("Europe/Stockholm").value();
    const auto remarks = import_remarks(daily({{"2021-03-01", 1}, {"2021-03-04", 2}}), zone, true);
    ASSERT_EQ(remarks.size(), 1U);
    EXPECT_EQ(remarks.front().substr(0, 38), "fb followers: 2 of 4 days from 2021-03");
}

}  // namespace
}  // namespace narvaro
