// narvaro poll: polls now, once, and says of each failure which source, what happened and what to
// do.
#include <algorithm>
#include <deque>
#include <iostream>

#include "connectors/http_client.h"
#include "daemon/commands/commands.h"
#include "daemon/environment.h"
#include "daemon/labelling.h"
#include "daemon/network.h"
#include "daemon/poller.h"
#include "daemon/progress.h"
#include "daemon/rejudging.h"
#include "daemon/run_loop.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

/// The named sources, or all; empty with a complaint when a name is unknown.
std::optional<std::vector<const ConfiguredSource*>> chosen(const PollCommand& command,
                                                           const Settings& settings) {
    std::vector<const ConfiguredSource*> out;
    for (const std::string& name : command.sources) {
        const auto found =
            std::find_if(settings.sources.begin(), settings.sources.end(),
                         [&](const ConfiguredSource& s) { return s.source.id == name; });
        if (found == settings.sources.end()) {
            std::string allowed;
            for (const auto& s : settings.sources)
                allowed += (allowed.empty() ? "" : ", ") + s.source.id;
            complain({Fault::usage,
                      "there is no source \"" + name + "\"; configured: " + allowed,
                      "",
                      {}});
            return {};
        }
        out.push_back(&*found);
    }
    if (out.empty()) {
        for (const ConfiguredSource& s : settings.sources) out.push_back(&s);
    }
    return out;
}

/// How far back history is read when nobody says: the year before the first plan.
sys_seconds default_since(const App& app) {
    if (app.settings.plans.empty()) return app.now - std::chrono::hours{2 * 366 * 24};
    const date::year_month_day from{app.settings.plans.front().from};
    return app.zone.start_of(date::local_days{(from.year() - date::years{1}) / 1 / 1});
}

/// Polls every chosen source side by side; a host is asked one thing at a time by the client.
class PollRun {
  public:
    PollRun(App& app, const PollCommand& command)
        : app_(app),
          command_(command),
          http_(loop_, http_options(app.settings)),
          poller_(http_, app.settings, app.store, process_environment()) {}

    std::vector<PollReport> run(const std::vector<const ConfiguredSource*>& sources,
                                sys_seconds since) {
        left_.assign(sources.begin(), sources.end());
        for (std::size_t i = 0; i < std::min(sources.size(), kPollsAtOnce); ++i) {
            asio::co_spawn(loop_, work(since), [this](const std::exception_ptr& error) {
                if (error && !failure_) failure_ = error;
            });
        }
        loop_.run();
        if (failure_) std::rethrow_exception(failure_);
        return std::move(reports_);
    }

  private:
    Task<void> work(sys_seconds since) {
        while (!left_.empty()) {
            const ConfiguredSource* source = left_.front();
            left_.pop_front();
            co_await one(*source, since);
        }
    }

    Task<void> one(const ConfiguredSource& source, sys_seconds since) {
        PollOrder order{app_.now, {}, command_.force};
        PollReport report = co_await poller_.poll(source, std::move(order));
        reports_.push_back(std::move(report));
        if (!command_.backfill) co_return;
        Progress& bar = bars_.emplace_back(source.source.id + ": history", progress_total(since));
        PollReport history = co_await poller_.backfill(
            source, since, app_.now, [&](std::size_t posts, std::optional<sys_seconds> oldest) {
                const auto reached = oldest ? app_.now - *oldest : seconds{0};
                bar.set(static_cast<std::size_t>(std::max<std::int64_t>(reached.count(), 0)),
                        std::to_string(posts) + " posts");
            });
        reports_.push_back(std::move(history));
    }

    std::size_t progress_total(sys_seconds since) const {
        return static_cast<std::size_t>(std::max<std::int64_t>((app_.now - since).count(), 1));
    }

    App& app_;
    const PollCommand& command_;
    asio::io_context loop_;
    HttpClient http_;
    Poller poller_;
    std::deque<const ConfiguredSource*> left_;
    std::vector<PollReport> reports_;
    std::deque<Progress> bars_;
    std::exception_ptr failure_;
};

void print(const PollReport& report, const Zone& zone) {
    for (const std::string& warning : report.warnings) {
        std::cerr << "narvaro: source " << report.source << ": " << harmless_line(warning) << "\n";
    }
    const std::string again =
        report.next_poll ? zone.format(*report.next_poll).substr(0, 16).replace(10, 1, " ") : "";
    if (report.put_off) {
        std::cerr << "narvaro: source " << report.source
                  << ": not asked, its host wants to be left alone until " << again << "\n";
    }
    for (Error failure : report.failures) {
        if (failure.remedy.empty() && !again.empty()) {
            failure.remedy = "nothing for you to do: it is tried again at " + again;
        }
        complain(failure);
    }
    if (report.network_down) {
        std::cerr << "    -> no host can be reached: this machine's network seems to be down\n";
    }
    if (report.token_warning) {
        std::cerr << "narvaro: source " << report.source << ": "
                  << harmless_line(report.token_warning->what) << "\n    -> "
                  << report.token_warning->remedy << "\n";
    }
    if (!report.stored) return;
    std::cout << report.source << ": " << report.posts_new << " new, " << report.posts_revised
              << " changed, " << report.samples_new << " figures\n";
}

}  // namespace

int run(const PollCommand& command, App& app) {
    const auto sources = chosen(command, app.settings);
    if (!sources) return kExitUsage;
    sys_seconds since = default_since(app);
    if (!command.since.empty()) {
        const auto day = parse_date(command.since);
        if (!day) {
            return complain({Fault::usage,
                             "--since: \"" + command.since + "\" is not a date",
                             "write it as 2020-01-01",
                             {}});
        }
        since = app.zone.start_of(*day);
    }
    bool well = true;
    for (const PollReport& report : PollRun{app, command}.run(*sources, since)) {
        print(report, app.zone);
        well = well && report.failures.empty();
    }
    const Labeller labeller{app.settings.rules};
    const auto labelled = labeller.run(app.store, app.now);
    if (!labelled) return complain(labelled.error());
    const auto again = rejudge_archive(labeller, app.store, app.now);
    if (!again) return complain(again.error());
    return well ? kExitWell : kExitFailed;
}

}  // namespace narvaro
