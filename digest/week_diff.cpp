#include "digest/week_diff.h"

#include <algorithm>

#include <fmt/format.h>

#include "digest/catalogue.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

/// Collects the lines; each function looks at one part.
class Comparison {
  public:
    Comparison(const DigestWeek& earlier, const DigestWeek& later, std::string_view language)
        : a_(earlier), b_(later), words_(language) {}

    std::vector<std::string> lines() {
        if (a_.plan_id != b_.plan_id) say("plan", a_.plan_id, b_.plan_id);
        compare_targets();
        compare_sources();
        if (a_.rules != b_.rules) add(words_.text("the rules are others"));
        return std::move(lines_);
    }

  private:
    void add(const std::string& line) { lines_.push_back(harmless_line(line)); }

    void say(const std::string& name, const std::string& before, const std::string& now) {
        add(fmt::format(fmt::runtime(words_.text("{name}: from {before} to {now}")),
                        fmt::arg("name", name), fmt::arg("before", before), fmt::arg("now", now)));
    }

    void compare_targets() {
        const std::string& language = words_.language();
        for (const DigestTarget& t : b_.targets) {
            const auto before =
                std::find_if(a_.targets.begin(), a_.targets.end(),
                             [&](const DigestTarget& old) { return old.target.id == t.target.id; });
            const std::string name = t.target.name.in(language);
            if (before == a_.targets.end()) {
                add(name + ": " + words_.text("new in the plan"));
                continue;
            }
            if (before->now.state != t.now.state) {
                say(name, state_word(before->now.state, language),
                    state_word(t.now.state, language));
            }
            const std::string was = value_words(before->now, before->target, language);
            const std::string is = value_words(t.now, t.target, language);
            if (was != is) say(name, was, is);
        }
    }

    void compare_sources() {
        for (const DigestSource& s : b_.sources) {
            const auto before =
                std::find_if(a_.sources.begin(), a_.sources.end(),
                             [&](const DigestSource& old) { return old.id == s.id; });
            static const DigestSource kNone;
            const DigestSource& old = before == a_.sources.end() ? kNone : *before;
            if (s.failing_since && !old.failing_since) {
                add(s.id + ": " + words_.text("began to fail") + " – " + s.error);
            }
            if (!s.failing_since && old.failing_since) {
                add(s.id + ": " + words_.text("can be read again"));
            }
            compare_gaps(old, s);
        }
    }

    void compare_gaps(const DigestSource& old, const DigestSource& now) {
        const auto missing_in = [](const std::vector<DigestGap>& gaps, const Gap& gap) {
            return std::none_of(gaps.begin(), gaps.end(), [&](const DigestGap& g) {
                return g.gap.metric == gap.metric && g.gap.dimension == gap.dimension;
            });
        };
        for (const auto& [gap, since] : now.gaps) {
            if (missing_in(old.gaps, gap)) {
                add(now.id + " " + gap.metric + ": " + words_.text("a gap has opened"));
            }
        }
        for (const auto& [gap, since] : old.gaps) {
            if (missing_in(now.gaps, gap)) {
                add(now.id + " " + gap.metric + ": " + words_.text("the gap has closed"));
            }
        }
    }

    const DigestWeek& a_;
    const DigestWeek& b_;
    Catalogue words_;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> digest_changes(const DigestWeek& earlier, const DigestWeek& later,
                                        std::string_view language) {
    return Comparison{earlier, later, language}.lines();
}

}  // namespace narvaro
