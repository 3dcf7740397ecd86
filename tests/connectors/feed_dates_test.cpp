#include "connectors/feed_dates.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

struct DateCase {
    const char* written;
    const char* utc;  ///< "none": cannot be read
};

void PrintTo(const DateCase& c, std::ostream* out) { *out << c.written; }

std::string read_date(const char* written) {
    const auto instant = parse_feed_date(written);
    return instant ? format_utc(*instant) : "none";
}

class Date : public testing::TestWithParam<DateCase> {};

TEST_P(Date, IsReadAsTheInstantThatItMeans) {
    EXPECT_EQ(read_date(GetParam().written), GetParam().utc) << GetParam().written;
}

INSTANTIATE_TEST_SUITE_P(
    Rfc822, Date,
    testing::Values(DateCase{"Tue, 09 Mar 2021 12:36:27 GMT", "2021-03-09T12:36:27Z"},
                    DateCase{"Tue, 09 Mar 2021 12:36:27 +0100", "2021-03-09T11:36:27Z"},
                    DateCase{"Tue, 09 Mar 2021 12:36:27 -05:30", "2021-03-09T18:06:27Z"},
                    DateCase{"Tue, 9 Mar 2021 12:36:27 GMT", "2021-03-09T12:36:27Z"},
                    DateCase{"9 Mar 2021 12:36:27 GMT", "2021-03-09T12:36:27Z"},
                    DateCase{"Tue,09 Mar 2021 12:36:27 GMT", "2021-03-09T12:36:27Z"},
                    DateCase{"Tue 09 Mar 2021 12:36:27 GMT", "2021-03-09T12:36:27Z"},
                    DateCase{"Tue, Mar 09 2021 12:36:27 GMT", "2021-03-09T12:36:27Z"},
                    DateCase{"Tue, March 9, 2021 12:36:27 GMT", "2021-03-09T12:36:27Z"},
                    DateCase{"Tuesday, 09 March 2021 12:36:27 GMT", "2021-03-09T12:36:27Z"},
                    DateCase{"Tue, 09 Mar 21 12:36:27 GMT", "2021-03-09T12:36:27Z"},
                    DateCase{"Thu, 01 Jan 98 12:00:00 GMT", "1998-01-01T12:00:00Z"},
                    DateCase{"Sun, 01 Jan 89 12:00:00 GMT", "2089-01-01T12:00:00Z"},
                    DateCase{"Tue, 09 Mar 2021 12:36 GMT", "2021-03-09T12:36:00Z"},
                    DateCase{"Tue, 09 Mar 2021 12:36", "2021-03-09T12:36:00Z"},
                    DateCase{"Tue, 09 Mar 2021", "2021-03-09T00:00:00Z"},
                    DateCase{"09-Mar-2021 12:36:27 GMT", "2021-03-09T12:36:27Z"},
                    DateCase{"Tue, 09 Mar 2021 24:00:00 GMT", "2021-03-10T00:00:00Z"},
                    DateCase{"Tue, 09 Mar 2021 12:36:27 GMT+01:00", "2021-03-09T11:36:27Z"},
                    DateCase{"Tue, 09 Mar 2021 12:36:27 GMT-0130", "2021-03-09T14:06:27Z"},
                    DateCase{"Tue, 09 Mar 2021 12:36:27 Etc/GMT", "2021-03-09T12:36:27Z"},
                    DateCase{"Tue, 09 Mar 2021 12:36:27 +0100 (CET)", "2021-03-09T11:36:27Z"},
                    DateCase{"Tue, 09 Mar 2021 12:36:27Z", "2021-03-09T12:36:27Z"},
                    DateCase{"Tue, 09 Mar 2021 12:36:27 UNKNOWN", "2021-03-09T12:36:27Z"},
                    DateCase{"  Tue, 09 Mar 2021 12:36:27 GMT\n      ", "2021-03-09T12:36:27Z"},
                    DateCase{"Tue, 09 Mar 2021 1:36:27 PM GMT", "2021-03-09T13:36:27Z"}));

