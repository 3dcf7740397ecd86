#include "daemon/import_report.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

namespace narvaro {
namespace {

using SeriesKey = std::tuple<std::string, std::string, std::string>;
using BySeries = std::map<SeriesKey, std::vector<Sample>>;

BySeries by_series(std::span<const ImportedSample> samples) {
    BySeries all;
    for (const ImportedSample& one : samples) {
        all[{one.source, one.sample.metric, one.sample.dimension}].push_back(one.sample);
    }
    for (auto& [key, readings] : all) {
        std::sort(readings.begin(), readings.end(),
                  [](const Sample& a, const Sample& b) { return a.at < b.at; });
    }
    return all;
}

std::string name_of(const SeriesKey& key) {
    const auto& [source, metric, dimension] = key;
    return source + " " + metric + (dimension.empty() ? "" : " (" + dimension + ")");
}

std::string number_text(double value) {
    char text[32];
    const auto [end, error] = std::to_chars(text, text + sizeof text, value);
    return error == std::errc{} ? std::string{text, end} : std::string{};
}

std::vector<seconds> distances(const std::vector<Sample>& readings) {
    std::vector<seconds> all;
    for (std::size_t i = 1; i < readings.size(); ++i) {
        if (readings[i].at > readings[i - 1].at) {
            all.push_back(readings[i].at - readings[i - 1].at);
        }
    }
    return all;
}

/// Stretches of more than three times the usual distance between two readings.
void add_holes(const std::string& name, const std::vector<Sample>& readings, const Zone& zone,
               std::vector<std::string>& remarks) {
    constexpr std::size_t kRegular = 4;
    std::vector<seconds> usual = distances(readings);
    if (usual.size() < kRegular) return;
    std::sort(usual.begin(), usual.end());
    const seconds far = std::max(usual[usual.size() / 2] * 3, seconds{std::chrono::hours{36}});
    for (std::size_t i = 1; i < readings.size(); ++i) {
        if (readings[i].at - readings[i - 1].at <= far) continue;
        remarks.push_back(name + ": nothing between " +
                          format_date(zone.day_of(readings[i - 1].at)) + " and " +
                          format_date(zone.day_of(readings[i].at)) + "; it stays a gap");
    }
}

void add_missing_days(const std::string& name, const std::vector<Sample>& readings,
                      const Zone& zone, std::vector<std::string>& remarks) {
    std::set<date::local_days> days;
    for (const Sample& s : readings) days.insert(zone.day_of(s.at));
    const auto span = (*days.rbegin() - *days.begin()).count() + 1;
    const auto missing = span - static_cast<std::int64_t>(days.size());
    if (missing == 0) return;
    remarks.push_back(name + ": " + std::to_string(missing) + " of " + std::to_string(span) +
                      " days from " + format_date(*days.begin()) + " to " +
                      format_date(*days.rbegin()) +
                      " are not in the file: Meta leaves out days without anything new; nothing "
                      "is stored for them");
}

}  // namespace

std::vector<std::string> import_remarks(std::span<const ImportedSample> samples, const Zone& zone,
                                        bool one_a_day) {
    std::vector<std::string> remarks;
    for (const auto& [key, readings] : by_series(samples)) {
        const auto twice = static_cast<std::size_t>(
            std::count_if(readings.begin() + 1, readings.end(),
                          [previous = &readings.front()](const Sample& s) mutable {
                              const bool same = s.at == previous->at;
                              previous = &s;
                              return same;
                          }));
        if (twice > 0) {
            remarks.push_back(name_of(key) + ": " + std::to_string(twice) +
                              " lines say the same twice and count once");
        }
        if (one_a_day) {
            add_missing_days(name_of(key), readings, zone, remarks);
        } else {
            add_holes(name_of(key), readings, zone, remarks);
        }
    }
    return remarks;
}

std::vector<std::string> contradictions(std::span<const ImportedSample> samples, const Zone& zone) {
    std::vector<std::string> found;
    for (const auto& [key, readings] : by_series(samples)) {
        for (std::size_t i = 1; i < readings.size(); ++i) {
            const Sample& a = readings[i - 1];
            const Sample& b = readings[i];
            if (a.at != b.at || a.value == b.value) continue;
            found.push_back(name_of(key) + ": " + zone.format(a.at) + " is told as " +
                            number_text(a.value) + " and as " + number_text(b.value));
        }
    }
    return found;
}

}  // namespace narvaro
