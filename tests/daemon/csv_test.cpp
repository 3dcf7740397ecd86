#include "daemon/csv.h"

#include <sstream>

#include <gtest/gtest.h>

namespace narvaro {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Result<Rows> rows_of(const std::string& text) {
    std::istringstream in{text};
    Rows rows;
    const auto read = read_csv(in, [&](int, std::vector<std::string> cells) {
        rows.push_back(std::move(cells));
        return true;
    });
    if (!read) return tl::unexpected{read.error()};
    return rows;
}

TEST(ReadCsv, UnderstandsQuotesLineEndsAndAByteOrderMark) {
    EXPECT_EQ(rows_of("\xEF\xBB\xBF"
                      "at,note\r\n2021-01-01,\"a, \"\"b\"\"\nc\"\r\n\n2021-01-02,\n")
                  .value(),
              (Rows{{"at", "note"}, {"2021-01-01", "a, \"b\"\nc"}, {"2021-01-02", ""}}));
}

TEST(ReadCsv, NamesTheLineOfAnOpenQuote) {
    EXPECT_EQ(rows_of("a,b\nc,\"d\n").error().what, "line 2: a quote is never closed");
    EXPECT_EQ(rows_of("\"a\"b\n").error().fault, Fault::usage);
}

TEST(CsvLine, IsReadBackAsItWasWritten) {
    const std::vector<std::string> cells{"plain", "a,b",  "say \"hi\"", "two\nlines",
                                         "",      "12.5", "-3"};
    EXPECT_EQ(rows_of(csv_line(cells)).value(), Rows{cells});
}

TEST(CsvLine, KeepsASpreadsheetFromRunningAFormula) {
    EXPECT_EQ(csv_line({"=1+1", "@x", "+46 8", "-3", "-x"}),
              "\"'=1+1\",\"'@x\",\"'+46 8\",-3,\"'-x\"\n");
}

}  // namespace
}  // namespace narvaro
