#pragma once
#include "connectors/smtp.h"
#include "storage/stored.h"

namespace narvaro {

/// The longest that a message waits before it is tried again.
inline constexpr seconds kLongestMailWait{4 * 3600};

/// Whether what went wrong is the server's or the configuration's, so that it would go wrong with
/// every other message too.
bool concerns_every_mail(const Delivery& delivery);

/// Whether a person must change the configuration, or the server's.
bool is_server_fault(const Delivery& delivery);

/// What becomes of a message after a delivery was tried.
/// @param mail  as it was before it was tried
/// @param from  where it stands now: `sending`, or `handed` when its end was given away
MailStep step_after(const StoredMail& mail, MailState from, const Delivery& delivery,
                    sys_seconds now);

/// What becomes of a message whose sender ended in the middle of it.
MailStep step_after_interruption(const StoredMail& mail, sys_seconds now);

}  // namespace narvaro
