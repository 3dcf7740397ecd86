// What `targets --as-known-then` says of an instant is what was said on that day, to the byte,
// however much is stored, corrected, withdrawn and judged anew afterwards.
#include <filesystem>
#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "../analytics/slow_reference.h"
#include "analytics/targets.h"
#include "daemon/stored_facts.h"
#include "digest/target_json.h"

namespace narvaro {
namespace {

const Places kPlaces{{{"local", {"Vallentuna"}}, {"regional", {"Täby"}}}};

Plan plan() {
    Plan plan = reference::plan_of_all_kinds();
    const auto growth = [&](const char* id, const SeriesRef& series) {
        Target target;
        target.id = id;
        target.kind = TargetKind::growth;
        target.series = series;
        target.goal.factor = 1.5;
        plan.targets.push_back(target);
    };
    growth("local", SeriesRef{"fb", "followers_local", "", ""});
    growth("members", SeriesRef{"", "", "", "members"});
    Target shares;
    shares.id = "shares";
    shares.kind = TargetKind::rate;
    shares.posts = PostFilter{{"ig"}, {"ung_vanster"}, false};
    shares.records = "meeting";
    shares.goal.per = PeriodUnit::week;
    shares.goal.at_least = 1;
    plan.targets.push_back(shares);
    return plan;
}

/// The targets as a program reads them. @param figures_only  without how each came to be known: a
/// reading that brought nothing new leaves no trace that could be found again
std::string told(const Store& store, const Plan& plan, AsOf as_of, bool figures_only = false) {
    const Zone zone = Zone::find(plan.zone).value();
    const StoredFacts facts{store, as_of};
    const auto results = evaluate_all(plan, kPlaces, facts, as_of.at);
    EXPECT_TRUE(results) << results.error().what;
    std::string text;
    for (std::size_t i = 0; i < results->size(); ++i) {
        auto target = target_json(plan.targets[i], (*results)[i], zone, "sv");
        if (figures_only) target.erase("measurability");
        text += target.dump(1) + "\n";
    }
    return text;
}

/// An association whose every day brings something new and something that changes the past.
class Busy {
  public:
    explicit Busy(unsigned seed) : random_(seed) {
        std::string pattern = std::filesystem::temp_directory_path() / "narvaro-then-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        store_.emplace(Store::open(folder_ / "narvaro.db", OpenMode::read_write).value());
        const std::vector<Source> sources{{"fb", SourceKind::facebook, "1", {}, {}},
                                          {"ig", SourceKind::instagram, "2", {}, {}},
                                          {"ads", SourceKind::meta_ads, "3", {}, {}}};
        must(store_->sync_sources(sources));
    }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;
    ~Busy() {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    const Store& store() const { return *store_; }

    /// All that is stored at `now`, which never goes back.
    void something_happens(sys_seconds now) {
        poll("fb", now);
        poll("ig", now + seconds{1});
        reach(now + seconds{2});
        if (chance(0.5)) judge(now + seconds{3});
        if (chance(0.2)) decide(now + seconds{4});
        if (chance(0.3)) enter_by_hand(now + seconds{5});
        if (chance(0.05)) judge_the_archive(now + seconds{6});
        if (chance(0.1)) import_old_figures(now + seconds{7});
    }

  private:
    template <class T>
    static void must(const Result<T>& done) {
        ASSERT_TRUE(done) << done.error().what;
    }
    int pick(int low, int high) { return std::uniform_int_distribution<int>{low, high}(random_); }
    bool chance(double p) { return std::bernoulli_distribution{p}(random_); }
    sys_seconds before(sys_seconds now, int days) {
        return now - seconds{pick(0, days * 24 * 3600)};
    }

    Post some_post(const std::string& source, sys_seconds now) {
        Post post;
        post.remote_id = source + std::to_string(++made_);
        if (!chance(0.05)) post.published = before(now, chance(0.2) ? 500 : 2);
        const PostKind kinds[] = {PostKind::post, PostKind::post, PostKind::post, PostKind::story,
                                  PostKind::collaboration};
        post.kind = kinds[pick(0, source == "ig" ? 4 : 2)];
        post.text = "text " + std::to_string(made_);
        return post;
    }

    void poll(const std::string& source, sys_seconds now) {
        if (chance(0.15)) {
            const Error error{Fault::network, "down", "", {}};
            must(store_->poll_failed(source, {now, error, false, now}));
            return;
        }
        Observations read;
        std::vector<Post>& shown = shown_[source];
        for (int i = pick(0, 2); i > 0; --i) shown.push_back(some_post(source, now));
        if (chance(0.2) && !shown.empty()) {
            Post& one =
                shown.at(static_cast<std::size_t>(pick(0, static_cast<int>(shown.size()) - 1)));
            one.text += " edited";
            if (chance(0.3)) one.published = before(now, 300);
        }
        if (chance(0.1) && shown.size() > 3) shown.erase(shown.begin() + pick(0, 2));
        read.posts = shown;
        read.complete = {{PostKind::post, now - std::chrono::hours{24 * 800}}};
        level_ += pick(-2, 4);
        if (chance(0.1)) {
            read.gaps = {{"followers", "", GapReason::failed, "no answer"}};
        } else {
            read.samples.push_back({"followers", "", now, level_});
        }
        // Late and restated: the platform tells the last days again, now and then otherwise.
        for (int day = 0; day < 4; ++day) {
            const sys_seconds at = date::floor<date::days>(now) - date::days{day} + seconds{25200};
            if (at > now) continue;
            const double value = std::floor(level_ / 40) + (chance(0.05) ? 3 : 0);
            read.samples.push_back({"followers_local", "", at, value});
        }
        must(store_->apply(source, read, {now, {}, true, now}));
    }

    void reach(sys_seconds now) {
        Observations read;
        if (chance(0.5)) read.complete_audiences = {"adset"};
        if (chance(0.4)) {
            Audience one;
            one.remote_id = "a" + std::to_string(pick(1, 4));
            one.kind = "adset";
            one.live_from = before(now, 100);
            if (chance(0.5)) one.live_to = now + std::chrono::hours{24 * pick(-20, 60)};
            one.places = {{chance(0.3) ? "Vallentuna" : chance(0.5) ? "Täby" : "Solna", "", "SE"}};
            read.audiences = {one};
        }
        must(store_->apply("ads", read, {now, {}, true, now}));
    }

    PostVerdict verdict_on(const StoredPost& post, const char* label, const std::string& rules) {
        Verdict verdict;
        verdict.label = label;
        verdict.value = chance(0.5);
        verdict.score = 1;
        verdict.threshold = 1;
        verdict.rules_version = rules;
        return {post.id, post.input_version, verdict};
    }

    static constexpr const char* kLabels[] = {kClimate, kYouth, kNewsHook, kUngVanster};

    std::vector<LabelVersion> versions() const {
        std::vector<LabelVersion> all;
        for (const char* label : kLabels) all.push_back({label, std::to_string(rules_)});
        return all;
    }

    void judge(sys_seconds now) {
        const auto posts = store_->posts_to_judge(versions(), 0, 1000);
        must(posts);
        std::vector<PostVerdict> verdicts;
        for (const StoredPost& post : *posts) {
            for (const char* label : kLabels) {
                verdicts.push_back(verdict_on(post, label, std::to_string(rules_)));
            }
        }
        must(store_->put_verdicts(verdicts, now));
    }

    void judge_the_archive(sys_seconds now) {
        ++rules_;
        const auto posts = store_->posts_to_judge(versions(), 0, 100'000);
        must(posts);
        must(store_->clear_staged());
        std::vector<PostVerdict> verdicts;
        for (const StoredPost& post : *posts) {
            for (const char* label : kLabels) {
                verdicts.push_back(verdict_on(post, label, std::to_string(rules_)));
            }
        }
        must(store_->stage_verdicts(verdicts));
        must(store_->swap_staged(versions(), now));
    }

    void decide(sys_seconds now) {
        const std::vector<Post>& shown = shown_["ig"];
        if (shown.empty()) return;
        const Post& one =
            shown.at(static_cast<std::size_t>(pick(0, static_cast<int>(shown.size()) - 1)));
        Decision decision;
        decision.label = kLabels[pick(0, 3)];
        if (!chance(0.3)) decision.value = chance(0.5);
        decision.who = "Kim";
        decision.when = now;
        must(store_->add_decision(post_id("ig", one.remote_id), decision));
    }

    void enter_by_hand(sys_seconds now) {
        Record record;
        record.name = chance(0.5) ? "meeting" : "members";
        record.at = before(now, chance(0.3) ? 200 : 1);
        record.note = std::to_string(++made_);
        record.who = "Kim";
        record.recorded_at = now;
        if (record.name == "members") record.value = pick(40, 80);
        const auto known = store_->all_records(kKnownToday);
        must(known);
        if (chance(0.4) && !known->empty()) {
            const Record& old =
                known->at(static_cast<std::size_t>(pick(0, static_cast<int>(known->size()) - 1)));
            record.name = old.name;
            record.value = old.value;
            record.corrects = old.id;
            record.withdrawn = chance(0.4);
            record.at = record.withdrawn ? old.at : before(now, 100);
        }
        must(store_->add_record(record));
    }

    void import_old_figures(sys_seconds now) {
        std::vector<ImportedSample> samples;
        for (int i = 0; i < 20; ++i) {
            Sample one{"followers", "", before(now, 400), static_cast<double>(pick(100, 200))};
            if (chance(0.5)) one.by = "Kim";
            samples.push_back({"fb", one});
        }
        must(store_->import(samples, {}, now));
    }

    std::mt19937 random_;
    std::filesystem::path folder_;
    std::optional<Store> store_;
    std::map<std::string, std::vector<Post>> shown_;
    double level_ = 150;
    int made_ = 0;
    int rules_ = 1;
};

/// The lines that differ, for a person to read.
std::string difference(const std::string& then, const std::string& now) {
    std::istringstream a{then};
    std::istringstream b{now};
    std::string x;
    std::string y;
    std::string id;
    std::string all;
    while (std::getline(a, x) && std::getline(b, y)) {
        if (x.find("\"id\"") != std::string::npos) id = x;
        if (x != y) all += "\n" + id + "\n  said then:" + x + "\n  says now: " + y;
    }
    return all;
}

void expect_the_same_bytes(unsigned seed) {
    Busy busy{seed};
    std::mt19937 random{seed};
    const Plan plan_of_2021 = plan();
    std::map<sys_seconds, std::string> said;
    const sys_seconds begin{date::sys_days{date::year{2020} / 9 / 1}};
    const sys_seconds end{date::sys_days{date::year{2022} / 2 / 1}};
    for (sys_seconds day = begin; day < end; day += date::days{1}) {
        const int hour = std::uniform_int_distribution<int>{4, 12}(random);
        busy.something_happens(day + std::chrono::hours{hour});
        const sys_seconds asked =
            day + seconds{std::uniform_int_distribution<int>{13 * 3600, 86399}(random)};
        if (std::uniform_int_distribution<int>{0, 24}(random) != 0) continue;
        said[asked] = told(busy.store(), plan_of_2021, as_known_at(asked));
        const std::string then = told(busy.store(), plan_of_2021, as_known_at(asked), true);
        const std::string today = told(busy.store(), plan_of_2021, {asked}, true);
        EXPECT_TRUE(then == today) << "as known today, " << format_utc(asked) << ", seed " << seed
                                   << ", " << difference(then, today);
    }
    EXPECT_GE(said.size(), 10U);
    for (const auto& [asked, then] : said) {
        const std::string now = told(busy.store(), plan_of_2021, as_known_at(asked));
        EXPECT_TRUE(then == now) << format_utc(asked) << ", seed " << seed << ", "
                                 << difference(then, now);
    }
}

TEST(TargetsAsKnownThen, SayWhatWasSaidThenToTheByte) { expect_the_same_bytes(2); }

}  // namespace
}  // namespace narvaro
