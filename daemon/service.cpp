#include "daemon/service.h"

#include <csignal>

#include "config/problem.h"
#include "daemon/app.h"
#include "daemon/environment.h"
#include "daemon/log.h"
#include "daemon/network.h"
#include "daemon/notify.h"
#include "daemon/schedule.h"

namespace narvaro {
namespace {

/// How often the loop looks at the wall clock: timers do not see it jump.
constexpr std::chrono::seconds kTick{1};

/// How soon rules that changed, or a judging that failed, are seen to.
constexpr std::chrono::minutes kLookForRejudging{1};
/// Less than this is a clock that is being kept right.
constexpr std::chrono::minutes kClockSetBack{1};

/// How long a digest waits for polls.
constexpr std::chrono::minutes kWaitForPolls{15};

constexpr char kConfigError[] = "config_error";
constexpr char kNetworkDownSince[] = "network_down_since";
/// Digests that were due before the first start are nobody's.
constexpr char kFirstStarted[] = "first_started";

void log_failure(const std::string& of_what, const Error& error) {
    const log::Fields fields{
        {"fault", name_of(error.fault)}, {"what", error.what}, {"remedy", error.remedy}};
    const bool needs_a_person = error.fault == Fault::auth || error.fault == Fault::permission ||
                                error.fault == Fault::config || error.fault == Fault::storage;
    if (needs_a_person)
        log::error(of_what + " failed", fields);
    else
        log::warning(of_what + " failed", fields);
}

}  // namespace

Service::Setup::Setup(asio::io_context& loop, Settings given, Store& store)
    : settings(std::move(given)),
      http(loop, http_options(settings)),
      smtp(loop),
      poller(http, settings, store, process_environment()),
      labeller(settings.rules) {
    for (const ConfiguredSource& s : settings.sources) sources.emplace(s.source.id, &s);
}

Service::Service(asio::io_context& loop, Settings settings, std::filesystem::path config,
                 Store store, Clock clock)
    : loop_(loop),
      config_(std::move(config)),
      store_(std::move(store)),
      clock_(std::move(clock)),
      digests_(store_),
      setup_(std::make_shared<Setup>(loop, std::move(settings), store_)),
      signals_(loop, SIGTERM, SIGINT, SIGHUP),
      ticker_(loop),
      watchdog_(loop),
      postman_(loop, store_, clock_) {}

Result<void> Service::run() {
    if (const auto planned = plan_polls(*setup_); !planned) return planned;
    if (const auto cleared = store_.set_service_state(kConfigError, std::nullopt); !cleared) {
        return cleared;
    }
    if (const auto noted = note_first_start(); !noted) return noted;
    wait_for_signals();
    notify_ready(std::to_string(setup_->settings.sources.size()) + " sources");
    log::info("service started", {{"sources", std::to_string(setup_->settings.sources.size())}});
    beat();
    tick();
    loop_.run();
    log::info("service stopped");
    return {};
}

Result<void> Service::note_first_start() {
    const auto noted = store_.service_state(kFirstStarted);
    if (!noted) return tl::unexpected{noted.error()};
    first_started_ = clock_();
    if (*noted) first_started_ = parse_instant(**noted).value_or(first_started_);
    return store_.set_service_state(kFirstStarted, format_utc(first_started_));
}

/// Makes the sources known and reads when each is due; one that was never polled gets its own
/// second.
Result<void> Service::plan_polls(Setup& setup) {
    if (const auto known = store_.sync_sources(sources_of(setup.settings)); !known) return known;
    for (const ConfiguredSource& s : setup.settings.sources) {
        const auto status = store_.status(s.source.id);
        if (!status) return tl::unexpected{status.error()};
        // A clock that was set back must not silence a source for longer than its interval.
        const sys_seconds latest = clock_() + std::max<seconds>(kLongestWait, s.source.every * 2);
        const sys_seconds due = next_due(*status).value_or(first_poll(s.source, clock_()));
        setup.due.put(s.source.id, std::min(due, latest));
    }
    return {};
}

void Service::wait_for_signals() {
    signals_.async_wait([this](const boost::system::error_code& error, int signal) {
        if (error) return;
        if (signal == SIGHUP) {
            reload();
            wait_for_signals();
            return;
        }
        stopping_ = true;
        notify_stopping();
        log::info("service stopping", {{"signal", std::to_string(signal)}});
        postman_.finish([this] { loop_.stop(); });
    });
}

void Service::reload() {
    notify_reloading();
    auto settings = load_settings(config_);
    std::string mistakes;
    if (settings) {
        const auto loaded = load(std::move(*settings));
        if (!loaded) mistakes = loaded.error().what;
    } else {
        for (const Problem& problem : settings.error()) {
            mistakes += (mistakes.empty() ? "" : "; ") + to_string(problem);
        }
    }
    if (mistakes.empty())
        log::info("configuration reloaded");
    else
        log::error("configuration refused", {{"what", mistakes}, {"remedy", "narvaro check"}});
    const auto noted = store_.set_service_state(
        kConfigError, mistakes.empty() ? std::nullopt : std::optional{mistakes});
    if (!noted) log_failure("noting the configuration", noted.error());
    notify_ready(mistakes.empty() ? "configuration reloaded" : "new configuration refused");
}

Result<void> Service::load(Settings settings) {
    auto setup = std::make_shared<Setup>(loop_, std::move(settings), store_);
    if (const auto planned = plan_polls(*setup); !planned) return planned;
    rejudging_.reset();  // it holds the former rules
    look_for_rejudging_ = {};
    setup_ = std::move(setup);  // polls under way keep the former one
    labels_due_ = true;         // its rules may be others
    return {};
}

void Service::tick() {
    if (stopping_) return;
    if (clock_() + kClockSetBack < last_tick_) {
        log::warning("the clock was set back",
                     {{"by", std::to_string((last_tick_ - clock_()).count()) + " s"}});
        if (const auto planned = plan_polls(*setup_); !planned)
            log_failure("planning polls", planned.error());
    }
    last_tick_ = clock_();
    start_due_polls();
    rejudge_when_due();
    const bool labelled = label_what_is_new();
    // What is stored in this second is known from the next one on.
    if (!labelled && polls_have_settled()) compose_due_digest();
    send_due_mail();
    ticker_.expires_after(kTick);
    ticker_.async_wait([this](const boost::system::error_code& error) {
        if (!error) tick();
    });
}

void Service::start_due_polls() {
    if (stopping_ || polling_.size() >= kPollsAtOnce) return;
    // What is taken out here is planned again when its poll has ended.
    for (const std::string& id : setup_->due.take_due(clock_(), kPollsAtOnce - polling_.size())) {
        if (polling_.emplace(id, clock_()).second) start_poll(*setup_->sources.at(id));
    }
}

void Service::start_poll(const ConfiguredSource& source) {
    const std::string& id = source.source.id;
    PollOrder order{clock_()};
    order.by_service = true;
    if (const auto status = store_.status(id)) order.beat = due_beat(*status, order.now);
    const auto ended = [this, id](const std::exception_ptr& error) {
        const bool was_full = polling_.size() >= kPollsAtOnce;
        polling_.erase(id);
        if (error) note_broken_off(id, error);
        if (was_full) start_due_polls();
    };
    asio::co_spawn(loop_, poll(setup_, &source, std::move(order)), ended);
}

void Service::note_broken_off(const std::string& id, const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& e) {
        log::error("poll broke off", {{"source", id}, {"what", e.what()}});
        plan_next(id, clock_() + std::chrono::minutes{10});
    }
}

