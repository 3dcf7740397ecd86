// A year of polls on a turned clock: the targets equal the sandbox's own truth, target by target
// and month by month, the edges of months and both changes of the clock included.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/time.h"
#include "programs.h"

namespace narvaro::testing {
namespace {

using Json = nlohmann::json;

/// What a figure is compared by; absent and null are the same.
std::string figure(const Json& target, const char* key) {
    const auto found = target.find(key);
    if (found == target.end() || found->is_null()) return "unknown";
    return std::to_string(found->get<double>());
}

Json by_id(const Json& list) {
    Json out = Json::object();
    for (const Json& target : list) out[target["id"].get<std::string>()] = target;
    return out;
}

void expect_equal(const Json& truth, const Json& ours, const std::string& where) {
    for (const char* key : {"value", "goal", "baseline", "progress", "of"}) {
        EXPECT_EQ(figure(ours, key), figure(truth, key)) << where << " " << key;
    }
    if (!truth.contains("periods")) return;
    ASSERT_EQ(ours["periods"].size(), truth["periods"].size()) << where;
    for (std::size_t i = 0; i < truth["periods"].size(); ++i) {
        EXPECT_EQ(ours["periods"][i]["value"], truth["periods"][i]["value"])
            << where << " month " << i + 1;
        EXPECT_EQ(ours["periods"][i]["met"], truth["periods"][i]["met"])
            << where << " month " << i + 1;
    }
}

/// The last day of each month, and days in between so that no feed scrolls past and no story is
/// missed.
std::vector<std::string> poll_days() {
    std::vector<std::string> days;
    const auto end = parse_date("2021-12-31").value();
    for (auto day = parse_date("2021-01-02").value(); day <= end; day += date::days{1}) {
        const date::year_month_day ymd{day};
        const bool last = date::year_month_day{day + date::days{1}}.month() != ymd.month();
        const bool some = static_cast<unsigned>(ymd.day()) % 4 == 0;
        if (last || some) days.push_back(format_date(day));
    }
    return days;
}

/// As many rows as the figure says: posts and records of the current month, or of the year.
void expect_evidence(const Sandbox& sandbox, const Json& targets, const std::string& end) {
    for (const Json& target : targets) {
        const std::string kind = target.at("kind");
        if (kind == "growth" || kind == "coverage" || target.at("value").is_null()) continue;
        std::vector<std::string> ask{"explain", target.at("id"), "--as-of",
                                     end,       "--format",      "json"};
        if (kind == "rate") {
            const std::string first = target.at("periods").back()["from"];
            ask.insert(ask.end(), {"--month", first.substr(0, 7)});
        }
        const Ran ran = sandbox.narvaro(ask, "2022-01-03T06:00:00Z");
        ASSERT_EQ(ran.status, 0) << ran.err;
        const Json explained = Json::parse(ran.out);
        const auto rows =
            static_cast<double>(explained.at("counted").size() + explained.at("records").size());
        const double value =
            kind == "share" ? target.at("matched").get<double>() : target.at("value").get<double>();
        EXPECT_EQ(rows, value) << end << " " << target.at("id");
    }
}

/// The digest and the command print the same figures for the same instant.
void expect_digest_agrees(const Sandbox& sandbox) {
    const char* now = "2022-01-03T06:00:00Z";
    const Ran digest = sandbox.narvaro({"digest", "--week", "2021-W46", "--format", "json"}, now);
    ASSERT_EQ(digest.status, 0) << digest.err;
    const Ran targets =
        sandbox.narvaro({"targets", "--as-of", "2021-11-21", "--format", "json"}, now);
    ASSERT_EQ(targets.status, 0) << targets.err;
    const Json printed = by_id(Json::parse(targets.out)["targets"]);
    const Json mailed = Json::parse(digest.out)["targets"];
    ASSERT_EQ(mailed.size(), printed.size());
    for (const Json& target : mailed) {
        const std::string id = target.at("id");
        for (const char* key :
             {"value", "goal", "baseline", "progress", "state", "of", "forecast"}) {
            EXPECT_EQ(target.at(key), printed.at(id).at(key)) << id << " " << key;
        }
    }
}

TEST(Year, TargetsEqualTheSandboxsTruthMonthByMonth) {
    Sandbox sandbox{"2020-12-31T12:00:00Z"};
    const Ran history =
        sandbox.narvaro({"poll", "--backfill", "--since", "2020-01-01"}, "2020-12-31T12:00:00Z");
    ASSERT_EQ(history.status, 0) << history.err;
    const Ran records = sandbox.narvaro(
        {"import", (sandbox.directory() / "records-2021.csv").string()}, "2020-12-31T12:00:00Z");
    ASSERT_EQ(records.status, 0) << records.err;
    for (const std::string& day : poll_days()) {
        const std::string now = day + "T22:00:00Z";
        sandbox.set_clock(now);
        const Ran ran = sandbox.narvaro({"poll"}, now);
        ASSERT_EQ(ran.status, 0) << day << ran.err;
    }
    // Posts of the last two hours of a month, and of the year, are seen by the first poll after it.
    sandbox.set_clock("2022-01-03T06:00:00Z");
    ASSERT_EQ(sandbox.narvaro({"poll"}, "2022-01-03T06:00:00Z").status, 0);

    const char* ends[] = {"2021-01-31T22:59:59Z", "2021-02-28T22:59:59Z", "2021-03-31T21:59:59Z",
                          "2021-04-30T21:59:59Z", "2021-05-31T21:59:59Z", "2021-06-30T21:59:59Z",
                          "2021-07-31T21:59:59Z", "2021-08-31T21:59:59Z", "2021-09-30T21:59:59Z",
                          "2021-10-31T22:59:59Z", "2021-11-30T22:59:59Z", "2021-12-31T22:59:59Z"};
    for (const char* end : ends) {
        const Json truth =
            Json::parse(sandbox.control(std::string{"truth?as_of="} + end))["targets"];
        const Ran ran = sandbox.narvaro({"targets", "--as-of", end, "--format", "json"},
                                        "2022-01-03T06:00:00Z");
        ASSERT_EQ(ran.status, 0) << ran.err;
        const Json all = Json::parse(ran.out)["targets"];
        expect_evidence(sandbox, all, end);
        const Json ours = by_id(all);
        ASSERT_EQ(truth.size(), 18U);
        ASSERT_EQ(ours.size(), truth.size());
        for (const auto& [id, target] : truth.items()) {
            ASSERT_TRUE(ours.contains(id)) << id;
            expect_equal(target, ours[id], std::string{end} + " " + id);
        }
    }
    expect_digest_agrees(sandbox);
}

}  // namespace
}  // namespace narvaro::testing
