#include <gtest/gtest.h>

#include "store_fixture.h"

namespace narvaro {
namespace {

const sys_seconds kAt = *parse_instant("2026-11-25T12:00:00Z");

class MetricVerdicts : public StoreTest {
  protected:
    void apply(std::vector<JudgedMetric> judged) {
        Observations seen;
        seen.judged_metrics = std::move(judged);
        const auto done = store().apply("fb", seen, {kAt, {}, true, kAt + date::days{1}});
        ASSERT_TRUE(done) << done.error().what;
    }
};

TEST_F(MetricVerdicts, AreKeptWithAPollAndTheNewestReplacesTheOneBefore) {
    const JudgedMetric first{"page_fans", MetricVerdict::empty, kAt - date::days{1}, ""};
    const JudgedMetric other{"page_follows", MetricVerdict::ok, kAt, ""};
    const JudgedMetric later{"page_fans", MetricVerdict::retired, kAt, "has ended"};
    apply({first, other});
    apply({later});
    apply({});  // a poll that heard nothing forgets nothing
    EXPECT_EQ(*store().metric_verdicts("fb"), (std::vector{later, other}));
}

TEST_F(MetricVerdicts, CanBeForgottenWhenTheTokenIsAnother) {
    apply({{"page_fans", MetricVerdict::forbidden, kAt, "no"}});
    ASSERT_TRUE(store().forget_metric_verdicts("fb"));
    EXPECT_TRUE(store().metric_verdicts("fb")->empty());
}

TEST_F(MetricVerdicts, OfAnUnknownSourceAreNotFound) {
    EXPECT_EQ(store().metric_verdicts("nobody").error().fault, Fault::not_found);
}

}  // namespace
}  // namespace narvaro
