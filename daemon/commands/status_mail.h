#pragma once
#include <nlohmann/json_fwd.hpp>

#include "daemon/app.h"
#include "daemon/mailing.h"

namespace narvaro {

/// What of the newest mailed week has not come through, and what is wrong with the mail server.
struct MailStatus {
    std::optional<MailServerFault> fault;
    std::vector<StoredMail> open;  ///< waiting, refused, or without an answer
};

Result<MailStatus> mail_status(const Store& store);
nlohmann::ordered_json mail_json(const MailStatus& status);
void print_mail(const MailStatus& status, const Zone& zone);

}  // namespace narvaro
