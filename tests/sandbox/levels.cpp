#include "levels.h"

#include <algorithm>
#include <array>
#include <span>

#include "local_time.h"

namespace narvaro::sandbox {
namespace {

constexpr seconds kChange{3 * 3600};
constexpr int kLastMovingDay = 26;
constexpr int kSmallest = 5;
constexpr std::size_t kMostCities = 45;

/// A level that was reached on a day; between two of them it moves evenly.
struct Knot {
    int year;
    int month;
    int day;
    int value;
};

constexpr Knot kFacebook[] = {
    {2019, 12, 1, 376}, {2020, 7, 1, 388},   {2020, 12, 26, 400},
    {2021, 1, 31, 404}, {2021, 3, 10, 421},  {2021, 3, 25, 412},  // a purge of dead accounts
    {2021, 5, 12, 421}, {2021, 5, 13, 436},                       // a post that many shared
    {2021, 8, 20, 444}, {2021, 12, 26, 470},
};
constexpr Knot kInstagramFollowers[] = {{2019, 12, 1, 104},
                                        {2020, 12, 26, 150},
                                        {2021, 4, 1, 188},
                                        {2021, 8, 1, 229},
                                        {2021, 12, 26, 291}};
constexpr Knot kInstagramFollowing[] = {{2019, 12, 1, 82},
                                        {2020, 12, 26, 100},
                                        {2021, 3, 1, 190},
                                        {2021, 9, 1, 300},
                                        {2021, 12, 26, 331}};
constexpr Knot kUngVanster[] = {{2019, 12, 1, 18250}, {2021, 12, 26, 21480}};
constexpr Knot kUngVansterRoslagen[] = {{2019, 12, 1, 410}, {2021, 12, 26, 655}};

/// The day whose level holds at `t`, with the last days of a month counted as its 26th.
long day_that_holds(sys_seconds t) {
    const Local l = utc_fields(t - kChange);
    return days_of(l.year, l.month, std::min(l.day, kLastMovingDay));
}

int level(std::span<const Knot> knots, sys_seconds t) {
    const long day = day_that_holds(t);
    const auto day_of = [](const Knot& k) { return days_of(k.year, k.month, k.day); };
    if (day <= day_of(knots.front())) return knots.front().value;
    for (std::size_t i = 1; i < knots.size(); ++i) {
        const long from = day_of(knots[i - 1]);
        const long to = day_of(knots[i]);
        if (day > to) continue;
        const long rise = knots[i].value - knots[i - 1].value;
        return knots[i - 1].value + static_cast<int>(rise * (day - from) / (to - from));
    }
    return knots.back().value;
}

struct City {
    const char* key;
    int at_first;  ///< in January 2020
    int at_last;   ///< in December 2021
    bool local = false;
};

/// The platform mangles a name that begins with a letter outside ASCII, and inner ones here.
constexpr City kFacebookCities[] = {
    {"Vallentuna, Sweden", 56, 86, true},
    {"Lindholmen, Sweden", 12, 20, true},
    {"Brottby, Sweden", 10, 15, true},
    {"Kårsta, Sweden", 8, 12, true},
    {"Stockholm, Sweden", 46, 52},
    {"Täby, Sweden", 38, 44},
    {"??ster??ker, Sweden", 15, 18},
    {"Norrtälje, Sweden", 11, 13},
    {"Danderyd, Sweden", 9, 10},
    {"Vaxholm, Sweden", 6, 8},
    {"Uppsala, Sweden", 9, 10},
    {"Gothenburg, Sweden", 7, 8},
    {"Malmö, Sweden", 5, 6},
    {"Oslo, Norway", 4, 5},
    {"Vallentuna, Finland", 5, 5},
};

constexpr std::array<const char*, 36> kFarCities{
    "Solna, Sweden",      "Sigtuna, Sweden",     "Sundbyberg, Sweden",  "Nacka, Sweden",
    "Huddinge, Sweden",   "Botkyrka, Sweden",    "Haninge, Sweden",     "Tyresö, Sweden",
    "Lidingö, Sweden",    "Sollentuna, Sweden",  "Järfälla, Sweden",    "Enköping, Sweden",
    "Gävle, Sweden",      "Falun, Sweden",       "Linköping, Sweden",   "Norrköping, Sweden",
    "Lund, Sweden",       "Helsingborg, Sweden", "Växjö, Sweden",       "Kalmar, Sweden",
    "Visby, Sweden",      "Karlstad, Sweden",    "Borlänge, Sweden",    "Sundsvall, Sweden",
    "Umeå, Sweden",       "Luleå, Sweden",       "Kiruna, Sweden",      "Nyköping, Sweden",
    "Eskilstuna, Sweden", "Södertälje, Sweden",  "Copenhagen, Denmark", "Helsinki, Finland",
    "Berlin, Germany",    "London, England",     "Hallstavik, Sweden",  "Rimbo, Sweden"};

constexpr City kInstagramCities[] = {
    {"Vallentuna, Stockholm County", 31, 78, true},
    {"Lindholmen, Stockholm County", 5, 13, true},
    {"Brottby, Stockholm County", 4, 9, true},
    {"Kårsta, Stockholm County", 3, 7, true},
    {"Stockholm, Stockholm County", 19, 41},
    {"Täby, Stockholm County", 11, 30},
    {"Åkersberga, Stockholm County", 5, 12},
    {"Norrtälje, Stockholm County", 4, 8},
    {"Uppsala, Uppsala County", 3, 9},
    {"Gothenburg, Västra Götaland County", 2, 6},
};

/// Months since January 2020, in steps that begin on the second day.
int month_step(sys_seconds t) {
    const Local l = utc_fields(t - kChange - seconds{86400});
    return std::clamp((l.year - 2020) * 12 + l.month - 1, 0, 23);
}

int between(int first, int last, int step) { return first + (last - first) * step / 23; }

std::vector<CityLevel> told(std::vector<CityLevel> cities) {
    std::erase_if(cities, [](const CityLevel& c) { return c.followers < kSmallest; });
    std::sort(cities.begin(), cities.end(), [](const CityLevel& a, const CityLevel& b) {
        return a.followers != b.followers ? a.followers > b.followers : a.key < b.key;
    });
    if (cities.size() > kMostCities) cities.resize(kMostCities);
    return cities;
}

}  // namespace

int facebook_followers(sys_seconds t) { return level(kFacebook, t); }
int instagram_followers(sys_seconds t) { return level(kInstagramFollowers, t); }
int instagram_following(sys_seconds t) { return level(kInstagramFollowing, t); }

int watched_followers(const std::string& handle, sys_seconds t) {
    if (handle == "ungvanster") return level(kUngVanster, t);
    if (handle == "ungvansterroslagen") return level(kUngVansterRoslagen, t);
    return 0;
}

std::vector<CityLevel> facebook_cities(sys_seconds t) {
    const int step = month_step(t);
    std::vector<CityLevel> out;
    for (const City& c : kFacebookCities) {
        out.push_back({c.key, between(c.at_first, c.at_last, step), c.local});
    }
    for (std::size_t i = 0; i < kFarCities.size(); ++i) {
        // They grow above the threshold one after another; in the end there are more than 45.
        out.push_back({kFarCities[i], static_cast<int>(i) <= 8 + step * 28 / 23 ? 5 : 3, false});
    }
    return told(std::move(out));
}

std::vector<CityLevel> instagram_cities(sys_seconds t) {
    const int step = month_step(t);
    std::vector<CityLevel> out;
    for (const City& c : kInstagramCities) {
        out.push_back({c.key, between(c.at_first, c.at_last, step), c.local});
    }
    return told(std::move(out));
}

int local_sum(const std::vector<CityLevel>& cities) {
    int sum = 0;
    for (const CityLevel& c : cities) sum += c.local ? c.followers : 0;
    return sum;
}

}  // namespace narvaro::sandbox
