#include "connectors/feed_date_words.h"

#include <algorithm>
#include <array>

namespace narvaro {
namespace {

struct Month {
    std::string_view start;  ///< every name of the month that begins so
    unsigned number;
};

/// Names that begin alike in several languages stand once. "mar" is March in most of them.
constexpr auto kMonthStarts = std::to_array<Month>({
    {"jan", 1},  {"jän", 1},  {"ene", 1},  {"gen", 1},  {"feb", 2},  {"fév", 2},  {"fev", 2},
    {"mar", 3},  {"mär", 3},  {"mrz", 3},  {"mrt", 3},  {"maa", 3},  {"már", 3},  {"apr", 4},
    {"avr", 4},  {"abr", 4},  {"ápr", 4},  {"may", 5},  {"maj", 5},  {"mai", 5},  {"mei", 5},
    {"máj", 5},  {"máu", 5},  {"mag", 5},  {"jun", 6},  {"juin", 6}, {"jún", 6},  {"giu", 6},
    {"jul", 7},  {"juil", 7}, {"júl", 7},  {"lug", 7},  {"aug", 8},  {"aoû", 8},  {"aou", 8},
    {"ago", 8},  {"sep", 9},  {"sze", 9},  {"set", 9},  {"oct", 10}, {"okt", 10}, {"ott", 10},
    {"nov", 11}, {"dec", 12}, {"dez", 12}, {"des", 12}, {"déc", 12}, {"dic", 12}, {"Ιαν", 1},
    {"Φεβ", 2},  {"Μάώ", 3},  {"Μαώ", 3},  {"Μαρ", 3},  {"Μάρ", 3},  {"Απρ", 4},  {"Μάι", 5},
    {"Μαϊ", 5},  {"Μαι", 5},  {"Μάϊ", 5},  {"Ιούν", 6}, {"Ιουν", 6}, {"Ιον", 6},  {"Ιούλ", 7},
    {"Ιουλ", 7}, {"Ιολ", 7},  {"Αύγ", 8},  {"Αυγ", 8},  {"Σεπ", 9},  {"Οκτ", 10}, {"Νοέ", 11},
    {"Νοε", 11}, {"Δεκ", 12},
});

constexpr auto kWeekdays = std::to_array<std::string_view>(
    {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "mån", "tis", "ons", "tor", "fre", "lör",
     "sön", "mo",  "di",  "mi",  "do",  "fr",  "sa",  "so",  "die", "mit", "don", "sam", "son",
     "man", "tir", "lør", "søn", "Κυρ", "Δευ", "Τρι", "Τετ", "Πεμ", "Παρ", "Σαβ"});

struct Zone {
    std::string_view name;
    int minutes;
};

constexpr auto kZones = std::to_array<Zone>({
    {"ut", 0},     {"utc", 0},    {"gmt", 0},    {"z", 0},       {"wet", 0},     {"west", 60},
    {"bst", 60},   {"cet", 60},   {"met", 60},   {"mez", 60},    {"cest", 120},  {"mest", 120},
    {"mesz", 120}, {"eet", 120},  {"eest", 180}, {"msk", 180},   {"ist", 330},   {"sgt", 480},
    {"hkt", 480},  {"awst", 480}, {"jst", 540},  {"kst", 540},   {"acst", 570},  {"acdt", 630},
    {"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780},  {"nst", -210},  {"ndt", -150},
    {"adt", -180}, {"ast", -240}, {"at", -240},  {"edt", -240},  {"est", -300},  {"et", -300},
    {"cdt", -300}, {"cst", -360}, {"ct", -360},  {"mdt", -360},  {"mst", -420},  {"mt", -420},
    {"pdt", -420}, {"pst", -480}, {"pt", -480},  {"akdt", -480}, {"akst", -540}, {"hst", -600},
    {"brt", -180}, {"art", -180}, {"a", -60},    {"n", 60},      {"m", -720},    {"y", 720},
});

}  // namespace

unsigned month_named(std::string_view word) {
    constexpr std::size_t kLongest = 24;
    if (word.size() > kLongest) return 0;
    const auto found = std::find_if(kMonthStarts.begin(), kMonthStarts.end(),
                                    [&](const Month& m) { return word.starts_with(m.start); });
    return found == kMonthStarts.end() ? 0 : found->number;
}

bool is_weekday_name(std::string_view word) {
    return std::any_of(kWeekdays.begin(), kWeekdays.end(), [&](std::string_view day) {
        return word == day ||
               (word.starts_with(day) &&
                (word.ends_with("day") || word.ends_with("dag") || word.ends_with("tag") ||
                 word.ends_with("woch") || word.size() <= day.size() + 2));
    });
}

std::optional<std::chrono::minutes> zone_named(std::string_view word) {
    const auto found = std::find_if(kZones.begin(), kZones.end(),
                                    [&](const Zone& zone) { return zone.name == word; });
    if (found == kZones.end()) return std::nullopt;
    return std::chrono::minutes{found->minutes};
}

}  // namespace narvaro
