#include "connectors/facebook_insights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/metric_memory.h"
#include "tests/connectors/fake_meta.h"
#include "tests/connectors/run_task.h"

namespace narvaro {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kInvalid[] = "(#100) The value must be a valid insights metric";
constexpr char kBoth[] = R"({"data":[
    {"name":"page_media_view","period":"day","values":[
        {"value":30,"end_time":"2026-11-20T08:00:00+0000"},
        {"value":31,"end_time":"2026-11-21T08:00:00+0000"},
        {"value":1,"end_time":"2026-11-22T08:00:00+0000"}]},
    {"name":"page_total_media_view_unique","period":"day","values":[
        {"value":9,"end_time":"2026-11-21T08:00:00+0000"}]}]})";

class PageInsights : public testing::Test {
  protected:
    PageInsights() {
        request.metrics = {{"views", {"page_media_view", "page_impressions"}},
                           {"reach", {"page_total_media_view_unique"}}};
    }
    Observations read() {
        Graph graph{meta, request.meta, request.now, {20, 5}};
        MetaEdges edges;
        run(read_page_insights(request, graph, edges, 1182));
        return edges.seen;
    }
    std::vector<std::string> asked() const {
        std::vector<std::string> names;
        for (const MetaRequest& one : meta.asked()) names.push_back(one.query.at("metric"));
        return names;
    }
    static std::optional<MetricVerdict> verdict(const Observations& seen, const char* name) {
        for (const JudgedMetric& one : seen.judged_metrics) {
            if (one.name == name) return one.verdict;
        }
        return {};
    }
    FakeMeta meta;
    PollRequest request = meta_request(SourceKind::facebook, "1000");
};

TEST_F(PageInsights, AreAskedForInOneCallAndDatedByTheirDaysEnd) {
    meta.on("1000/insights", kBoth);
    const Observations seen = read();
    EXPECT_THAT(asked(), ElementsAre("page_total_media_view_unique,page_media_view"));
    const auto end = *parse_instant("2026-11-21T08:00:00Z");
    EXPECT_THAT(
        seen.samples,
        ElementsAre(Sample{"reach", "", end, 9}, Sample{"views", "", end - date::days{1}, 30},
                    Sample{"views", "", end, 31}));  // what is not over is not told
    EXPECT_EQ(verdict(seen, "page_media_view"), MetricVerdict::ok);
    EXPECT_THAT(seen.gaps, IsEmpty());
}

TEST_F(PageInsights, FallBackToOneByOneWhenOneBadNameFailsAll) {
    meta.error("1000/insights", 100, 0, kInvalid)
        .on("1000/insights", kBoth)
        .error("1000/insights", 100, 0, kInvalid)
        .error("1000/insights", 100, 0, kInvalid);
    const Observations seen = read();
    EXPECT_THAT(asked(),
                ElementsAre("page_total_media_view_unique,page_media_view",
                            "page_total_media_view_unique", "page_media_view", "page_impressions"));
    EXPECT_EQ(sample_value(seen, "reach"), 9);
    EXPECT_EQ(gap_reason(seen, "views"), GapReason::retired);
    EXPECT_EQ(verdict(seen, "page_media_view"), MetricVerdict::retired);
    EXPECT_EQ(verdict(seen, "page_impressions"), MetricVerdict::retired);
    EXPECT_THAT(seen.problems, IsEmpty());
}

TEST_F(PageInsights, CostNoCallWhileTheyAreKnownToBeDead) {
    request.judged_metrics = {
        {"page_media_view", MetricVerdict::retired, kFakeNow - date::days{6}, "ended"},
        {"page_impressions", MetricVerdict::retired, kFakeNow - date::days{2}, "ended too"},
        {"page_total_media_view_unique", MetricVerdict::forbidden, kFakeNow - date::days{1}, "no"}};
    const Observations seen = read();
    EXPECT_THAT(asked(), IsEmpty());
    EXPECT_EQ(gap_reason(seen, "views"), GapReason::retired);
    EXPECT_EQ(gap_reason(seen, "reach"), GapReason::forbidden);
    ASSERT_EQ(seen.gaps.size(), 2U);
    EXPECT_THAT(seen.gaps[1].detail, HasSubstr("ended too; asked on 2026-11-19"));
}

TEST_F(PageInsights, AreAskedForAgainAfterSevenDays) {
    request.metrics.erase("reach");
    request.judged_metrics = {
        {"page_media_view", MetricVerdict::empty, kFakeNow - date::days{7}, ""}};
    meta.on("1000/insights", kBoth);
    EXPECT_EQ(sample_value(read(), "views"), 30);
}

TEST_F(PageInsights, TakeTheNextCandidateOfADeadOne) {
    request.metrics.erase("reach");
    request.judged_metrics = {
        {"page_media_view", MetricVerdict::retired, kFakeNow - date::days{1}, ""}};
    read();
    EXPECT_EQ(asked().front(), "page_impressions");
}

TEST_F(PageInsights, ThatAreEmptyAreNoZero) {
    const Observations seen = read();
    EXPECT_THAT(seen.samples, IsEmpty());
    EXPECT_EQ(verdict(seen, "page_media_view"), MetricVerdict::empty);
    EXPECT_EQ(gap_reason(seen, "reach"), GapReason::failed);
}

TEST_F(PageInsights, SayNothingOfAMetricWhenTheNetworkFailed) {
    meta.error("1000/insights", 2, 0, "Service unavailable", 500);
    const Observations seen = read();
    EXPECT_THAT(seen.judged_metrics, IsEmpty());
    EXPECT_EQ(gap_reason(seen, "views"), GapReason::failed);
}

TEST_F(PageInsights, OfASmallPageAreBelowTheThreshold) {
    request.metrics = {{"followers_city", {"page_follows_city"}}};
    meta.error("1000/insights", 2874008, 0, "too few");
    const Observations seen = read();
    EXPECT_EQ(verdict(seen, "page_follows_city"), MetricVerdict::below_threshold);
    EXPECT_EQ(gap_reason(seen, "followers_local"), GapReason::below_threshold);
}

TEST_F(PageInsights, KeepFollowersWithoutACityAsANumberOfTheirOwn) {
    request.metrics = {{"followers_city", {"page_follows_city"}}};
    meta.on("1000/insights", R"({"data":[{"name":"page_follows_city","period":"day","values":[
        {"value":{"Vallentuna, Sweden":61,"Stockholm, Sweden":9},
         "end_time":"2026-11-21T08:00:00+0000"}]}]})");
    EXPECT_EQ(sample_value(read(), "followers_unplaced"), 1112);
}

}  // namespace
}  // namespace narvaro
