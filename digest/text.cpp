// The digest as plain text: the status, what to do, the targets, the evidence, the health of the
// data, and where it all comes from.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/label.h"
#include "digest/figures.h"
#include "digest/layout.h"
#include "digest/plain_text.h"
#include "digest/standing_words.h"
#include "digest/week.h"

namespace narvaro {
namespace {

constexpr std::size_t kAtMostPosts = 8;  ///< listed for a target; the rest is a number
constexpr std::size_t kAtMostPress = 5;

bool counts_as_well(TargetState state) {
    return state == TargetState::met || state == TargetState::on_track;
}

bool is_measurable(TargetState state) {
    return state != TargetState::no_data && state != TargetState::closed;
}

std::string change_words(const DigestTarget& t, const Catalogue& words) {
    if (!t.before || !t.before->value || !t.now.value) return {};
    const double change = *t.now.value - *t.before->value;
    if (t.target.kind == TargetKind::rate) return {};  // a new month starts at zero again
    if (t.target.kind == TargetKind::share) {
        return fmt::format(fmt::runtime(words.text("{n} points")),
                           fmt::arg("n", signed_words(change * 100, words)));
    }
    std::string out = signed_words(change, words);
    if (t.target.kind == TargetKind::growth && *t.before->value > 0 && change != 0) {
        out += fmt::format(" ({})", percent_words(change / *t.before->value, words));
    }
    return out;
}

/// Writes one digest; each function is a section.
class TextDigest {
  public:
    TextDigest(const DigestWeek& week, const Zone& zone, std::string_view language)
        : week_(week), zone_(zone), words_(language) {}

    std::string write() {
        out_ = wrapped(subject_line(week_, words_.language()), 0);
        out_ += "\n" + wrapped(summary(), 0);
        write_todo();
        write_targets();
        write_evidence();
        write_press();
        write_corrections();
        write_health();
        write_provenance();
        return out_;
    }

  private:
    void heading(const char* id) { out_ += "\n" + words_.text(id) + "\n"; }

    /// What changed since last week, in one sentence.
    std::string summary() const {
        std::string moved;
        for (const DigestTarget& t : week_.targets) {
            if (!t.before || t.before->state == t.now.state) continue;
            if (!moved.empty()) moved += "; ";
            moved += fmt::format(fmt::runtime(words_.text("{name}: from {before} to {now}")),
                                 fmt::arg("name", t.target.name.in(words_.language())),
                                 fmt::arg("before", state_word(t.before->state, words_.language())),
                                 fmt::arg("now", state_word(t.now.state, words_.language())));
        }
        const std::string first = !week_.complete ? words_.text("The week is still running.") + " "
                                  : week_.late    ? words_.text("This digest is late.") + " "
                                                  : "";
        if (moved.empty()) return first + words_.text("No target has changed its state this week.");
        return first + fmt::format(fmt::runtime(words_.text("New this week: {moved}.")),
                                   fmt::arg("moved", moved));
    }

    void write_todo() {
        heading("DO THIS WEEK");
        const auto todo = advice_for(week_, words_.language());
        if (todo.empty()) out_ += wrapped(words_.text("Nothing needs doing."), 0);
        int number = 0;
        for (const Advice& advice : todo) {
            out_ += wrapped(harmless_line(advice.text), 3, fmt::format("{}. ", ++number));
        }
    }

    void write_targets() {
        heading("TARGETS");
        for (const DigestTarget& t : week_.targets) {
            out_ += two_ends(t.target.name.in(words_.language()),
                             state_word(t.now.state, words_.language()));
            out_ += wrapped(target_details(t), 2);
        }
        const std::string review = review_words(week_.forecasts, words_.language());
        if (!review.empty()) out_ += wrapped(review, 0);
    }

    std::string target_details(const DigestTarget& t) const {
        const std::string_view language = words_.language();
        if (t.now.reason != ResultReason::none && !t.now.value) {
            return harmless_line(reason_words(t.now, language));
        }
        std::vector<std::string> parts;
        const auto add = [&](const char* id, const std::string& what) {
            if (!what.empty()) {
                parts.push_back(fmt::format(fmt::runtime(words_.text(id)), fmt::arg("what", what)));
            }
        };
        add("now {what}", value_words(t.now, t.target, language));
        if (t.target.kind == TargetKind::growth || t.target.kind == TargetKind::share) {
            add("goal {what}", goal_words(t.now, t.target, language));
        }
        if (t.target.kind == TargetKind::rate) add("{what}", periods_words(t.now));
        add("since last week {what}", change_words(t, words_));
        add("needs {what}", needed_words(t.now, t.target, zone_, language));
        add("forecast {what}", forecast_words(t));
        if (t.target.kind == TargetKind::growth) add("from {what}", baseline_words(t.now));
        if (t.now.of && t.target.kind == TargetKind::volume) {
            add("of {what} posts in all", number_words(static_cast<double>(*t.now.of), words_));
        }
        return joined(parts);
    }

