#include "daemon/mail_step.h"

#include <algorithm>

namespace narvaro {
namespace {

constexpr seconds kFirstWait{60};
constexpr seconds kServerFaultWait{3600};
/// After so long, and so many tries, a temporary failure is none.
constexpr date::days kLongestTrying{5};
constexpr int kLeastTries = 8;

constexpr int kSizeExceeded = 552;
constexpr int kLoginWanted = 530;

constexpr char kSentAgain[] = "the server's answer was lost; sent again with the same Message-ID";
constexpr char kNotSentAgain[] =
    "the server's answer was lost again; it may have come twice, once "
    "or not at all, and is not sent again";

/// One minute, doubled with every try.
seconds wait_after(int tries) {
    seconds wait = kFirstWait;
    for (int i = 1; i < tries && wait < kLongestMailWait; ++i) wait *= 2;
    return std::min(wait, kLongestMailWait);
}

std::string words_of(const Delivery& delivery) {
    if (delivery.code == 0) return delivery.words;
    return std::to_string(delivery.code) + (delivery.words.empty() ? "" : " " + delivery.words);
}

bool is_permanent(const Delivery& delivery) { return delivery.code / 100 == 5; }

MailStep lost(const StoredMail& mail, sys_seconds now, sys_seconds next) {
    MailStep step{mail.id, MailState::handed, MailState::waiting, now, "answer lost", kSentAgain,
                  next};
    step.answer_lost = true;
    if (mail.answers_lost == 0) return step;
    step.to = MailState::unconfirmed;
    step.what = "unconfirmed";
    step.detail = kNotSentAgain;
    step.next_attempt.reset();
    return step;
}

}  // namespace

bool is_server_fault(const Delivery& delivery) {
    switch (delivery.stage) {
        case MailStage::tls:
            return true;
        case MailStage::connect:
            return is_permanent(delivery);
        case MailStage::login:
            return delivery.code == 0 || is_permanent(delivery);
        case MailStage::sender:
            return is_permanent(delivery) && delivery.code != kSizeExceeded;
        case MailStage::recipient:
        case MailStage::data:
            return delivery.code == kLoginWanted;
        case MailStage::answer:
        case MailStage::done:
            return false;
    }
    return false;
}

bool concerns_every_mail(const Delivery& delivery) {
    return is_server_fault(delivery) || delivery.stage == MailStage::connect ||
           delivery.stage == MailStage::login;
}

MailStep step_after(const StoredMail& mail, MailState from, const Delivery& delivery,
                    sys_seconds now) {
    const int tries = mail.attempts + 1;
    if (delivery.stage == MailStage::answer) return lost(mail, now, now + wait_after(tries));
    MailStep step{mail.id, from, MailState::waiting, now, "put off", words_of(delivery)};
    if (delivery.stage == MailStage::done) {
        step.to = MailState::sent;
        step.what = "sent";
        return step;
    }
    if (is_server_fault(delivery)) {
        // Days in which no message could get through say nothing of this one.
        step.next_attempt = now + kServerFaultWait;
        step.begin_anew = true;
        return step;
    }
    if (is_permanent(delivery)) {
        step.to = MailState::refused;
        step.what = "refused";
        return step;
    }
    if (now - mail.queued_at >= kLongestTrying && tries >= kLeastTries) {
        step.to = MailState::refused;
        step.what = "given up";
        step.detail = "tried for 5 days; at last: " + step.detail;
        return step;
    }
    step.next_attempt = now + wait_after(tries);
    return step;
}

MailStep step_after_interruption(const StoredMail& mail, sys_seconds now) {
    if (mail.state == MailState::handed) return lost(mail, now, now);
    return {mail.id, MailState::sending, MailState::waiting,
            now,     "interrupted",      "the program ended before the message was handed over",
            now};
}

}  // namespace narvaro
