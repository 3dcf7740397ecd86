#include "connectors/feed_charset.h"

#include "tests/connectors/feed_testing.h"

namespace narvaro {
namespace {

using namespace std::string_literals;
using namespace testing_feed;

/// An RSS feed with one title in raw bytes.
std::string feed_in(std::string_view declared, std::string_view title) {
    const std::string encoding =
        declared.empty() ? "" : " encoding=\"" + std::string{declared} + "\"";
    return "<?xml version=\"1.0\"" + encoding + "?>" +
           rss("<guid>g</guid><title>" + std::string{title} + "</title>");
}

/// ASCII text as units of `width` bytes.
std::string wide(std::string_view text, std::size_t width, bool little) {
    std::string out;
    for (const char c : text) {
        std::string unit(width, '\0');
        unit[little ? 0 : width - 1] = c;
        out += unit;
    }
    return out;
}

struct CharsetCase {
    const char* name;
    std::string bytes;
    const char* content_type;
    const char* title;
};
void PrintTo(const CharsetCase& c, std::ostream* out) { *out << c.name; }

class Charset : public testing::TestWithParam<CharsetCase> {};

TEST_P(Charset, IsSettledSoThatTheTitleIsRight) {
    EXPECT_EQ(first_item(GetParam().bytes, context_of(kHere, GetParam().content_type)).title,
              GetParam().title);
}

INSTANTIATE_TEST_SUITE_P(
    Declared, Charset,
    testing::Values(
        CharsetCase{"Utf8", feed_in("utf-8", "Åsa åt äpplen"), "", "Åsa åt äpplen"},
        CharsetCase{"Nothing", feed_in("", "Åsa"), "", "Åsa"},
        CharsetCase{"Latin1", feed_in("iso-8859-1", "\xC5sa \xE5t"), "", "Åsa åt"},
        CharsetCase{"Latin1WithWindowsQuotes",
                    feed_in("iso-8859-1",
                            "\x93"
                            "hej\x94 \x96 \x80"),
                    "", "“hej” – €"},
        CharsetCase{"Windows1252", feed_in("windows-1252", "\x93\xE4\x94"), "", "“ä”"},
        CharsetCase{"Ascii", feed_in("us-ascii", "\xE4"), "", "ä"},
        CharsetCase{"Latin9", feed_in("iso-8859-15", "\xA4"), "", "€"},
        CharsetCase{"IcelandicDos", feed_in("cp_is", "\x80\x8D"), "", "ÇÞ"},
        CharsetCase{"Latin2", feed_in("iso-8859-2", "\xB1"), "", "ą"},
        CharsetCase{"Windows1250", feed_in("windows-1250", "\xB9"), "", "ą"},
        CharsetCase{"Windows1251", feed_in("windows-1251", "\xCF\xF0\xE8"), "", "При"},
        CharsetCase{"Koi8r", feed_in("koi8-r", "\xF0\xD2\xC9"), "", "При"},
        CharsetCase{"Codepage437", feed_in("437", "\x80"), "", "Ç"},
        CharsetCase{"PythonsName", feed_in("cp850", "\x80"), "", "Ç"},
        CharsetCase{"MacRoman", feed_in("mac_roman", "\x80"), "", "Ä"},
        CharsetCase{"HpRoman", feed_in("hp-roman8", "\xCC"), "", "ä"},
        CharsetCase{"ShiftJis", feed_in("shift_jis", "\x93\xFA\x96\x7B"), "", "日本"},
        CharsetCase{"EucJp", feed_in("euc-jp", "\xC6\xFC\xCB\xDC"), "", "日本"},
        CharsetCase{"Iso2022Jp", feed_in("iso-2022-jp", "\x1B$BF|K\\\x1B(B"), "", "日本"},
        CharsetCase{"Big5", feed_in("big5", "\xA4\xA4\xA4\xE5"), "", "中文"},
        CharsetCase{"Gb2312ReadAsItsSuperset", feed_in("gb2312", "\xD6\xD0\xCE\xC4"), "", "中文"},
        CharsetCase{"EucKr", feed_in("euc-kr", "\xC7\xD1\xB1\xDB"), "", "한글"},
        CharsetCase{"Tis620", feed_in("tis-620", "\xA1"), "", "ก"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    WrongDeclarations, Charset,
    testing::Values(
        CharsetCase{"Latin1ThatIsUtf8", feed_in("iso-8859-1", "Åsa åt"), "", "Åsa åt"},
        CharsetCase{"Windows1252ThatIsUtf8", feed_in("windows-1252", "Åsa åt"), "", "Åsa åt"},
        CharsetCase{"AsciiThatIsUtf8", feed_in("us-ascii", "Åsa åt"), "", "Åsa åt"},
        CharsetCase{"EastAsianThatIsUtf8", feed_in("gb2312", "Åsa åt älgens öra"), "",
                    "Åsa åt älgens öra"},
        CharsetCase{"Utf8ThatIsLatin1", feed_in("utf-8", "\xC5sa \xE5t"), "", "Åsa åt"},
        CharsetCase{"NothingThatIsLatin1", feed_in("", "\xC5sa \xE5t"), "", "Åsa åt"},
        CharsetCase{"Utf16ThatIsUtf8", feed_in("utf-16", "Åsa"), "", "Åsa"},
        CharsetCase{"UnknownThatIsUtf8", feed_in("klingon", "Åsa"), "", "Åsa"},
        CharsetCase{"UnknownThatIsLatin1", feed_in("klingon", "\xC5sa"), "", "Åsa"},
        CharsetCase{"Latin1PastedIntoUtf8", feed_in("iso-8859-1", "Åsa åt \xE4pplen"), "",
                    "Åsa åt äpplen"},
        CharsetCase{"Utf8WithOneBrokenLetter", feed_in("utf-8", "Åsa åt \xE2\x80"), "",
                    "Åsa åt \uFFFD\uFFFD"},
        CharsetCase{"Utf8EncodedTwice", feed_in("utf-8", "Ã…sa Ã¥t"), "", "Åsa åt"},
        CharsetCase{
            "TwiceEncodedBesideRightSigns",
            feed_in("utf-8", "It&#8217;s \u00E2\u008F\u00BA and â€™ \u00F0\u0178\u2018\u008D"), "",
            "It’s ⏺ and ’ 👍"},
        CharsetCase{"LettersBeforeWindowsQuotesAreNotTwiceEncoded",
                    feed_in("utf-8", "”Vi får se då…” Ï»"), "", "”Vi får se då…” Ï»"},
        CharsetCase{"WindowsControlsInUtf8", feed_in("utf-8", "a \u0096 b"), "", "a – b"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    HttpHeader, Charset,
    testing::Values(
        CharsetCase{"WinsOverTheDeclaration", feed_in("utf-8", "\xB1"),
                    "text/xml; charset=iso-8859-2", "ą"},
        CharsetCase{"InQuotesAndCapitals", feed_in("", "\xB1"), "Text/XML; Charset=\"ISO-8859-2\"",
                    "ą"},
        CharsetCase{"ThatIsWrongGivesWay", feed_in("iso-8859-2", "\xB1"),
                    "application/xml; charset=utf-8", "ą"},
        CharsetCase{"Latin1OverUtf8Bytes", feed_in("utf-8", "Åsa"), "text/xml; charset=iso-8859-1",
                    "Åsa"},
        CharsetCase{"TextXmlWithoutCharset", feed_in("utf-8", "Åsa"), "text/xml", "Åsa"},
        CharsetCase{"Unknown", feed_in("utf-8", "Åsa"), "text/xml; charset=x-klingon", "Åsa"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Marks, Charset,
    testing::Values(
        CharsetCase{"Utf8", "\xEF\xBB\xBF" + feed_in("utf-8", "Åsa"), "", "Åsa"},
        CharsetCase{"Utf8OverTheDeclaration", "\xEF\xBB\xBF" + feed_in("iso-8859-1", "Åsa"),
                    "text/xml; charset=iso-8859-1", "Åsa"},
        CharsetCase{"Utf16Little", "\xFF\xFE" + wide(feed_in("utf-16", "Hej"), 2, true), "", "Hej"},
        CharsetCase{"Utf16Big", "\xFE\xFF" + wide(feed_in("utf-16", "Hej"), 2, false), "", "Hej"},
        CharsetCase{"Utf32Little", "\xFF\xFE\0\0"s + wide(feed_in("utf-32", "Hej"), 4, true), "",
                    "Hej"},
        CharsetCase{"Utf32Big", "\0\0\xFE\xFF"s + wide(feed_in("utf-32", "Hej"), 4, false), "",
                    "Hej"},
        CharsetCase{"Utf16LittleWithoutMark", wide(feed_in("utf-16", "Hej"), 2, true), "", "Hej"},
        CharsetCase{"Utf16BigWithoutMark", wide(feed_in("utf-16", "Hej"), 2, false), "", "Hej"},
        CharsetCase{"Utf32LittleWithoutMark", wide(feed_in("ucs-4", "Hej"), 4, true), "", "Hej"},
        CharsetCase{"Utf32BigWithoutMark", wide(feed_in("utf-32be", "Hej"), 4, false), "", "Hej"},
        CharsetCase{"Utf16ThatCallsItselfUtf8", "\xFF\xFE" + wide(feed_in("utf-8", "Hej"), 2, true),
                    "", "Hej"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(DecodedText, CopiesNothingThatIsUtf8Already) {
    const std::string bytes = feed_in("utf-8", "Åsa");
    const DecodedText decoded{bytes, ""};
    EXPECT_EQ(static_cast<const void*>(decoded.text().data()),
              static_cast<const void*>(bytes.data()));
    EXPECT_TRUE(decoded.warnings().empty());
}

TEST(DecodedText, CountsWhatItCouldNotDecode) {
    const DecodedText decoded{"<rss>Åsa åt \xE2\x80</rss>", ""};
    ASSERT_EQ(decoded.warnings().size(), 1u);
    EXPECT_TRUE(decoded.warnings()[0].starts_with("2 places")) << decoded.warnings()[0];
}

TEST(DecodedText, ReadsEbcdic) {
    // "<?xml version='1.0' encoding='cp037'?><a/>"
    const std::string bytes =
        "\x4C\x6F\xA7\x94\x93\x40\xA5\x85\x99\xA2\x89\x96\x95\x7E\x7D\xF1\x4B\xF0\x7D\x40\x85\x95"
        "\x83\x96\x84\x89\x95\x87\x7E\x7D\x83\x97\xF0\xF3\xF7\x7D\x6F\x6E\x4C\x81\x61\x6E";
    EXPECT_EQ(DecodedText(bytes, "").text(), "<?xml version='1.0' encoding='cp037'?><a/>");
}

TEST(DecodedText, PassesAHostileCharsetNameOver) {
    const std::string declared(100000, 'x');
    EXPECT_EQ(DecodedText(feed_in(declared, "Hej"), "").text(), feed_in(declared, "Hej"));
    EXPECT_EQ(DecodedText(feed_in("../../etc/passwd//", "\xE5"), "").text(),
              feed_in("../../etc/passwd//", "å"));
}

}  // namespace
}  // namespace narvaro
