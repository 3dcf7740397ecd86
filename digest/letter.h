#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "digest/catalogue.h"
#include "digest/week.h"

namespace narvaro {

/// One line of a list, with what backs it.
struct LetterItem {
    std::string text;
    std::string url;                 ///< linkable, or empty
    std::vector<std::string> notes;  ///< why it counts, what to do: a line each
};

struct LetterGroup {
    std::string heading;  ///< may be empty
    std::vector<LetterItem> items;
    std::string rest;  ///< "and 3 more"; empty: all are listed
};

struct LetterSection {
    std::string heading;
    std::vector<std::string> lines;  ///< before the groups
    std::vector<LetterGroup> groups;
};

/// One target in the table.
struct LetterRow {
    std::string name;
    TargetState state = TargetState::no_data;
    std::string state_word;
    std::string value;                 ///< "1 av 2"
    std::string change;                ///< since last week: "+6 (0,5 %)"; may be empty
    std::vector<std::string> details;  ///< goal, need, pace, forecast, baseline, or why no value
    std::optional<double> progress;    ///< 0 to 1, for a bar
};

/// A chart with what it shows in words.
struct LetterChart {
    std::string target;  ///< its id
    std::string name;
    std::string words;  ///< the figures: from, now, asked for, goal
    std::string top;    ///< the scale's ends
    std::string bottom;
    std::string first;  ///< the days' ends
    std::string last;
};

/// A digest in one language, as plain values in reading order. All words and figures that people
/// read are made here; text and HTML only lay them out, so that they cannot say different things.
struct Letter {
    std::string language;
    std::string subject;
    std::string notice;  ///< that it is late, or that the week is still running; may be empty
    std::string sentence;
    std::string todo_heading;
    std::vector<std::string> todo;  ///< at most three
    std::string todo_none;          ///< in place of an empty list
    std::string table_heading;
    std::string table_caption;
    std::vector<std::string> columns;  ///< target, now, state
    std::vector<LetterRow> rows;
    std::vector<std::string> table_notes;
    std::string charts_heading;
    std::vector<LetterChart> charts;
    std::vector<LetterSection> sections;
};

/// @param language  "sv" or "en"
Letter compose_letter(const DigestWeek& week, const Zone& zone, std::string_view language);

/// Nothing was counted, corrected or changed its state: a short mail says so.
bool is_quiet(const DigestWeek& week);

// The parts of it.

std::vector<LetterRow> target_rows(const DigestWeek& week, const Zone& zone,
                                   const Catalogue& words);
std::vector<LetterChart> letter_charts(const DigestWeek& week, const Zone& zone,
                                       const Catalogue& words);
/// At most five facts against the account's own usual week, the weightiest first.
std::vector<LetterItem> what_moved(const DigestWeek& week, const Catalogue& words);
/// What only a person can say, with the command that says it.
std::vector<LetterItem> waiting_for_people(const DigestWeek& week, const Zone& zone,
                                           const Catalogue& words);
LetterSection evidence_section(const DigestWeek& week, const Zone& zone, const Catalogue& words);
LetterSection press_section(const DigestWeek& week, const Zone& zone, const Catalogue& words);
LetterSection health_section(const DigestWeek& week, const Zone& zone, const Catalogue& words);
LetterSection corrections_section(const DigestWeek& week, const Catalogue& words);
LetterSection provenance_section(const DigestWeek& week, const Zone& zone, const Catalogue& words);
LetterSection leaving_section(const DigestWeek& week, const Catalogue& words);

/// A person's word on a label: "climate = ja (Anna)"
std::string decision_words(const Decision& decision, const Catalogue& words);

/// The name of a target in the plan's own words; its id when the plan has none.
std::string target_name(const DigestWeek& week, const std::string& id, const Catalogue& words);

}  // namespace narvaro
