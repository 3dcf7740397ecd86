#include <gtest/gtest.h>

#include "storage/store.h"

namespace narvaro {
namespace {

const sys_seconds kNow = *parse_instant("2026-11-25T12:00:00Z");

class MetricVerdicts : public testing::Test {
  protected:
    MetricVerdicts() : store_(*Store::open(":memory:", OpenMode::read_write)) {
        Source source;
        source.id = "fb";
        source.kind = SourceKind::facebook;
        EXPECT_TRUE(store_.sync_sources(std::vector<Source>{source}));
    }
    void apply(std::vector<JudgedMetric> judged) {
        Observations seen;
        seen.judged_metrics = std::move(judged);
        const auto done = store_.apply("fb", seen, {kNow, {}, true, kNow + date::days{1}});
        ASSERT_TRUE(done) << done.error().what;
    }
    Store store_;
};

TEST_F(MetricVerdicts, AreKeptWithAPollAndTheNewestReplacesTheOneBefore) {
    const JudgedMetric first{"page_fans", MetricVerdict::empty, kNow - date::days{1}, ""};
    const JudgedMetric other{"page_follows", MetricVerdict::ok, kNow, ""};
    const JudgedMetric later{"page_fans", MetricVerdict::retired, kNow, "has ended"};
    apply({first, other});
    apply({later});
    apply({});  // a poll that heard nothing forgets nothing
    EXPECT_EQ(*store_.metric_verdicts("fb"), (std::vector{later, other}));
}

TEST_F(MetricVerdicts, CanBeForgottenWhenTheTokenIsAnother) {
    apply({{"page_fans", MetricVerdict::forbidden, kNow, "no"}});
    ASSERT_TRUE(store_.forget_metric_verdicts("fb"));
    EXPECT_TRUE(store_.metric_verdicts("fb")->empty());
}

TEST_F(MetricVerdicts, OfAnUnknownSourceAreNotFound) {
    EXPECT_EQ(store_.metric_verdicts("nobody").error().fault, Fault::not_found);
}

}  // namespace
}  // namespace narvaro
