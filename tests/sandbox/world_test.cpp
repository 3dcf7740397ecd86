#include "world.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "levels.h"
#include "local_time.h"
#include "press_stories.h"
#include "testing.h"

namespace narvaro::sandbox {
namespace {

TEST(World, EveryAnnotatedMonthIsTheMonthOnStockholmsCalendar) {
    const auto zone = Zone::find("Europe/Stockholm");
    ASSERT_TRUE(zone);
    for (const Publication& p : world().publications) {
        const auto month = zone->month_of(p.at);
        EXPECT_EQ(p.year, static_cast<int>(month.year())) << format_utc(p.at);
        EXPECT_EQ(p.month, static_cast<int>(static_cast<unsigned>(month.month())))
            << format_utc(p.at);
    }
}

TEST(World, IdsAreUniqueAndLongerThanADoubleCanHold) {
    std::set<std::string> seen;
    for (const Publication& p : world().publications) {
        EXPECT_TRUE(seen.insert(std::to_string(static_cast<int>(p.channel)) + p.id).second) << p.id;
        if (p.channel == Channel::instagram) {
            EXPECT_GE(p.id.size(), 17U);
            EXPECT_LE(p.id.size(), 18U);
        }
    }
    std::set<std::string> paths;
    for (const PressItem& item : world().press) {
        EXPECT_TRUE(seen.insert(item.id).second) << item.id;
        EXPECT_TRUE(paths.insert(item.path).second) << item.path;
    }
}

TEST(World, HasAYearsWorthOfEverything) {
    std::map<std::pair<Channel, int>, int> own;
    for (const Publication& p : world().publications) {
        if (p.form == Form::own) ++own[{p.channel, p.year}];
    }
    for (const int year : {2020, 2021}) {
        const auto facebook = own[std::pair{Channel::facebook, year}];
        const auto instagram = own[std::pair{Channel::instagram, year}];
        EXPECT_GE(facebook, 100);
        EXPECT_LE(facebook, 130);
        EXPECT_GE(instagram, 90);
        EXPECT_LE(instagram, 120);
    }
    EXPECT_EQ((own[std::pair{Channel::website, 2021}]), 24);
    EXPECT_EQ(world().press.size(), 504U);
}

/// Words that could tie a post to a press item: letters only, four and more, lower case.
std::set<std::string> telling_words(const std::string& text) {
    std::set<std::string> out;
    std::string word;
    for (const char c : text + " ") {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || std::isalpha(byte) != 0) {
            word += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
        } else {
            if (word.size() >= 5) out.insert(word);
            word.clear();
        }
    }
    return out;
}

bool alike(const std::string& a, const std::string& b) {
    constexpr std::size_t kShared = 6;
    return a.size() >= kShared && b.size() >= kShared &&
           a.substr(0, kShared) == b.substr(0, kShared);
}

/// Places and words of every day, which no hook is made of.
bool is_common(const std::string& word) {
    static const std::set<std::string> kCommon{
        "vallentuna", "lindholmen", "brottby", "kårsta", "ormsta", "bällsta", "kommunen",
        "kommun",     "kommunens",  "andra",   "under",  "efter",  "börjar",  "över",
        "måste",      "finns",      "varje",   "utan",   "från",   "flera",   "igen",
        "länets",     "alla",       "hela",    "kräver"};
    return kCommon.contains(word);
}

std::vector<std::string> shared_words(const Publication& p, const PressItem& item) {
    std::vector<std::string> out;
    for (const std::string& mine : telling_words(p.text)) {
        for (const std::string& theirs : telling_words(item.title + " " + item.summary)) {
            if (is_common(mine) || is_common(theirs)) continue;
            if (mine == theirs || alike(mine, theirs)) out.push_back(mine);
        }
    }
    return out;
}

bool is_social(const Publication& p) {
    return p.channel != Channel::website && p.form == Form::own;
}

TEST(Hooks, NoOtherShortPostSharesATellingWordWithTheNewsOfThreeDays) {
    for (const Publication& p : world().publications) {
        if (!is_social(p) || p.labels.news_hook || p.text.size() > 430) continue;
        for (const PressItem& item : world().press) {
            if (item.at > p.at || p.at - item.at > seconds{72 * 3600}) continue;
            const auto shared = shared_words(p, item);
            EXPECT_TRUE(shared.empty())
                << p.text << "\n  " << item.title << "\n  " << shared.front();
        }
    }
}

TEST(Hooks, EachIsShortAndLinksInAWeekOrSharesTwoWordsInThreeDays) {
    int linked = 0;
    int worded = 0;
    for (const Publication& p : world().publications) {
        if (!p.labels.news_hook || p.hook.empty()) continue;
        EXPECT_LE(p.text.size(), 400U);
        const auto found = std::find_if(world().press.begin(), world().press.end(),
                                        [&](const PressItem& i) { return i.id == p.hook; });
        ASSERT_NE(found, world().press.end());
        const auto age = p.at - found->at;
        EXPECT_GT(age, seconds{0});
        if (p.link.ends_with(found->path)) {
            EXPECT_LE(age, seconds{7 * 86400});
            ++linked;
        } else {
            EXPECT_LE(age, seconds{72 * 3600});
            EXPECT_GE(shared_words(p, *found).size(), 2U) << p.text << "\n  " << found->title;
            ++worded;
        }
    }
    EXPECT_GE(linked, 5);
    EXPECT_GE(worded, 10);
}

TEST(Levels, AreSteadyFromThreeInTheMorningAndInTheLastDaysOfAMonth) {
    EXPECT_EQ(facebook_followers(at("2020-12-31T23:00:00Z")), 400);
    EXPECT_EQ(facebook_followers(at("2021-12-31T22:59:59Z")), 470);
    EXPECT_NE(facebook_followers(at("2021-05-13T02:59:59Z")),
              facebook_followers(at("2021-05-13T03:00:00Z")));
    EXPECT_EQ(facebook_followers(at("2021-05-13T03:00:00Z")),
              facebook_followers(at("2021-05-14T02:59:59Z")));
    EXPECT_EQ(facebook_followers(at("2021-06-26T06:00:00Z")),
              facebook_followers(at("2021-06-30T21:59:59Z")));
    // A dip in March and a jump in May.
    EXPECT_LT(facebook_followers(at("2021-03-26T06:00:00Z")),
              facebook_followers(at("2021-03-10T06:00:00Z")));
    EXPECT_EQ(facebook_followers(at("2021-05-13T06:00:00Z")) -
                  facebook_followers(at("2021-05-12T06:00:00Z")),
              15);
    EXPECT_EQ(instagram_followers(at("2020-12-31T23:00:00Z")), 150);
    EXPECT_EQ(instagram_following(at("2020-12-31T23:00:00Z")), 100);
}

TEST(Levels, CitiesAreAtMost45NoneUnder5AndFewerThanAllFollowers) {
    for (const char* day : {"2020-01-15T06:00:00Z", "2020-12-31T23:00:00Z", "2021-06-15T06:00:00Z",
                            "2021-12-31T22:00:00Z"}) {
        for (const bool facebook : {true, false}) {
            const auto cities = facebook ? facebook_cities(at(day)) : instagram_cities(at(day));
            int sum = 0;
            for (const CityLevel& c : cities) {
                EXPECT_GE(c.followers, 5) << c.key;
                sum += c.followers;
            }
            EXPECT_LE(cities.size(), 45U);
            EXPECT_LT(sum, facebook ? facebook_followers(at(day)) : instagram_followers(at(day)))
                << day;
        }
    }
    EXPECT_EQ(facebook_cities(at("2021-12-31T22:00:00Z")).size(), 45U);
    EXPECT_EQ(local_sum(facebook_cities(at("2020-12-31T23:00:00Z"))), 106);
}

}  // namespace
}  // namespace narvaro::sandbox
