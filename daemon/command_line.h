#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace narvaro {

/// What a program reads or a person looks at.
enum class Format { table, json, jsonl, csv };

struct CheckCommand {
    bool environment = false;
};
struct PollCommand {
    std::vector<std::string> sources;  ///< empty: all
    bool backfill = false;
    std::string since;   ///< a date; empty: the year before the first plan
    bool force = false;  ///< whole feeds, whatever their servers say is new
};
struct StatusCommand {
    bool schedule = false;
    Format format = Format::table;
};
struct TargetsCommand {
    std::string as_of;  ///< a date or an instant; empty: now
    bool known_then = false;
    std::string plan;  ///< empty: every plan
    Format format = Format::table;
};
struct ExplainCommand {
    std::string what;   ///< a target's id, or "post"
    std::string post;   ///< with "post"
    std::string month;  ///< YYYY-MM; empty: the whole plan
    std::string as_of;  ///< a date or an instant; empty: now
    bool known_then = false;
    Format format = Format::table;
};
struct WhatIfCommand {
    std::string target;
    std::string posts;   ///< "2/week", "3": what counts; followers, members … for growth
    std::string others;  ///< share: posts beside those; empty: none
    std::string until;   ///< a date; empty: the plan's last day
    std::string language;
    Format format = Format::table;
};
struct StatementCommand {
    std::string plan;   ///< empty: the last one
    std::string as_of;  ///< a date or an instant; empty: now
    std::string language;
    bool html = false;
};
struct PostsCommand {
    std::string source;
    std::string label;
    std::string from;
    std::string to;
    Format format = Format::table;
};
struct LabelCommand {
    std::string post;
    std::string judgement;  ///< "climate=yes"
    std::string note;
};
struct RecordCommand {
    std::string name;
    std::optional<double> value;
    std::string at;  ///< a date or an instant; empty: now
    std::string note;
    std::string link;
    std::optional<std::int64_t> corrects;  ///< the id of the record in whose place this one stands
    bool withdraw = false;                 ///< with `corrects`: it did not happen
};
struct RecordsCommand {
    std::string name;  ///< empty: all
    bool all = false;  ///< those that were corrected too
    Format format = Format::table;
};
struct ImportCommand {
    std::string file;
    std::string source;  ///< for a follower file of Meta: whose it is
    std::string metric;  ///< for a follower file whose heading does not tell: followers | follows
    bool dry_run = false;
};
struct ExportCommand {
    Format format = Format::csv;
};
struct DigestCommand {
    std::string week;           ///< "2021-W47"; empty: the last complete one
    std::string language;       ///< empty: the configuration's
    std::string form = "text";  ///< "text", "html", "json", "csv", "eml"
    bool anew = false;
    bool known_then = false;
    std::vector<std::string> words;  ///< "diff", a week, a week
    bool send = false;
    bool log = false;
};
struct FeedCommand {
    std::string input;  ///< a file, or an http(s) address
    std::string base_url;
};
struct ClassifyCommand {
    std::string press;  ///< a file of press items as JSON lines; empty: none
};
struct RulesDiffCommand {
    std::vector<std::string> files;  ///< climate.toml, hooks.toml, …
    Format format = Format::table;
};
struct RulesTestCommand {
    std::string text;
    std::string post;     ///< a stored post's id, in the place of `text`
    std::string channel;  ///< "facebook", "instagram" or "website"
    std::vector<std::string> mentions;
    std::vector<std::string> rules;  ///< files that take the place of those in force
    Format format = Format::table;
};
struct RulesAgreeCommand {
    Format format = Format::table;
};
struct BackupCommand {
    std::string file;
};
struct RestoreCommand {
    std::string file;
};
struct DoctorCommand {};
struct TokenCheckCommand {
    Format format = Format::table;
};
struct TokenExchangeCommand {
    std::string store;  ///< a file for the Page's token; empty: print the command that stores it
};

using Command =
    std::variant<CheckCommand, PollCommand, StatusCommand, TargetsCommand, ExplainCommand,
                 PostsCommand, LabelCommand, RecordCommand, ImportCommand, ExportCommand,
                 DigestCommand, FeedCommand, ClassifyCommand, RulesDiffCommand, RulesTestCommand,
                 RulesAgreeCommand, BackupCommand, RestoreCommand, DoctorCommand, TokenCheckCommand,
                 TokenExchangeCommand, WhatIfCommand, RecordsCommand, StatementCommand>;

struct CommandLine {
    std::string config;  ///< empty: not given
    Command command;
};

/// What the words on the command line ask for, or the status to exit with after help, version (0)
/// or a mistake (2) has been printed.
std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv);

}  // namespace narvaro
