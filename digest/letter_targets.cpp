// The target table, a row for each, and what the charts say.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "digest/chart.h"
#include "digest/figures.h"
#include "digest/letter.h"
#include "digest/plain_text.h"
#include "digest/standing_words.h"

namespace narvaro {
namespace {

/// "+6 (+0,5 %)"; a month's count has none, since a new month starts at zero again.
std::string difference_words(const DigestTarget& t, const Catalogue& words) {
    if (!t.before || !t.before->value || !t.now.value) return {};
    if (t.target.kind == TargetKind::rate) return {};
    const double change = *t.now.value - *t.before->value;
    if (t.target.kind == TargetKind::share) {
        return fmt::format(fmt::runtime(words.text("{n} points")),
                           fmt::arg("n", signed_words(change * 100, words)));
    }
    const bool steps =
        t.target.kind == TargetKind::milestone || t.target.kind == TargetKind::coverage;
    if (steps && change == 0) return {};
    std::string out = signed_words(change, words);
    if (t.target.kind == TargetKind::growth && *t.before->value > 0 && change != 0) {
        out += fmt::format(" ({}{})", change > 0 ? "+" : "",
                           percent_words(change / *t.before->value, words));
    }
    return out;
}

std::string change_words(const DigestTarget& t, const DigestWeek& week, const Catalogue& words) {
    const std::string difference = difference_words(t, words);
    if (difference.empty()) return {};
    const IsoWeek before = week_of(monday_of(week.week) - date::days{7});
    return fmt::format(fmt::runtime(words.text("{change} since week {week}")),
                       fmt::arg("change", difference), fmt::arg("week", before.week));
}

/// Writes the details of one row, part by part.
class RowWriter {
  public:
    RowWriter(const DigestTarget& target, const Zone& zone, const Catalogue& words)
        : target_(target.target), now_(target.now), zone_(zone), words_(words) {}

    std::vector<std::string> details() {
        if (now_.reason != ResultReason::none && !now_.value) {
            return {harmless_line(reason_words(now_, words_.language()))};
        }
        const std::string_view language = words_.language();
        if (target_.kind == TargetKind::growth || target_.kind == TargetKind::share) {
            detail("goal {what}", goal_words(now_, target_, language));
        }
        if (target_.kind == TargetKind::rate) detail("{what}", periods_words());
        detail("needs {what}", needed_words(now_, target_, zone_, language));
        if (target_.kind == TargetKind::growth || target_.kind == TargetKind::volume) {
            detail("{what}", pace_words(now_, target_, language));
        }
        if (now_.state != TargetState::met) {
            detail("forecast {what}", forecast_words(now_, target_, zone_, language));
        }
        if (target_.kind == TargetKind::growth) detail("from {what}", baseline_words());
        if (now_.of && target_.kind == TargetKind::volume) {
            detail("of {what} posts in all", number_words(static_cast<double>(*now_.of), words_));
        }
        add_standing();
        return std::move(parts_);
    }

  private:
    void detail(const char* id, const std::string& what) {
        if (what.empty()) return;
        parts_.push_back(
            harmless_line(fmt::format(fmt::runtime(words_.text(id)), fmt::arg("what", what))));
    }

    /// "9 av 10 månader": how many of the periods that are over met the goal.
    std::string periods_words() const {
        const auto over = std::count_if(now_.periods.begin(), now_.periods.end(),
                                        [](const PeriodResult& p) { return p.closed; });
        const auto met = std::count_if(now_.periods.begin(), now_.periods.end(),
                                       [](const PeriodResult& p) { return p.closed && p.met; });
        if (over == 0) return {};
        const bool months = target_.goal.per == PeriodUnit::month;
        return fmt::format(
            fmt::runtime(
                months ? words_.plural("{met} of {n} month met", "{met} of {n} months met", over)
                       : words_.plural("{met} of {n} week met", "{met} of {n} weeks met", over)),
            fmt::arg("met", met), fmt::arg("n", over));
    }

    std::string baseline_words() const {
        if (!now_.baseline) return {};
        std::string text = number_words(*now_.baseline, words_);
        if (now_.baseline_at) {
            text += " (" + date_words(zone_.day_of(*now_.baseline_at), words_) + ")";
        }
        return text;
    }

    /// How the figure is known, where it is not plainly measured.
    void add_standing() {
        if (now_.standings.empty()) return;
        const Standing& least = now_.standings.front();
        if (least.how == Measurability::measured) return;
        detail("{what}", standing_words(least, zone_, words_.language()));
    }

    const Target& target_;
    const TargetResult& now_;
    const Zone& zone_;
    const Catalogue& words_;
    std::vector<std::string> parts_;
};

std::string figure_of(double value, const Target& target, const Catalogue& words) {
    return target.kind == TargetKind::share ? percent_words(value, words)
                                            : number_words(std::round(value), words);
}

LetterChart chart_of(const DigestCurve& curve, const DigestTarget& target, const Zone& zone,
                     const Catalogue& words) {
    const auto figure = [&](double value) { return figure_of(value, target.target, words); };
    const auto day = [&](sys_seconds t) { return day_words(zone.day_of(t), words); };
    const CurvePoint& first = curve.points.front();
    const CurvePoint& last = curve.points.back();
    LetterChart chart;
    chart.target = curve.target;
    chart.name = harmless_line(target.target.name.in(words.language()));
    chart.words = fmt::format(fmt::runtime(words.text("From {a} on {first} to {b} on {last}.")),
                              fmt::arg("a", figure(first.value)), fmt::arg("first", day(first.at)),
                              fmt::arg("b", figure(last.value)), fmt::arg("last", day(last.at)));
    if (last.expected) {
        chart.words += " " + fmt::format(fmt::runtime(words.text("The plan asks for {n} by then.")),
                                         fmt::arg("n", figure(std::ceil(*last.expected - 1e-9))));
    }
    chart.words += " " + fmt::format(fmt::runtime(words.text("Goal: {goal} on {day}.")),
                                     fmt::arg("goal", figure(std::ceil(curve.goal - 1e-9))),
                                     fmt::arg("day", day(curve.span.to - seconds{1})));
    const ChartScale scale = scale_of(curve);
    chart.top = figure(scale.high);
    chart.bottom = figure(scale.low);
    chart.first = day(curve.span.from);
    chart.last = day(curve.span.to - seconds{1});
    return chart;
}

}  // namespace

std::vector<LetterRow> target_rows(const DigestWeek& week, const Zone& zone,
                                   const Catalogue& words) {
    std::vector<LetterRow> rows;
    for (const DigestTarget& t : week.targets) {
        LetterRow row;
        row.name = harmless_line(t.target.name.in(words.language()));
        row.state = t.now.state;
        row.state_word = state_word(t.now.state, words.language());
        row.value = value_words(t.now, t.target, words.language());
        row.change = change_words(t, week, words);
        row.details = RowWriter{t, zone, words}.details();
        if (t.now.value && t.now.progress && std::isfinite(*t.now.progress)) {
            row.progress = std::clamp(*t.now.progress, 0.0, 1.0);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<LetterChart> letter_charts(const DigestWeek& week, const Zone& zone,
                                       const Catalogue& words) {
    std::vector<LetterChart> charts;
    for (const DigestCurve& curve : week.curves) {
        const auto target =
            std::find_if(week.targets.begin(), week.targets.end(),
                         [&](const DigestTarget& t) { return t.target.id == curve.target; });
        if (target == week.targets.end()) continue;
        charts.push_back(chart_of(curve, *target, zone, words));
    }
    return charts;
}

}  // namespace narvaro