Task<void> Service::poll(std::shared_ptr<Setup> setup, const ConfiguredSource* source,
                         PollOrder order) {
    const PollReport report = co_await setup->poller.poll(*source, std::move(order));
    finish_poll(*setup, report);
}

/// Looks at all that is new since it last ran: once for the polls of a tick, not once for each.
/// @return whether it looked
bool Service::label_what_is_new() {
    if (!labels_due_) return false;
    labels_due_ = false;
    if (const auto labelled = setup_->labeller.run(store_, clock_()); !labelled) {
        log_failure("labelling", labelled.error());
    }
    return true;
}

void Service::finish_poll(const Setup& setup, const PollReport& report) {
    note_network(setup);
    if (!report.network_down) {
        for (const Error& failure : report.failures) log_failure("poll", failure);
    }
    if (report.token_warning) {
        log::warning("token needs a person", {{"source", report.source},
                                              {"what", report.token_warning->what},
                                              {"remedy", report.token_warning->remedy}});
    }
    if (report.posts_new + report.posts_revised > 0) {
        log::info("posts stored", {{"source", report.source},
                                   {"new", std::to_string(report.posts_new)},
                                   {"changed", std::to_string(report.posts_revised)}});
    }
    labels_due_ = labels_due_ || report.posts_new + report.posts_revised > 0;
    // The database does not answer: it is asked again in a minute.
    const sys_seconds in_a_minute = clock_() + std::chrono::minutes{1};
    const bool later = report.next_poll && *report.next_poll > clock_();
    plan_next(report.source, later ? *report.next_poll : in_a_minute);
}