    static std::string joined(const std::vector<std::string>& parts) {
        std::string out;
        for (const std::string& part : parts) out += (out.empty() ? "" : " · ") + part;
        return out;
    }

    /// "9 av 10 månader": how many of the periods that are over met the goal.
    std::string periods_words(const TargetResult& r) const {
        const auto over = std::count_if(r.periods.begin(), r.periods.end(),
                                        [](const PeriodResult& p) { return p.closed; });
        const auto met = std::count_if(r.periods.begin(), r.periods.end(),
                                       [](const PeriodResult& p) { return p.closed && p.met; });
        if (over == 0) return {};
        return fmt::format(fmt::runtime(words_.plural("{met} of {n} period met",
                                                      "{met} of {n} periods met", over)),
                           fmt::arg("met", met), fmt::arg("n", over));
    }

    std::string forecast_words(const DigestTarget& t) const {
        if (!t.now.forecast) return {};
        const Forecast& f = *t.now.forecast;
        const auto figure = [&](double value) {
            return t.target.kind == TargetKind::share ? percent_words(value, words_)
                                                      : number_words(std::round(value), words_);
        };
        const std::string day = day_words(zone_.day_of(f.at), words_);
        const std::string low = figure(f.low);
        const std::string high = figure(f.high);
        return fmt::format("{}: {}", day, low == high ? low : low + "–" + high);
    }

    std::string baseline_words(const TargetResult& r) const {
        if (!r.baseline) return {};
        std::string text = number_words(*r.baseline, words_);
        if (r.baseline_at) text += " (" + date_words(zone_.day_of(*r.baseline_at), words_) + ")";
        return text;
    }

    std::string name_of_target(const std::string& id) const {
        for (const DigestTarget& t : week_.targets) {
            if (t.target.id == id) return t.target.name.in(words_.language());
        }
        return id;
    }

    void write_evidence() {
        heading("COUNTED THIS WEEK");
        if (week_.evidence.empty()) out_ += wrapped(words_.text("Nothing was counted."), 0);
        for (const DigestEvidence& e : week_.evidence) {
            out_ += wrapped(name_of_target(e.target), 0);
            write_posts(e.counted);
            for (const Record& record : e.records) {
                std::string line = date_words(zone_.day_of(record.at), words_);
                line += " " + record.name;
                if (record.value) line += " " + number_words(*record.value, words_);
                if (!record.note.empty()) line += " – " + record.note;
                out_ += wrapped(harmless_line(line), 4, "  ");
            }
            if (e.near.empty()) continue;
            out_ += "  " + words_.text("Almost counted:") + "\n";
            write_posts(e.near);
        }
    }

    void write_posts(const std::vector<DigestPost>& posts) {
        std::size_t shown = 0;
        for (const DigestPost& post : posts) {
            if (++shown > kAtMostPosts) break;
            out_ += wrapped(post_line(post), 4, "  ");
            if (!post.url.empty()) out_ += "    " + harmless_line(post.url) + "\n";
            if (!post.reasons.empty()) out_ += wrapped(harmless_line(joined(post.reasons)), 4);
        }
        if (posts.size() <= kAtMostPosts) return;
        const auto rest = static_cast<long long>(posts.size() - kAtMostPosts);
        out_ += "  " +
                fmt::format(fmt::runtime(words_.plural("and {n} more", "and {n} more", rest)),
                            fmt::arg("n", rest)) +
                "\n";
    }

    std::string post_line(const DigestPost& post) const {
        constexpr std::size_t kHeadline = 60;
        std::string line = post.published ? instant_words(*post.published, zone_, words_) : "–";
        line += " " + post.source;
        const std::string headline = shortened(harmless_line(post.headline), kHeadline);
        return line + (headline.empty() ? " " + words_.text("(no text)") : " \"" + headline + "\"");
    }

    void write_press() {
        if (week_.press.empty()) return;
        heading("LOCAL NEWS WITHOUT A POST YET");
        std::size_t shown = 0;
        for (const DigestPost& item : week_.press) {
            if (++shown > kAtMostPress) break;
            out_ += wrapped(post_line(item), 4, "  ");
            if (!item.url.empty()) out_ += "    " + harmless_line(item.url) + "\n";
        }
    }

    void write_corrections() {
        if (week_.corrections.empty()) return;
        heading("CORRECTED BY PEOPLE");
        for (const DigestCorrection& c : week_.corrections) {
            const char* verdict = !c.decision.value ? "auto" : *c.decision.value ? "yes" : "no";
            std::string line = c.post.id + ": " + c.decision.label + " = " + words_.text(verdict) +
                               ", " + c.decision.who;
            if (!c.decision.note.empty()) line += " – " + c.decision.note;
            out_ += wrapped(harmless_line(line), 4, "  ");
        }
    }

    void write_health() {
        heading("DATA HEALTH");
        if (!week_.config_error.empty()) {
            out_ += wrapped(words_.text("The new configuration is wrong; the old one is in use:") +
                                " " + harmless_line(week_.config_error),
                            2);
        }
        for (const DigestSource& source : week_.sources) write_source(source);
    }

