#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/label.h"
#include "core/plan.h"
#include "core/record.h"
#include "core/sample.h"
#include "core/source.h"
#include "core/target_result.h"
#include "core/time.h"

namespace narvaro {

/// A target with its result at the end of the week, and at the end of the week before.
struct DigestTarget {
    Target target;
    TargetResult now;
    std::optional<TargetResult> before;  ///< empty: the plan had not begun
};

/// A publication as the digest shows it.
struct DigestPost {
    std::string id;  ///< "fb/1000_1"
    std::string source;
    std::string headline;  ///< title, or the first words of the text; may be empty for a bare photo
    std::string url;
    std::optional<sys_seconds> published;
    std::vector<std::string> labels;    ///< those that are true
    std::vector<std::string> reasons;   ///< why, as people read it
    std::vector<Decision> decisions{};  ///< what people said of it, oldest first
};

/// What one target counted in the week, and what it nearly counted.
struct DigestEvidence {
    std::string target;               ///< its id
    std::vector<DigestPost> counted;  ///< oldest first
    std::vector<DigestPost> near;     ///< lacks one label by little; oldest first
    std::vector<Record> records;
};

/// A gap, and since when it is open.
struct DigestGap {
    Gap gap;
    sys_seconds since;
    bool operator==(const DigestGap&) const = default;
};

/// How one source has fared.
struct DigestSource {
    std::string id;
    SourceKind kind = SourceKind::website;
    std::optional<sys_seconds> last_success;   ///< at or before the end of the week
    std::vector<DigestGap> gaps;               ///< open at the end of the week
    std::optional<sys_seconds> failing_since;  ///< its polls fail
    std::string error;                         ///< what failed last; empty: nothing
    std::string remedy;
    std::optional<sys_seconds> token_ends{};  ///< Meta: the earlier of its two ends
    std::string token_trouble{};              ///< the platform does not take the token: why
    bool operator==(const DigestSource&) const = default;
};

/// How much an own source published in the week, beside its usual week.
struct DigestActivity {
    std::string source;
    std::int64_t posts = 0;
    std::vector<std::int64_t>
        before;       ///< the eight weeks before, oldest first; fewer: not read yet
    std::string url;  ///< of the week's first post; may be empty
};

/// A target's value at the end of a week since the plan began.
struct CurvePoint {
    sys_seconds at;
    double value = 0;
    std::optional<double> expected;  ///< what the plan's pace asked for by then
};

/// What a chart of one target shows.
struct DigestCurve {
    std::string target;              ///< its id
    Span span;                       ///< the plan's
    std::vector<CurvePoint> points;  ///< oldest first, at least two
    double goal = 0;
};

/// Something that a platform ends, with what to do about it.
struct DigestEnding {
    std::string what;  ///< "Graph API v24.0", or a metric's name
    date::sys_days at;
    std::string instead;  ///< what to set in its place; empty: nothing takes its place
    bool operator==(const DigestEnding&) const = default;
};

/// A reading that its source told otherwise since the week before.
struct DigestRestatement {
    std::string target;  ///< whose series it belongs to
    Restatement restatement;
};

/// A person's judgement made in the week.
struct DigestCorrection {
    DigestPost post;
    Decision decision;
};

/// Everything that the digest of one week says. Composed from stored facts only, so that the same
/// facts give the same bytes; the renderings add nothing but words.
struct DigestWeek {
    IsoWeek week;
    Span span;          ///< Monday 00:00 to Sunday 24:00 in the zone
    sys_seconds as_of;  ///< the last second counted: the week's end, or earlier for a running week
    bool complete = true;       ///< false: the week is still running
    bool late = false;          ///< composed after its hour had been missed
    sys_seconds composed_at{};  ///< nothing stored later is in it
    int revision = 1;           ///< of this week's digest; 2 and up were composed anew
    std::string zone;
    std::string plan_id;
    Text plan_name;
    std::vector<DigestTarget> targets;  ///< in the plan's order
    /// In the week that a month begins in: the forecasts of a month before that, and what came.
    std::vector<ForecastReview> forecasts{};
    std::vector<DigestEvidence> evidence;    ///< only targets with something to show
    std::vector<DigestPost> press;           ///< items of the week that no post hooks onto yet
    std::vector<DigestActivity> activity{};  ///< own sources, in the configuration's order
    std::vector<DigestCurve> curves{};    ///< followers first, then what is counted over the year
    std::vector<DigestSource> sources;    ///< in the configuration's order
    std::vector<DigestEnding> endings{};  ///< soonest first
    std::vector<DigestRestatement> restated{};
    std::vector<DigestCorrection> corrections;
    std::vector<std::string> rules;  ///< "climate 4 (1a2b3c4d)"
    std::string program;             ///< "narvaro 0.1.0"
    std::string config_error;        ///< the running service could not read its new configuration
    std::int64_t recipients = 0;     ///< how many get it; who they are is nobody else's business
    std::string reply_to{};          ///< where a person writes to leave; empty: it is not mailed
};

/// One thing to do this week, most urgent first.
struct Advice {
    std::string target;  ///< its id
    std::string act;     ///< "1 inlägg senast 30 november (NAME)", in the language asked for
    std::string text;    ///< the act and its effect
};

/// At most three things to do, by urgency; empty: nothing needs doing.
std::vector<Advice> advice_for(const DigestWeek& week, std::string_view language);

/// The status as one line: "Vecka 47: 5 av 9 mål i takt. Kvar i november: 1 webbinlägg".
std::string subject_line(const DigestWeek& week, std::string_view language);

/// The digest as plain text, 78 columns, LF line ends. @param language  "sv" or "en"
std::string render_text(const DigestWeek& week, std::string_view language);

/// The digest as one HTML document for mail clients: one column of 600 px, styles inline, charts by
/// "cid:" (see digest_pictures), nothing remote, under 60 kB. Says what the text says, in its
/// order.
std::string render_html(const DigestWeek& week, std::string_view language);

/// The digest as one JSON document with stable keys.
std::string render_json(const DigestWeek& week, std::string_view language);

// The words that tables on a terminal share with the digest.

/// "i takt" / "on track"
std::string state_word(TargetState state, std::string_view language);
/// "2 inlägg före 30 november"; empty: nothing is needed
std::string needed_words(const TargetResult& result, const Target& target, const Zone& zone,
                         std::string_view language);
/// Why there is no value; empty without a reason
std::string reason_words(const TargetResult& result, std::string_view language);
/// "1 av 2", "214", "8,7 %": the value in the target's own unit; "–" when not known
std::string value_words(const TargetResult& result, const Target& target,
                        std::string_view language);
std::string goal_words(const TargetResult& result, const Target& target, std::string_view language);

}  // namespace narvaro