void Service::plan_next(const std::string& source, sys_seconds due) {
    if (setup_->sources.contains(source)) setup_->due.put(source, due);
}

void Service::note_network(const Setup& setup) {
    const auto since = setup.poller.network_down_since();
    if (since.has_value() == network_down_) return;
    network_down_ = since.has_value();
    if (network_down_)
        log::warning("no host can be reached", {{"remedy", "check this machine's network"}});
    else
        log::info("hosts can be reached again");
    const auto noted = store_.set_service_state(
        kNetworkDownSince, since ? std::optional{format_utc(*since)} : std::nullopt);
    if (!noted) log_failure("noting the network", noted.error());
}

void Service::rejudge_when_due() {
    if (rejudging_ || clock_() < look_for_rejudging_) return;
    look_for_rejudging_ = clock_() + kLookForRejudging;
    const auto due = Rejudging::is_due(setup_->labeller, store_);
    if (!due) return log_failure("judging the archive", due.error());
    if (!*due) return;
    log::info("judging the archive again");
    rejudging_ = std::make_unique<Rejudging>(setup_->labeller, store_);
    rejudge_slice();
}

/// One slice, and back to the loop, which meanwhile serves whoever waits.
void Service::rejudge_slice() {
    if (!rejudging_ || stopping_) return;
    const auto done = rejudging_->step(clock_());
    if (!done) {
        log_failure("judging the archive", done.error());
        rejudging_.reset();  // begins again after kLookForRejudging
        return;
    }
    if (!*done) {
        asio::post(loop_, [this] { rejudge_slice(); });
        return;
    }
    log::info("archive judged again", {{"posts", std::to_string(rejudging_->posts())},
                                       {"changed", std::to_string(rejudging_->changed())}});
    rejudging_.reset();
}

/// A digest waits for polls that are due or under way: after days of being away it is to hold what
/// they bring. Not for ever: with very many sources some poll is always due.
bool Service::polls_have_settled() {
    if (polling_.empty() && !setup_->due.has_due(clock_())) {
        unsettled_since_.reset();
        return true;
    }
    if (!unsettled_since_ || *unsettled_since_ > clock_()) unsettled_since_ = clock_();
    return clock_() - *unsettled_since_ >= kWaitForPolls;
}

void Service::compose_due_digest() {
    digests_.see_to_it(setup_->settings, setup_->labeller, {clock_(), known_by(), first_started_});
}

/// What polls under way will store is dated from their beginning, and is not in the digest: else it
/// could not be made again.
sys_seconds Service::known_by() const {
    sys_seconds earliest = clock_();
    for (const auto& [id, began] : polling_) earliest = std::min(earliest, began);
    return earliest - seconds{1};
}

void Service::send_due_mail() {
    postman_.see_to_it({setup_, &setup_->settings}, {setup_, &setup_->smtp});
}

/// A beat proves that the loop turns and the database answers.
void Service::beat() {
    const auto interval = watchdog_interval();
    if (!interval) return;
    if (const auto alive = store_.alive(); alive)
        notify_watchdog();
    else
        log_failure("look at the database", alive.error());
    watchdog_.expires_after(*interval);
    watchdog_.async_wait([this](const boost::system::error_code& error) {
        if (!error) beat();
    });
}

}  // namespace narvaro