    void write_source(const DigestSource& s) {
        std::string line =
            s.last_success
                ? fmt::format(fmt::runtime(words_.text("last read {when}")),
                              fmt::arg("when", instant_words(*s.last_success, zone_, words_)))
                : words_.text("never read");
        if (s.failing_since) {
            line += fmt::format(fmt::runtime(words_.text(", failing since {when}: {what}")),
                                fmt::arg("when", instant_words(*s.failing_since, zone_, words_)),
                                fmt::arg("what", s.error));
        }
        out_ += wrapped(harmless_line(line), 12, fmt::format("{:<12}", s.id));
        if (!s.remedy.empty()) out_ += wrapped(harmless_line("-> " + s.remedy), 12);
        for (const Gap& gap : s.gaps) {
            std::string what =
                gap.metric + (gap.dimension.empty() ? "" : " (" + gap.dimension + ")");
            what += ": " + gap_word(gap.reason);
            if (!gap.detail.empty()) what += " – " + gap.detail;
            out_ += wrapped(harmless_line(what), 12);
        }
    }

    std::string gap_word(GapReason reason) const {
        switch (reason) {
            case GapReason::forbidden:
                return words_.text("not permitted");
            case GapReason::below_threshold:
                return words_.text("too few for the platform to tell");
            case GapReason::retired:
                return words_.text("the platform has ended it");
            case GapReason::closed:
                return words_.text("closed by the platform");
            case GapReason::failed:
                return words_.text("could not be read");
        }
        return {};
    }

    void write_provenance() {
        heading("ABOUT THESE FIGURES");
        out_ += wrapped(
            fmt::format(
                fmt::runtime(words_.text("{from} 00:00 to {to} 24:00 ({zone}), week {week}. "
                                         "Figures as of {as_of}.")),
                fmt::arg("from", date_words(zone_.day_of(week_.span.from), words_)),
                fmt::arg("to", date_words(zone_.day_of(week_.span.to - seconds{1}), words_)),
                fmt::arg("zone", week_.zone), fmt::arg("week", to_string(week_.week)),
                fmt::arg("as_of", zone_.format(week_.as_of))),
            0);
        std::string rules;
        for (const std::string& rule : week_.rules) rules += (rules.empty() ? "" : ", ") + rule;
        out_ += wrapped(
            fmt::format(fmt::runtime(words_.text("Plan: {plan}. Rules: {rules}. {program}.")),
                        fmt::arg("plan", week_.plan_name.in(words_.language())),
                        fmt::arg("rules", rules), fmt::arg("program", week_.program)),
            0);
        out_ += wrapped(
            fmt::format(fmt::runtime(words_.text("The same text again: {command}")),
                        fmt::arg("command", "narvaro digest --week " + to_string(week_.week))),
            0);
        if (week_.recipients.empty()) return;
        std::string to;
        for (const std::string& r : week_.recipients) to += (to.empty() ? "" : ", ") + r;
        out_ += wrapped(
            fmt::format(fmt::runtime(words_.text(
                            "To: {to}. To leave, ask the admin to take you off [digest] to.")),
                        fmt::arg("to", to)),
            0);
    }

    const DigestWeek& week_;
    const Zone& zone_;
    Catalogue words_;
    std::string out_;
};

}  // namespace

std::string subject_line(const DigestWeek& week, std::string_view language) {
    const Catalogue words{language};
    long long well = 0;
    long long measurable = 0;
    const DigestTarget* open = nullptr;
    int open_count = 0;
    for (const DigestTarget& t : week.targets) {
        if (is_measurable(t.now.state)) ++measurable;
        if (counts_as_well(t.now.state)) ++well;
        if (t.target.kind != TargetKind::rate || t.now.needed.kind == Needed::Kind::nothing)
            continue;
        if (open == nullptr) open = &t;
        ++open_count;
    }
    std::string line = fmt::format(
        fmt::runtime(words.plural("Week {week}: {well} of {n} measurable target on track.",
                                  "Week {week}: {well} of {n} measurable targets on track.",
                                  measurable)),
        fmt::arg("week", week.week.week), fmt::arg("well", well), fmt::arg("n", measurable));
    const auto zone = Zone::find(week.zone);
    if (open == nullptr || !zone) return line;
    const auto month = month_words(date::year_month_day{zone->day_of(week.as_of)}.month(), words);
    const std::string what =
        open_count == 1
            ? harmless_line(open->target.name.in(language))
            : fmt::format(fmt::runtime(words.plural("{n} target", "{n} targets", open_count)),
                          fmt::arg("n", open_count));
    return line + " " +
           fmt::format(fmt::runtime(words.text("Left in {month}: {what}")),
                       fmt::arg("month", month), fmt::arg("what", what));
}

std::string render_text(const DigestWeek& week, std::string_view language) {
    const auto zone = Zone::find(week.zone);
    if (!zone) return zone.error().what + "\n";  // the configuration refuses unknown zones
    return TextDigest{week, *zone, language}.write();
}

}  // namespace narvaro
