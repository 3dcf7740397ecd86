// narvaro check: validates configuration, plans and rules; with --environment also what they lean
// on.
#include <iostream>

#include "connectors/http_client.h"
#include "daemon/clock.h"
#include "daemon/commands/commands.h"
#include "daemon/environment.h"
#include "daemon/mailing.h"
#include "daemon/meta_access.h"
#include "daemon/poller.h"
#include "daemon/run_loop.h"

namespace narvaro {
namespace {

/// A secret that is configured must be there and readable.
bool check_secret(const std::optional<SecretRef>& ref, const std::string& what) {
    if (!ref) return true;
    const auto secret = resolve(*ref, process_environment());
    if (secret) return true;
    complain({secret.error().fault, what + ": " + secret.error().what, secret.error().remedy, {}});
    return false;
}

bool check_secrets(const Settings& settings) {
    bool well = check_secret(settings.meta.token, "[meta] token");
    well = check_secret(settings.meta.app_secret, "[meta] app_secret") && well;
    for (const ConfiguredSource& s : settings.sources) {
        well = check_secret(s.token, "source " + s.source.id + ": token") && well;
    }
    return well;
}

bool check_database(const Settings& settings) {
    std::error_code made;
    std::filesystem::create_directories(settings.state, made);
    const auto store = Store::open(database_file(settings), OpenMode::read_write);
    if (!store) {
        complain(store.error());
        return false;
    }
    const auto found = store->quick_check();
    if (found && *found == "ok") return true;
    complain(found ? Error{Fault::storage, "database: " + *found, "restore the newest backup", {}}
                   : found.error());
    return false;
}

/// Asks each feed once, and stores nothing.
bool check_feeds(const Settings& settings) {
    bool well = true;
    asio::io_context loop;
    HttpOptions options;
    options.private_hosts = configured_hosts(settings);
    HttpClient http{loop, options};
    for (const ConfiguredSource& s : settings.sources) {
        const bool feed =
            s.source.kind == SourceKind::website || s.source.kind == SourceKind::press;
        if (!feed) continue;
        PollRequest request;
        request.source = s.source;
        request.now = date::floor<seconds>(std::chrono::system_clock::now());
        const auto seen = run_on(loop, connector_for(s.source.kind).poll(http, std::move(request)));
        if (seen) {
            std::cout << "source " << s.source.id << ": " << seen->posts.size() << " items\n";
            continue;
        }
        complain(seen.error());
        well = false;
    }
    return well;
}

/// Connects to the mail server and logs in; sends nothing.
bool check_mail(const Settings& settings) {
    if (!sends_mail(settings)) return true;
    const auto server = mail_server(settings, process_environment());
    if (!server) {
        complain(server.error());
        return false;
    }
    asio::io_context loop;
    Smtp smtp{loop};
    const Delivery met = run_on(loop, smtp.knock(*server));
    if (met.stage == MailStage::done) {
        std::cout << "mail server: answers\n";
        return true;
    }
    complain(mail_error(met));
    return false;
}

}  // namespace

int run(const CheckCommand& command, const std::string& config) {
    const auto settings = read_settings(config);
    if (!settings) return settings.error();
    for (const Plan& plan : settings->plans) {
        for (const std::string& remark : plan_remarks(plan, *settings)) {
            std::cerr << "plan " << plan.id << ": " << remark << "\n";
        }
    }
    const auto clock = clock_from_environment();
    if (!clock) return complain(clock.error());
    const sys_seconds now = (*clock)();
    for (const MetaEnding& ending : meta_endings(*settings, now)) {
        std::cerr << "[meta] " << to_line(ending, now) << "\n";
    }
    bool well = true;
    if (command.environment) {
        well = check_secrets(*settings);
        well = check_database(*settings) && well;
        well = check_feeds(*settings) && well;
        well = check_mail(*settings) && well;
    }
    std::size_t targets = 0;
    for (const Plan& plan : settings->plans) targets += plan.targets.size();
    std::cout << settings->file.string() << ": " << (well ? "sound" : "sound, but see above")
              << "; " << settings->sources.size() << " sources, " << targets << " targets, "
              << settings->rules.labels.size() + 1 << " labels\n";
    return well ? kExitWell : kExitFailed;
}

}  // namespace narvaro
