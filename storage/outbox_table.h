#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

/// A recipient who has a message of that week and revision gets no second one.
/// @return how many were queued
std::int64_t queue_mail(Database& db, IsoWeek week, int revision, std::span<const QueuedMail> mails,
                        sys_seconds now);
std::vector<StoredMail> all_mails(Database& db, std::optional<IsoWeek> week);
std::vector<StoredMail> interrupted_mails(Database& db);
bool mail_due(Database& db, sys_seconds now, seconds longest_wait);
std::vector<StoredMail> due_mails(Database& db, sys_seconds now, seconds longest_wait);
/// Throws a Refusal with Fault::not_found.
std::string mail_bytes(Database& db, std::int64_t id);
/// @return false, and nothing is done, when the message is not in `step.from`
bool step_mail(Database& db, const MailStep& step);
std::vector<MailEvent> mail_events(Database& db, std::int64_t id);

}  // namespace narvaro
