// The targets out of the real database against the slow reckoning, with today's knowledge and as
// known then; and as many rows of evidence as the figures say.
#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "../analytics/slow_reference.h"
#include "analytics/targets.h"
#include "daemon/stored_facts.h"
#include "daemon/target_evidence.h"

namespace narvaro {
namespace {

const Places kPlaces{{{"local", {"Vallentuna"}}, {"regional", {"Täby"}}}};

/// A store in a folder that goes with it, filled with a made-up world in the order of its events.
class StoredWorld {
  public:
    explicit StoredWorld(const reference::World& world) {
        std::string pattern = std::filesystem::temp_directory_path() / "narvaro-world-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        auto store = Store::open(folder_ / "narvaro.db", OpenMode::read_write);
        store_.emplace(std::move(store.value()));
        const std::vector<Source> sources{{"fb", SourceKind::facebook, "1", {}, {}},
                                          {"ig", SourceKind::instagram, "2", {}, {}},
                                          {"ads", SourceKind::meta_ads, "3", {}, {}}};
        must(store_->sync_sources(sources));
        fill(world);
    }
    StoredWorld(const StoredWorld&) = delete;
    StoredWorld& operator=(const StoredWorld&) = delete;
    ~StoredWorld() {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    const Store& store() const { return *store_; }

  private:
    template <class T>
    static void must(const Result<T>& done) {
        ASSERT_TRUE(done) << done.error().what;
    }

    void apply(const char* source, const Observations& read, sys_seconds at) {
        must(store_->apply(source, read, {at, {}, true, at}));
    }

    void fill(const reference::World& world) {
        const sys_seconds begin{date::sys_days{date::year{2019} / 1 / 1}};
        Observations audiences;
        for (std::size_t i = 0; i < world.audiences.size(); ++i) {
            const reference::Reach& r = world.audiences[i];
            Audience audience;
            audience.remote_id = "a" + std::to_string(i);
            audience.kind = "adset";
            audience.live_from = r.from;
            audience.live_to = r.to;
            audience.places = {{r.place, "", "SE"}};
            audiences.audiences.push_back(audience);
        }
        for (const char* source : {"fb", "ig"}) apply(source, {}, begin);
        apply("ads", audiences, begin);
        fill_posts(world);
        std::vector<reference::Reading> readings = world.followers;
        std::sort(readings.begin(), readings.end(), [](const auto& x, const auto& y) {
            return std::pair{x.stored, x.at} < std::pair{y.stored, y.at};
        });
        for (const reference::Reading& r : readings) {
            const ImportedSample one{"fb", {"followers", "", r.at, r.value}};
            must(store_->import(std::span{&one, 1}, {}, r.stored));
        }
        std::vector<std::int64_t> ids;
        for (const reference::Entry& e : world.meetings) {
            Record record;
            record.name = "meeting";
            record.at = e.at;
            record.note = std::to_string(ids.size());
            record.recorded_at = e.recorded;
            if (e.corrects) record.corrects = ids[*e.corrects];
            record.withdrawn = e.withdrawn;
            const auto added = store_->add_record(record);
            must(added);
            ids.push_back(added->record.id);
        }
    }

    void fill_posts(const reference::World& world) {
        for (const reference::Post& p : world.posts) {
            Observations read;
            Post post;
            post.remote_id = p.id;
            post.published = p.at;
            post.text = p.id;
            read.posts = {post};
            apply(p.source.c_str(), read, p.seen);
            for (const auto& [label, since] : p.labels) {
                must(
                    store_->add_decision(post_id(p.source, p.id), {label, true, "Kim", since, ""}));
            }
        }
    }

    std::filesystem::path folder_;
    std::optional<Store> store_;
};

void expect_as_reckoned(const StoredWorld& stored, const reference::World& world, const Plan& plan,
                        AsOf as_of) {
    const StoredFacts facts{stored.store(), as_of};
    const auto results = evaluate_all(plan, kPlaces, facts, as_of.at);
    ASSERT_TRUE(results) << results.error().what;
    const auto expected = reference::answers(world, {as_of.at, as_of.by_then()});
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const TargetResult& r = (*results)[i];
        const std::string where =
            r.id + " as of " + format_utc(as_of.at) + (as_of.by_then() ? " as known then" : "");
        ASSERT_EQ(r.value, expected[i].value) << where;
        ASSERT_EQ(r.goal, expected[i].goal) << where;
        ASSERT_EQ(r.baseline, expected[i].baseline) << where;
        ASSERT_EQ(r.progress, expected[i].progress) << where;
        ASSERT_EQ(r.of, expected[i].of) << where;
        for (std::size_t m = 0; m < r.periods.size(); ++m) {
            ASSERT_EQ(r.periods[m].count, expected[i].periods[m]) << where << " month " << m + 1;
        }
    }
}

/// What the listed rows add up to, in the unit of the target's value.
double listed(const Target& target, const TargetEvidence& evidence, double of) {
    switch (target.kind) {
        case TargetKind::rate:
        case TargetKind::volume:
        case TargetKind::milestone:
            return static_cast<double>(evidence.counted.size() + evidence.records.size());
        case TargetKind::share:
            return static_cast<double>(evidence.counted.size()) / of;
        case TargetKind::growth:
            return evidence.samples.back().value;
        case TargetKind::coverage: {
            std::set<std::string> places;
            for (const Audience& a : evidence.audiences) places.insert(a.places.front().name);
            return static_cast<double>(places.size());
        }
    }
    return -1;
}

void expect_evidence_for_each_unit(const StoredWorld& stored, const Plan& plan, AsOf as_of) {
    const Zone zone = Zone::find(plan.zone).value();
    const StoredFacts facts{stored.store(), as_of};
    const auto results = evaluate_all(plan, kPlaces, facts, as_of.at);
    ASSERT_TRUE(results);
    for (std::size_t i = 0; i < plan.targets.size(); ++i) {
        const Target& target = plan.targets[i];
        const TargetResult& r = (*results)[i];
        if (!r.value) continue;
        const Span span = counted_span(plan, zone, r, as_of.at);
        const auto evidence = evidence_of(stored.store(), target, span, as_of);
        ASSERT_TRUE(evidence) << evidence.error().what;
        const bool level = target.kind == TargetKind::growth;
        if (level && evidence->samples.empty()) continue;  // the level was read before the plan
        EXPECT_DOUBLE_EQ(listed(target, *evidence, static_cast<double>(r.of.value_or(1))), *r.value)
            << target.id << " as of " << format_utc(as_of.at);
        if (target.kind != TargetKind::share) continue;
        const auto whole = stored.store().evidence(*target.of, span, as_of);
        EXPECT_EQ(static_cast<std::int64_t>(whole->size()), *r.of);
    }
}

TEST(StoredTargets, AreReckonedAsPlainLoopsDo) {
    std::mt19937 random{19901103};
    const Plan plan = reference::plan_of_all_kinds();
    for (int round = 0; round < 20; ++round) {
        const reference::World world = reference::random_world(random);
        const StoredWorld stored{world};
        for (int instant = 0; instant < 25 && !testing::Test::HasFatalFailure(); ++instant) {
            const sys_seconds at = reference::random_instant(random);
            expect_as_reckoned(stored, world, plan, {at});
            expect_as_reckoned(stored, world, plan, as_known_at(at));
        }
    }
}

TEST(StoredTargets, HaveARowOfEvidenceForEachUnit) {
    std::mt19937 random{20210101};
    const Plan plan = reference::plan_of_all_kinds();
    for (int round = 0; round < 5; ++round) {
        const reference::World world = reference::random_world(random);
        const StoredWorld stored{world};
        for (int instant = 0; instant < 10; ++instant) {
            const sys_seconds at = reference::random_instant(random);
            expect_evidence_for_each_unit(stored, plan, {at});
            expect_evidence_for_each_unit(stored, plan, as_known_at(at));
        }
    }
}

}  // namespace
}  // namespace narvaro
