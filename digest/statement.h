#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audience.h"
#include "core/plan.h"
#include "core/record.h"
#include "core/sample.h"
#include "core/target_result.h"
#include "core/time.h"
#include "digest/catalogue.h"
#include "digest/week.h"

namespace narvaro {

/// A record that was corrected or withdrawn, and the one in its place.
struct CorrectedRecord {
    Record before;
    Record after;
};

/// One goal of the plan: its outcome and what it rests on.
struct StatementGoal {
    Target target;
    TargetResult result;
    std::vector<DigestPost> counted;          ///< within the plan, oldest first
    std::vector<Record> records;              ///< that count, oldest first
    std::vector<Sample> readings;             ///< growth: the baseline's and the last one
    std::vector<DigestCorrection> decisions;  ///< people's judgements of counted posts
    std::vector<CorrectedRecord> corrected;
    std::vector<Restatement> restated;
    std::vector<Audience> audiences{};  ///< coverage: those that were live
};

/// What the annual meeting reads: the whole plan as it ended, or as it stands.
struct Statement {
    std::string plan_id;
    Text plan_name;
    date::local_days from;
    date::local_days to;  ///< inclusive
    std::string zone;
    sys_seconds as_of;
    bool over = true;                  ///< false: the plan is still running
    std::vector<StatementGoal> goals;  ///< in the plan's order
    std::vector<Sentence> uncounted;   ///< sentences of the plan that no target counts
    std::string program;               ///< "narvaro 0.1.0"
};

/// "Uppnått" / "Ej uppnått" / "I takt" …: the state in the words of a meeting.
std::string outcome_word(TargetState state, bool over, std::string_view language);

/// What was reached, in one sentence with its figures: "11 av 12 månader", "412 av 480, från 400".
std::string outcome_words(const StatementGoal& goal, const Zone& zone, std::string_view language);

/// What to know of the figures: how they were read, gaps, by hand, no source for the baseline.
std::vector<std::string> remark_words(const StatementGoal& goal, const Zone& zone,
                                      std::string_view language);

/// An ad audience by its name, its places and when it was live.
std::string audience_words(const Audience& audience, const Zone& zone, const Catalogue& words);

/// Corrections and restatements, a line each.
std::vector<std::string> correction_words(const StatementGoal& goal, const Zone& zone,
                                          std::string_view language);

/// How many goals ended how: "7 av 18 mål uppnådda, 6 ej uppnådda, …"
std::string statement_summary(const Statement& statement, std::string_view language);

/// Plain text, 78 columns, LF line ends.
std::string render_statement_text(const Statement& statement, std::string_view language);

/// One HTML document that needs nothing beside itself; printed from a browser it is A4 pages.
std::string render_statement_html(const Statement& statement, std::string_view language);

}  // namespace narvaro
