#include "daemon/command_line.h"

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>

#include <CLI/CLI.hpp>

#include "config/nearest_name.h"
#include "core/version.h"

namespace narvaro {
namespace {

constexpr int kUsage = 2;

const std::map<std::string, Format> kFormats{{"table", Format::table},
                                             {"text", Format::table},
                                             {"json", Format::json},
                                             {"jsonl", Format::jsonl},
                                             {"csv", Format::csv}};

/// Adds --format with the forms that this command knows.
void add_format(CLI::App* command, Format& format, const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : "|") + name;
    command
        ->add_option_function<std::string>(
            "--format", [&format](const std::string& name) { format = kFormats.at(name); },
            "How to print")
        ->check(CLI::IsMember(names))
        ->type_name(list);
}

/// The tree of commands; parsing fills `chosen`.
class Grammar {
  public:
    explicit Grammar(CommandLine& line) : line_(line) {
        app_.fallthrough();
        app_.require_subcommand(1);
        app_.set_version_flag("--version", std::string{"narvaro "} + kVersion);
        app_.add_option("--config", line_.config, "The configuration file")->type_name("FILE");
        add_looking();
        add_planning();
        add_polling();
        add_people();
        add_data();
        add_parsers();
        add_tokens();
        add_rules();
    }

    CLI::App& app() { return app_; }

  private:
    /// A subcommand whose options land in a fresh T, which becomes the line's command when it is
    /// chosen.
    template <class T>
    CLI::App* command(const char* name, const char* help,
                      const std::function<void(CLI::App*, T&)>& add) {
        return command<T>(&app_, name, help, add);
    }

    /// The same below another subcommand.
    template <class T>
    CLI::App* command(CLI::App* parent, const char* name, const char* help,
                      const std::function<void(CLI::App*, T&)>& add) {
        auto options = std::make_shared<T>();
        CLI::App* sub = parent->add_subcommand(name, help);
        add(sub, *options);
        sub->callback([this, options] { line_.command = *options; });
        return sub;
    }

    void add_looking() {
        command<CheckCommand>("check", "Validate configuration, plans and rules",
                              [](CLI::App* sub, CheckCommand& c) {
                                  sub->add_flag("--environment", c.environment,
                                                "Also try credentials, database and sources");
                              });
        command<StatusCommand>(
            "status", "How each source fares", [](CLI::App* sub, StatusCommand& c) {
                sub->add_flag("--schedule", c.schedule, "When each source is polled next, and why");
                add_format(sub, c.format, {"table", "json"});
            });
        command<TargetsCommand>(
            "targets", "The plan's targets", [](CLI::App* sub, TargetsCommand& c) {
                sub->add_option("--as-of", c.as_of, "A date (its end) or an instant")
                    ->type_name("INSTANT");
                sub->add_flag("--as-known-then", c.known_then, "Leave out what was stored later");
                sub->add_option("--plan", c.plan, "Only this plan")->type_name("ID");
                add_format(sub, c.format, {"table", "json", "jsonl", "csv"});
            });
        command<ExplainCommand>(
            "explain", "What a target counted, or why a post has its labels",
            [](CLI::App* sub, ExplainCommand& c) {
                sub->add_option("what", c.what, "A target's id, or the word post")->required();
                sub->add_option("post", c.post, "With the word post: the post's id");
                sub->add_option("--month", c.month, "Only this month")->type_name("YYYY-MM");
                sub->add_option("--as-of", c.as_of, "A date (its end) or an instant")
                    ->type_name("INSTANT");
                sub->add_flag("--as-known-then", c.known_then, "Leave out what was stored later");
                add_format(sub, c.format, {"text", "json"});
            });
        command<PostsCommand>("posts", "The stored posts", [](CLI::App* sub, PostsCommand& c) {
            sub->add_option("--source", c.source, "Only this source");
            sub->add_option("--label", c.label, "Only posts with this label");
            sub->add_option("--from", c.from, "From this day on")->type_name("DATE");
            sub->add_option("--to", c.to, "To the end of this day")->type_name("DATE");
            add_format(sub, c.format, {"table", "json", "jsonl", "csv"});
        });
        command<DigestCommand>(
            "digest", "The digest of a week", [](CLI::App* sub, DigestCommand& c) {
                sub->add_option("--week", c.week, "Which week")->type_name("YYYY-Www");
                sub->add_option("--language", c.language, "sv or en")
                    ->check(CLI::IsMember({"sv", "en"}));
                sub->add_option("--format", c.form, "Which rendering")
                    ->check(CLI::IsMember({"text", "html", "json", "csv", "eml"}));
                CLI::Option* anew =
                    sub->add_flag("--anew", c.anew, "Composed again with what is known today");
                sub->add_flag("--as-known-then", c.known_then,
                              "Made again from the database, as it was known when it was composed")
                    ->excludes(anew);
                sub->add_option("diff", c.words, "The word diff and two weeks: what changed")
                    ->expected(0, 3);
                CLI::Option* send = sub->add_flag("--send", c.send, "Mail it now to who lacks it");
                sub->add_flag("--log", c.log, "What went to whom")->excludes(send);
            });
    }

