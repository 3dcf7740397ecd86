// The words for how sure a figure is, what its pace is, and where it is going.
#include "digest/standing_words.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "digest/figures.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

std::string figure_of(double value, const Target& target, const Catalogue& words) {
    return target.kind == TargetKind::share ? percent_words(value, words)
                                            : number_words(std::round(value), words);
}

std::string with_what(const Catalogue& words, const char* id, const std::string& what) {
    return fmt::format(fmt::runtime(words.text(id)), fmt::arg("what", what));
}

std::string of_count(Measurability how, long long n, const Catalogue& words) {
    switch (how) {
        case Measurability::measured:
            return words.plural("{n} measured", "{n} measured", n);
        case Measurability::confirmed:
            return words.plural("{n} confirmed by hand", "{n} confirmed by hand", n);
        case Measurability::provisional:
            return words.plural("{n} provisional", "{n} provisional", n);
        case Measurability::gap:
            return words.plural("{n} with a gap", "{n} with a gap", n);
        case Measurability::retired:
            return words.plural("{n} retired", "{n} retired", n);
        case Measurability::closed:
            return words.plural("{n} closed by the platform", "{n} closed by the platform", n);
    }
    return {};
}

}  // namespace

std::string measurability_word(Measurability how, std::string_view language) {
    const Catalogue words{language};
    switch (how) {
        case Measurability::measured:
            return words.text("measured");
        case Measurability::confirmed:
            return words.text("confirmed by hand");
        case Measurability::provisional:
            return words.text("provisional");
        case Measurability::gap:
            return words.text("a gap");
        case Measurability::retired:
            return words.text("the platform has ended it");
        case Measurability::closed:
            return words.text("closed by the platform");
    }
    return {};
}

std::string standing_words(const Standing& standing, const Zone& zone, std::string_view language) {
    const Catalogue words{language};
    std::string text =
        harmless_line(standing.source) + ": " + measurability_word(standing.how, language);
    if (standing.at) {
        const std::string date = date_words(zone.day_of(*standing.at), words);
        const bool lasts = standing.how == Measurability::gap ||
                           standing.how == Measurability::retired ||
                           standing.how == Measurability::closed;
        text += " " + (lasts ? with_what(words, "since {what}", date) : date);
    } else if (standing.how == Measurability::confirmed) {
        text += ", " + words.text("nothing entered yet");
    }
    if (!standing.note.empty()) text += " (" + harmless_line(standing.note) + ")";
    return text;
}

std::string caution_words(Caution caution, std::string_view language) {
    const Catalogue words{language};
    switch (caution) {
        case Caution::baseline_unsourced:
            return words.text("the plan does not say where the baseline comes from");
        case Caution::baseline_late:
            return words.text("the baseline is the first reading after the plan began");
    }
    return {};
}

std::string measurability_total(const std::vector<TargetResult>& results,
                                std::string_view language) {
    const Catalogue words{language};
    constexpr std::array kAll{Measurability::measured,    Measurability::confirmed,
                              Measurability::provisional, Measurability::gap,
                              Measurability::retired,     Measurability::closed};
    const auto count = [&](auto fits) {
        return static_cast<long long>(std::count_if(results.begin(), results.end(), fits));
    };
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    for (const Measurability how : kAll) {
        const long long n = count([&](const TargetResult& r) {
            return !r.standings.empty() && r.standings.front().how == how;
        });
        if (n > 0) add(fmt::format(fmt::runtime(of_count(how, n, words)), fmt::arg("n", n)));
    }
    const long long unknown = count([](const TargetResult& r) { return r.standings.empty(); });
    if (unknown > 0) {
        add(fmt::format(
            fmt::runtime(words.plural("{n} not measurable", "{n} not measurable", unknown)),
            fmt::arg("n", unknown)));
    }
    return text;
}

std::string gain_words(const TargetResult& result, const Zone& zone, std::string_view language) {
    const Catalogue words{language};
    if (!result.gain) return {};
    std::string text = fmt::format(
        fmt::runtime(words.text("{gain} a week ({low} to {high}, the last {weeks} weeks)")),
        fmt::arg("gain", signed_words(result.gain->median, words)),
        fmt::arg("low", signed_words(result.gain->low, words)),
        fmt::arg("high", signed_words(result.gain->high, words)),
        fmt::arg("weeks", result.gain->weeks));
    for (const Jump& jump : result.jumps) {
        text += "; " +
                fmt::format(
                    fmt::runtime(words.text("{gain} at once by {day}, which is not extrapolated")),
                    fmt::arg("gain", signed_words(jump.gain, words)),
                    fmt::arg("day", day_words(zone.day_of(jump.span.to - seconds{1}), words)));
    }
    return text;
}

std::string pace_words(const TargetResult& result, const Target& target,
                       std::string_view language) {
    if (!result.expected || !result.value) return {};
    const Catalogue words{language};
    // Half a post asks for a whole one.
    const double expected =
        target.kind == TargetKind::share ? *result.expected : std::ceil(*result.expected - 1e-9);
    return with_what(words, "the pace asks for {what}", figure_of(expected, target, words));
}

std::string forecast_words(const TargetResult& result, const Target& target, const Zone& zone,
                           std::string_view language) {
    if (!result.forecast) return {};
    const Catalogue words{language};
    const Forecast& f = *result.forecast;
    const std::string low = figure_of(f.low, target, words);
    const std::string high = figure_of(f.high, target, words);
    const std::string value = figure_of(f.value, target, words);
    const std::string range = low == high ? low : value + " (" + low + "–" + high + ")";
    return day_words(zone.day_of(f.at), words) + ": " + range;
}

std::string review_words(const std::vector<ForecastReview>& reviews, std::string_view language) {
    if (reviews.empty()) return {};
    const Catalogue words{language};
    const auto held =
        std::count_if(reviews.begin(), reviews.end(), [](const auto& r) { return r.inside(); });
    const auto all = static_cast<long long>(reviews.size());
    return fmt::format(
        fmt::runtime(words.plural(
            "Of {n} forecast made a month ago, {held} held: the outcome lay in the range.",
            "Of {n} forecasts made a month ago, {held} held: the outcome lay in the range.", all)),
        fmt::arg("n", all), fmt::arg("held", held));
}

}  // namespace narvaro
