#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>

#include <boost/asio/signal_set.hpp>

#include "config/settings.h"
#include "connectors/http_client.h"
#include "core/coro.h"
#include "daemon/clock.h"
#include "daemon/digest_duty.h"
#include "daemon/due_queue.h"
#include "daemon/labelling.h"
#include "daemon/poller.h"
#include "daemon/postman.h"
#include "daemon/rejudging.h"
#include "storage/store.h"

namespace narvaro {

/// narvarod's loop: polls what is due, judges, composes the digest at its hour and mails it, beats
/// the watchdog.
/// One thread; everything it knows of the future (next polls, composed digests) stands in the
/// database.
class Service {
  public:
    Service(asio::io_context& loop, Settings settings, std::filesystem::path config, Store store,
            Clock clock);

    /// Runs until SIGTERM or SIGINT. @return an error when the database is out of reach at the
    /// start
    Result<void> run();

  private:
    /// What a configuration brings with it; replaced whole by a reload, and kept by polls under
    /// way.
    struct Setup {
        Setup(asio::io_context& loop, Settings given, Store& store);
        Settings settings;
        HttpClient http;
        Smtp smtp;
        Poller poller;
        Labeller labeller;
        std::map<std::string, const ConfiguredSource*> sources;  ///< by id
        DueQueue due;
    };

    Result<void> note_first_start();
    Result<void> plan_polls(Setup& setup);
    Result<void> load(Settings settings);
    void reload();
    void wait_for_signals();
    void tick();
    void start_due_polls();
    void note_broken_off(const std::string& id, const std::exception_ptr& error);
    void start_poll(const ConfiguredSource& source);
    Task<void> poll(std::shared_ptr<Setup> setup, const ConfiguredSource* source, PollOrder order);
    void rejudge_when_due();
    void rejudge_slice();
    void finish_poll(const Setup& setup, const PollReport& report);
    /// Plans the source's next poll with the setup of today, if that still has it.
    void plan_next(const std::string& source, sys_seconds due);
    bool label_what_is_new();
    bool polls_have_settled();
    void note_network(const Setup& setup);
    void compose_due_digest();
    sys_seconds known_by() const;
    void send_due_mail();
    void beat();

    asio::io_context& loop_;
    std::filesystem::path config_;
    Store store_;
    Clock clock_;
    DigestDuty digests_;
    std::shared_ptr<Setup> setup_;
    std::map<std::string, sys_seconds> polling_;  ///< polls under way, and when each began
    std::optional<sys_seconds> unsettled_since_;  ///< since when polls were due or under way
    bool labels_due_ = true;  ///< posts or rules may have come since labels were last looked at
    sys_seconds last_tick_{};
    bool network_down_ = false;  ///< as it was last said
    asio::signal_set signals_;
    asio::steady_timer ticker_;
    asio::steady_timer watchdog_;
    sys_seconds first_started_{};
    /// The archive being judged again, and the configuration that it belongs to.
    std::unique_ptr<Rejudging> rejudging_;
    sys_seconds look_for_rejudging_{};
    Postman postman_;
    bool stopping_ = false;
};

}  // namespace narvaro