    void add_planning() {
        command<WhatIfCommand>(
            "whatif", "What so many more posts would give", [](CLI::App* sub, WhatIfCommand& c) {
                sub->add_option("target", c.target, "A target's id")->required();
                sub->add_option("--posts", c.posts,
                                "How many that count: 2/week, 1/month, 3; for growth, of its unit")
                    ->type_name("N[/day|/week|/month]")
                    ->required();
                sub->add_option("--others", c.others, "share: posts beside those")
                    ->type_name("N[/…]");
                sub->add_option("--until", c.until, "Up to and with this day")->type_name("DATE");
                sub->add_option("--language", c.language, "sv or en")
                    ->check(CLI::IsMember({"sv", "en"}));
                add_format(sub, c.format, {"table", "json"});
            });
        command<StatementCommand>(
            "statement", "The annual meeting's page: every goal, its outcome and evidence",
            [](CLI::App* sub, StatementCommand& c) {
                sub->add_option("--plan", c.plan, "Which plan; none: the last")->type_name("ID");
                sub->add_option("--as-of", c.as_of, "A date (its end) or an instant")
                    ->type_name("INSTANT");
                sub->add_option("--language", c.language, "sv or en")
                    ->check(CLI::IsMember({"sv", "en"}));
                sub->add_option_function<std::string>(
                       "--format", [&c](const std::string& name) { c.html = name == "html"; },
                       "How to write it")
                    ->check(CLI::IsMember({"text", "html"}))
                    ->type_name("text|html");
            });
    }

    void add_polling() {
        command<PollCommand>("poll", "Poll now, once", [](CLI::App* sub, PollCommand& c) {
            sub->add_option("source", c.sources, "Which sources; none: all");
            CLI::Option* backfill = sub->add_flag("--backfill", c.backfill, "Read history as well");
            sub->add_flag("--force", c.force, "Ask for whole feeds, not only for what is new");
            sub->add_option("--since", c.since, "How far back")->type_name("DATE")->needs(backfill);
        });
    }

    void add_people() {
        command<LabelCommand>("label", "Judge a post by hand", [](CLI::App* sub, LabelCommand& c) {
            sub->add_option("post", c.post, "The post's id: fb/1000_1")->required();
            sub->add_option("judgement", c.judgement, "NAME=yes, NAME=no or NAME=auto")->required();
            sub->add_option("--note", c.note, "Why");
        });
        command<RecordCommand>(
            "record", "Enter a figure or event", [](CLI::App* sub, RecordCommand& c) {
                sub->add_option("name", c.name, "members, v-aktuellt, uv-share, …")->required();
                sub->add_option("value", c.value, "The figure; none for an event");
                sub->add_option("--at", c.at, "When it happened")->type_name("DATE");
                sub->add_option("--note", c.note, "A note");
                sub->add_option("--link", c.link, "Where it can be seen")->type_name("URL");
                CLI::Option* corrects =
                    sub->add_option("--corrects", c.corrects,
                                    "The number of the record in whose place this one stands")
                        ->type_name("ID");
                sub->add_flag("--withdraw", c.withdraw, "With --corrects: it did not happen")
                    ->needs(corrects);
            });
        command<RecordsCommand>("records", "The figures and events that people entered",
                                [](CLI::App* sub, RecordsCommand& c) {
                                    sub->add_option("name", c.name, "Only those of this name");
                                    sub->add_flag("--all", c.all, "Those that were corrected too");
                                    add_format(sub, c.format, {"table", "json", "jsonl", "csv"});
                                });
    }

    void add_data() {
        command<ImportCommand>("import", "Store samples and records from a CSV file",
                               [](CLI::App* sub, ImportCommand& c) {
                                   sub->add_option("file", c.file, "FILE.csv")->required();
                                   sub->add_flag("--dry-run", c.dry_run, "Store nothing");
                                   sub->add_option("--source", c.source,
                                                   "Whose followers a file of Meta tells")
                                       ->type_name("SOURCE");
                                   sub->add_option("--metric", c.metric,
                                                   "What such a file tells, where it does not say")
                                       ->check(CLI::IsMember({"followers", "follows"}));
                               });
        command<ExportCommand>(
            "export", "Print everything that is stored",
            [](CLI::App* sub, ExportCommand& c) { add_format(sub, c.format, {"csv", "json"}); });
        command<BackupCommand>("backup", "Copy the database while it is in use",
                               [](CLI::App* sub, BackupCommand& c) {
                                   sub->add_option("file", c.file, "The copy")->required();
                               });
        command<RestoreCommand>("restore", "Put a backup in the place of the database",
                                [](CLI::App* sub, RestoreCommand& c) {
                                    sub->add_option("file", c.file, "The backup")->required();
                                });
        command<DoctorCommand>("doctor", "Look through the database for damage",
                               [](CLI::App*, DoctorCommand&) {});
    }

