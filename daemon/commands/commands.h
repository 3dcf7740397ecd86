#pragma once
#include "daemon/app.h"
#include "daemon/command_line.h"

/// The commands of narvaro, each in a file of its own. Each prints its answer on stdout and each
/// failure on stderr, and returns the status to exit with.
namespace narvaro {

inline constexpr int kExitWell = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitConfiguration = 78;

int run(const CheckCommand& command, const std::string& config);
int run(const RestoreCommand& command, const std::string& config);
int run(const FeedCommand& command);
int run(const ClassifyCommand& command, const std::string& config);
int run(const RulesTestCommand& command, const std::string& config);

int run(const PollCommand& command, App& app);
int run(const StatusCommand& command, App& app);
int run(const TargetsCommand& command, App& app);
int run(const ExplainCommand& command, App& app);
int run(const PostsCommand& command, App& app);
int run(const LabelCommand& command, App& app);
int run(const RecordCommand& command, App& app);
int run(const RecordsCommand& command, App& app);
int run(const ImportCommand& command, App& app);
int run(const WhatIfCommand& command, App& app);
int run(const StatementCommand& command, App& app);
int run(const ExportCommand& command, App& app);
int run(const DigestCommand& command, App& app);
int run(const RulesDiffCommand& command, App& app);
int run(const RulesAgreeCommand& command, App& app);
int run(const BackupCommand& command, App& app);
int run(const DoctorCommand& command, App& app);
int run(const TokenCheckCommand& command, App& app);
int run(const TokenExchangeCommand& command, App& app);

/// `import` of a feed reader's list: prints the configuration to add, and stores nothing.
int import_opml(const std::string& file, const App& app);

/// `digest --log`: what went to whom.
int print_digest_log(const DigestCommand& command, App& app);

/// `digest --send`: mails a week now to those who have not got it; composes it first where it is
/// not yet, and with `anew` a new revision.
int send_digest(IsoWeek week, bool anew, App& app);

/// Says a failure on stderr, with its remedy on a line of its own, and returns the status for its
/// fault.
int complain(const Error& error);

}  // namespace narvaro
