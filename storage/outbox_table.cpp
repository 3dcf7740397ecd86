#include "storage/outbox_table.h"

#include "storage/failure.h"

namespace narvaro {
namespace {

constexpr char kQueue[] = R"sql(
    INSERT INTO outbox (week, revision, recipient, language, message_id, bytes, state, queued_at,
                        next_attempt)
    VALUES (?1, ?2, ?3, ?4, ?5, CAST(?6 AS BLOB), 'waiting', ?7, ?7)
    ON CONFLICT (week, revision, recipient) DO NOTHING)sql";
constexpr char kNote[] =
    "INSERT INTO outbox_event (outbox_id, at, what, detail) VALUES (?1, ?2, ?3, ?4)";

constexpr char kAll[] = R"sql(
    SELECT id, week, revision, recipient, language, message_id, state, queued_at, attempts,
           answers_lost, next_attempt, last_try, error
    FROM outbox WHERE ?1 IS NULL OR week = ?1 ORDER BY week DESC, revision, id)sql";
constexpr char kInterrupted[] = R"sql(
    SELECT id, week, revision, recipient, language, message_id, state, queued_at, attempts,
           answers_lost, next_attempt, last_try, error
    FROM outbox WHERE state IN ('sending', 'handed') ORDER BY id)sql";
constexpr char kDue[] = R"sql(
    SELECT id, week, revision, recipient, language, message_id, state, queued_at, attempts,
           answers_lost, next_attempt, last_try, error
    FROM outbox WHERE state = 'waiting' AND (next_attempt <= ?1 OR next_attempt > ?2)
    ORDER BY id)sql";
constexpr char kAnyDue[] = R"sql(
    SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'waiting' AND next_attempt <= ?1)
        OR EXISTS (SELECT 1 FROM outbox WHERE state = 'waiting' AND next_attempt > ?2)
        OR EXISTS (SELECT 1 FROM outbox WHERE state IN ('sending', 'handed')))sql";
constexpr char kBytes[] = "SELECT bytes FROM outbox WHERE id = ?1 AND bytes IS NOT NULL";

// What will not be sent any more is not kept twice: the digest's files hold it.
constexpr char kStep[] = R"sql(
    UPDATE outbox SET
        state = ?3,
        bytes = CASE WHEN ?3 IN ('waiting', 'sending', 'handed') THEN bytes END,
        attempts = CASE WHEN ?9 THEN 0 ELSE attempts + (?3 = 'sending' OR ?8) END,
        answers_lost = answers_lost + ?6,
        next_attempt = ?5,
        last_try = CASE WHEN ?3 = 'sending' OR ?8 THEN ?4 ELSE last_try END,
        error = CASE WHEN ?3 = 'sent' THEN '' WHEN ?3 IN ('sending', 'handed') THEN error ELSE ?7 END
    WHERE id = ?1 AND state = ?2)sql";
constexpr char kEvents[] =
    "SELECT at, what, detail FROM outbox_event WHERE outbox_id = ?1 ORDER BY id";

StoredMail mail_in(const Query& row) {
    StoredMail mail;
    mail.id = row.integer(0);
    mail.week = parse_week(row.text(1)).value_or(IsoWeek{});
    mail.revision = static_cast<int>(row.integer(2));
    mail.recipient = row.text(3);
    mail.language = row.text(4);
    mail.message_id = row.text(5);
    mail.state = parse_mail_state(row.text(6)).value_or(MailState::unconfirmed);
    mail.queued_at = row.time(7);
    mail.attempts = static_cast<int>(row.integer(8));
    mail.answers_lost = static_cast<int>(row.integer(9));
    mail.next_attempt = row.maybe_time(10);
    mail.last_try = row.maybe_time(11);
    mail.error = row.text(12);
    return mail;
}

std::vector<StoredMail> all_of(Query row) {
    std::vector<StoredMail> mails;
    while (row.step()) mails.push_back(mail_in(row));
    return mails;
}

}  // namespace

std::int64_t queue_mail(Database& db, IsoWeek week, int revision, std::span<const QueuedMail> mails,
                        sys_seconds now) {
    std::int64_t queued = 0;
    for (const QueuedMail& mail : mails) {
        const bool added = db.run(kQueue, to_string(week), revision, mail.recipient, mail.language,
                                  mail.message_id, mail.bytes, now) > 0;
        if (!added) continue;
        db.run(kNote, db.last_row(), now, "queued", "");
        ++queued;
    }
    return queued;
}

std::vector<StoredMail> all_mails(Database& db, std::optional<IsoWeek> week) {
    return all_of(db.query(kAll, week ? std::optional{to_string(*week)} : std::nullopt));
}

std::vector<StoredMail> interrupted_mails(Database& db) { return all_of(db.query(kInterrupted)); }

bool mail_due(Database& db, sys_seconds now, seconds longest_wait) {
    Query row = db.query(kAnyDue, now, now + longest_wait);
    return row.step() && row.boolean(0);
}

std::vector<StoredMail> due_mails(Database& db, sys_seconds now, seconds longest_wait) {
    return all_of(db.query(kDue, now, now + longest_wait));
}

std::string mail_bytes(Database& db, std::int64_t id) {
    Query row = db.query(kBytes, id);
    if (!row.step()) refuse(Fault::not_found, "the message is not kept any more");
    return row.text(0);
}

bool step_mail(Database& db, const MailStep& step) {
    const bool stepped =
        db.run(kStep, step.id, name_of(step.from), name_of(step.to), step.at, step.next_attempt,
               step.answer_lost, step.detail, step.tried, step.begin_anew) > 0;
    if (stepped) db.run(kNote, step.id, step.at, step.what, step.detail);
    return stepped;
}

std::vector<MailEvent> mail_events(Database& db, std::int64_t id) {
    std::vector<MailEvent> events;
    Query row = db.query(kEvents, id);
    while (row.step()) events.push_back({row.time(0), row.text(1), row.text(2)});
    return events;
}

}  // namespace narvaro