    void add_tokens() {
        CLI::App* token = app_.add_subcommand("token", "Meta's tokens");
        token->require_subcommand(1);
        command<TokenCheckCommand>(token, "check",
                                   "Permissions, ends, and a question to each endpoint",
                                   [](CLI::App* sub, TokenCheckCommand& c) {
                                       add_format(sub, c.format, {"table", "json"});
                                   });
        command<TokenExchangeCommand>(
            token, "exchange", "A short-lived user token (standard input) for the Page's own",
            [](CLI::App* sub, TokenExchangeCommand& c) {
                sub->add_option("--store", c.store, "Write it there instead of printing")
                    ->type_name("FILE");
            });
    }

    void add_parsers() {
        command<FeedCommand>(
            "feed", "What the feed parser sees", [](CLI::App* sub, FeedCommand& c) {
                sub->add_option("input", c.input, "A file or an address")->required();
                sub->add_option("--base-url", c.base_url, "Where the file came from")
                    ->type_name("URL");
            });
        command<ClassifyCommand>(
            "classify", "Judge JSON lines from standard input",
            [](CLI::App* sub, ClassifyCommand& c) {
                sub->add_option("--press", c.press, "Press items as JSON lines")->type_name("FILE");
            });
    }

    template <class T>
    void rules_command(CLI::App* rules, const char* name, const char* help,
                       const std::function<void(CLI::App*, T&)>& add) {
        auto options = std::make_shared<T>();
        CLI::App* sub = rules->add_subcommand(name, help);
        add(sub, *options);
        sub->callback([this, options] { line_.command = *options; });
    }

    void add_rules() {
        CLI::App* rules = app_.add_subcommand("rules", "Rehearse rules before they hold");
        rules->require_subcommand(1);
        rules_command<RulesDiffCommand>(
            rules, "diff", "What changed rules would change",
            [](CLI::App* sub, RulesDiffCommand& c) {
                sub->add_option("file", c.files, "Rules files, each named after its label")
                    ->required();
                add_format(sub, c.format, {"table", "json"});
            });
        rules_command<RulesTestCommand>(
            rules, "test", "How a text is judged, and why", [](CLI::App* sub, RulesTestCommand& c) {
                CLI::Option* text = sub->add_option("--text", c.text, "The text");
                sub->add_option("--post", c.post, "A stored post instead")->excludes(text);
                sub->add_option("--channel", c.channel, "Where it stands")
                    ->check(CLI::IsMember({"facebook", "fb", "instagram", "ig", "website"}));
                sub->add_option("--mention", c.mentions, "An account that is tagged");
                sub->add_option("--rules", c.rules, "Rules files to try")->type_name("FILE");
                add_format(sub, c.format, {"text", "json"});
            });
        rules_command<RulesAgreeCommand>(rules, "agree", "How often the rules agree with people",
                                         [](CLI::App* sub, RulesAgreeCommand& c) {
                                             add_format(sub, c.format, {"table", "json", "jsonl"});
                                         });
    }

    CommandLine& line_;
    CLI::App app_{"Follow the digital presence of an association against its yearly plan",
                  "narvaro"};
};

/// For a word that is no command: says so with the nearest one. CLI11 would only miss a subcommand.
bool complain_of_unknown_command(const CLI::App& app, int argc, const char* const* argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--config") {
            ++i;
            continue;
        }
        if (word.starts_with("-")) continue;
        std::vector<std::string> known;
        for (const CLI::App* command : app.get_subcommands({}))
            known.push_back(command->get_name());
        if (std::find(known.begin(), known.end(), word) != known.end()) return false;
        std::cerr << "narvaro: unknown command \"" << word << "\"; " << allowed_names(word, known)
                  << "\n";
        return true;
    }
    return false;
}

}  // namespace

std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv) {
    CommandLine line;
    Grammar grammar{line};
    try {
        grammar.app().parse(argc, argv);
        return line;
    } catch (const CLI::ParseError& e) {
        const bool asked = e.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
        if (!asked && complain_of_unknown_command(grammar.app(), argc, argv)) return kUsage;
        return grammar.app().exit(e) == 0 ? 0 : kUsage;
    }
}

}  // namespace narvaro
