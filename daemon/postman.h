#pragma once
#include <functional>
#include <memory>
#include <string>

#include "daemon/mailing.h"

namespace narvaro {

/// Sends what is due in the outbox while the service does other things: a round at a time, and says
/// in the journal how it went. One thread; outlives the loop's last turn.
class Postman {
  public:
    Postman(asio::io_context& loop, Store& store, Clock clock);

    /// Begins a round when something is due and nobody else sends; cheap when nothing is. The round
    /// holds what it is given.
    void see_to_it(std::shared_ptr<const Settings> settings, std::shared_ptr<MailSender> sender);

    /// Takes no further message. @param ended  called once, now or when the message under way has
    /// got its answer, but no later than in a few seconds: it would have to be sent again
    void finish(std::function<void()> ended);

  private:
    Task<void> send(std::shared_ptr<const Settings> settings, std::shared_ptr<MailSender> sender,
                    OutboxLock lock);
    void round_ended(bool broke_off);
    void tell_of(const MailingReport& report);

    asio::io_context& loop_;
    Store& store_;
    Clock clock_;
    asio::steady_timer patience_;
    bool sending_ = false;
    sys_seconds again_{};          ///< after a round that the database ended
    std::string fault_;            ///< as it was last said
    std::function<void()> ended_;  ///< set once no further message is taken
};

}  // namespace narvaro