INSTANTIATE_TEST_SUITE_P(
    ZoneNames, Date,
    testing::Values(DateCase{"09 Mar 2021 12:00:00 UT", "2021-03-09T12:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 Z", "2021-03-09T12:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 EST", "2021-03-09T17:00:00Z"},
                    DateCase{"09 Jul 2021 12:00:00 EDT", "2021-07-09T16:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 CST", "2021-03-09T18:00:00Z"},
                    DateCase{"09 Jul 2021 12:00:00 CDT", "2021-07-09T17:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 MST", "2021-03-09T19:00:00Z"},
                    DateCase{"09 Jul 2021 12:00:00 MDT", "2021-07-09T18:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 PST", "2021-03-09T20:00:00Z"},
                    DateCase{"09 Jul 2021 12:00:00 PDT", "2021-07-09T19:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 PT", "2021-03-09T20:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 ET", "2021-03-09T17:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 A", "2021-03-09T13:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 N", "2021-03-09T11:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 M", "2021-03-10T00:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 Y", "2021-03-09T00:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 CET", "2021-03-09T11:00:00Z"},
                    DateCase{"09 Jul 2021 12:00:00 CEST", "2021-07-09T10:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 MET", "2021-03-09T11:00:00Z"},
                    DateCase{"09 Jul 2021 12:00:00 MEST", "2021-07-09T10:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 MEZ", "2021-03-09T11:00:00Z"},
                    DateCase{"09 Jul 2021 12:00:00 MESZ", "2021-07-09T10:00:00Z"},
                    DateCase{"09 Mar 2021 12:00:00 EET", "2021-03-09T10:00:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    Swedish, Date,
    testing::Values(DateCase{"tis, 09 mars 2021 12:36:27", "2021-03-09T12:36:27Z"},
                    DateCase{"tis, 09 mars 2021 12:36:27 +0100", "2021-03-09T11:36:27Z"},
                    DateCase{"tis, 9 mar 2021 12:36:27 CET", "2021-03-09T11:36:27Z"},
                    DateCase{"lör, 02 okt 2021 08:00:00 CEST", "2021-10-02T06:00:00Z"},
                    DateCase{"LÖR, 02 OKT 2021 08:00:00 CEST", "2021-10-02T06:00:00Z"},
                    DateCase{"mån, 03 maj 2021 08:00 +0200", "2021-05-03T06:00:00Z"},
                    DateCase{"sön, 06 juni 2021 08:00:00 GMT", "2021-06-06T08:00:00Z"},
                    DateCase{"ons 7 juli 2021", "2021-07-07T00:00:00Z"},
                    DateCase{"torsdag 12 augusti 2021 kl. 17.30", "2021-08-12T17:30:00Z"},
                    DateCase{"fredag den 13 augusti 2021 17:30", "2021-08-13T17:30:00Z"},
                    DateCase{"1 december 2021", "2021-12-01T00:00:00Z"},
                    DateCase{"2021-03-09 kl. 12.36", "2021-03-09T12:36:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    OtherTongues, Date,
    testing::Values(DateCase{"Di, 09 Mär 2021 12:36:27 MEZ", "2021-03-09T11:36:27Z"},
                    DateCase{"Mi, 05 Mai 2021 12:00:00 +0200", "2021-05-05T10:00:00Z"},
                    DateCase{"Donnerstag, 7. Oktober 2021 12:00", "2021-10-07T12:00:00Z"},
                    DateCase{"So, 05 Dez 2021 12:00:00 +0100", "2021-12-05T11:00:00Z"},
                    DateCase{"31.12.2021 10:00", "2021-12-31T10:00:00Z"},
                    DateCase{"Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"},
                    DateCase{"2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z"},
                    DateCase{"2004-február-3T21:05+01:00", "2004-02-03T20:05:00Z"},
                    DateCase{"2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z"},
                    DateCase{"2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z"},
                    DateCase{"2004-05-25 오전 1:23:17", "2004-05-24T16:23:17Z"},
                    DateCase{"mar, 09 févr. 2021 10:00:00 +0100", "2021-02-09T09:00:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    W3c, Date,
    testing::Values(DateCase{"2021-03-09T12:36:27Z", "2021-03-09T12:36:27Z"},
                    DateCase{"2021-03-09T12:36:27+01:00", "2021-03-09T11:36:27Z"},
                    DateCase{"2021-03-09T12:36:27-0800", "2021-03-09T20:36:27Z"},
                    DateCase{"2021-03-09T12:36:27.125+10:00", "2021-03-09T02:36:27Z"},
                    DateCase{"2021-03-09T12:36Z", "2021-03-09T12:36:00Z"},
                    DateCase{"2021-03-09T12:36:27", "2021-03-09T12:36:27Z"},
                    DateCase{"2021-03-09t12:36:27z", "2021-03-09T12:36:27Z"},
                    DateCase{"2021-03-09", "2021-03-09T00:00:00Z"},
                    DateCase{"2021-03", "2021-03-01T00:00:00Z"},
                    DateCase{"2021", "2021-01-01T00:00:00Z"},
                    DateCase{"2021-3-9", "2021-03-09T00:00:00Z"},
                    DateCase{"2021-012-31T10:14:55+00:00", "2021-12-31T10:14:55Z"},
                    DateCase{"2021-03-09 12:36:27.0", "2021-03-09T12:36:27Z"},
                    DateCase{"2021-03-09 12:36:27 +0100", "2021-03-09T11:36:27Z"},
                    DateCase{"2021-03-09 12:36:27 EST", "2021-03-09T17:36:27Z"},
                    DateCase{"2021-03-09 12:36:27 UTC", "2021-03-09T12:36:27Z"},
                    DateCase{"2021/03/09 12:36:27", "2021-03-09T12:36:27Z"}));

INSTANTIATE_TEST_SUITE_P(Iso8601, Date,
                         testing::Values(DateCase{"20210309", "2021-03-09T00:00:00Z"},
                                         DateCase{"20210309T12:36:27Z", "2021-03-09T12:36:27Z"},
                                         DateCase{"20210309T123627Z", "2021-03-09T12:36:27Z"},
                                         DateCase{"20210309123627", "2021-03-09T12:36:27Z"},
                                         DateCase{"210309", "2021-03-09T00:00:00Z"},
                                         DateCase{"21-03-09", "2021-03-09T00:00:00Z"},
                                         DateCase{"-2103", "2021-03-01T00:00:00Z"},
                                         DateCase{"-21-03", "2021-03-01T00:00:00Z"},
                                         DateCase{"2021-068", "2021-03-09T00:00:00Z"},
                                         DateCase{"2021068", "2021-03-09T00:00:00Z"},
                                         DateCase{"21068", "2021-03-09T00:00:00Z"},
                                         DateCase{"2020-366", "2020-12-31T00:00:00Z"},
                                         DateCase{"2021-W10-2", "2021-03-09T00:00:00Z"},
                                         DateCase{"2021W102", "2021-03-09T00:00:00Z"},
                                         DateCase{"2021-W10", "2021-03-08T00:00:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    Asctime, Date,
    testing::Values(DateCase{"Tue Mar  9 12:36:27 2021", "2021-03-09T12:36:27Z"},
                    DateCase{"Tue Mar 09 12:36:27 +0200 2021", "2021-03-09T10:36:27Z"},
                    DateCase{"Tue Mar  9 12:36:27 PST 2021", "2021-03-09T20:36:27Z"}));

INSTANTIATE_TEST_SUITE_P(
    Others, Date,
    testing::Values(DateCase{"Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z"},
                    DateCase{"Fri, 2006-09-15 08:19:53 EDT", "2006-09-15T12:19:53Z"},
                    DateCase{"Fri, 31/12/2004 08:00:00 GMT", "2004-12-31T08:00:00Z"},
                    DateCase{"1615293387", "2021-03-09T12:36:27Z"}));

INSTANTIATE_TEST_SUITE_P(
    Unreadable, Date,
    testing::Values(DateCase{"", "none"}, DateCase{"   ", "none"}, DateCase{"igår", "none"},
                    DateCase{"Tue, 31 Jun 2021 12:00:00 GMT", "none"},
                    DateCase{"Mon, 29 Feb 2021 12:00:00 GMT", "none"},
                    DateCase{"Tue, 09 Mar 2021 25:00:00 GMT", "none"},
                    DateCase{"Tue, 09 Mar 2021 12:61:00 GMT", "none"},
                    DateCase{"Tue, 09 Mar 2021 1:2:3:4 GMT", "none"},
                    DateCase{"2021-13-01", "none"}, DateCase{"2021-02-30T10:00:00Z", "none"},
                    DateCase{"2021-03-09T25:00:00Z", "none"}, DateCase{"2021-000", "none"},
                    DateCase{"2021-366", "none"}, DateCase{"2021-W54-1", "none"},
                    DateCase{"Wed, 30 Nov -0001 00:00:00 +0000", "none"},
                    DateCase{"Mon, 01 Jan 0001 00:00:00 GMT", "none"}, DateCase{"09 Mar", "none"},
                    DateCase{"Mar 2021", "none"}, DateCase{"03/04/2021 10:00", "none"},
                    DateCase{"--03-09", "none"}, DateCase{"99999999999999999999999", "none"},
                    DateCase{"Tue, 09 Mar 2021 12:00:00 +9999", "none"},
                    DateCase{"1000+3", "none"},  // in UTC it lies in the year 999
                    DateCase{"9999-12-31T23:59:59-01:00", "none"}));

TEST(DateText, OfAMegabyteIsRefusedAtOnce) {
    EXPECT_EQ(parse_feed_date(std::string(1000000, '1')), std::nullopt);
}

}  // namespace
}  // namespace narvaro
