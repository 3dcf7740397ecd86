// narvaro-sandbox: the platforms on loopback, with a clock that can be turned.
#include <csignal>
#include <fstream>
#include <iostream>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "client.h"
#include "config_files.h"
#include "core/version.h"
#include "sandbox.h"
#include "truth.h"

namespace narvaro::sandbox {
namespace {

constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;

struct Words {
    std::uint16_t port = 0;
    std::string port_file;
    std::string clock;
    bool exit_with_parent = false;
    std::string url;
    std::string instant;
    std::string state;
    std::string out;
    std::string plan;
    bool app_secret = false;
};

int complain(const Error& error) {
    std::cerr << "narvaro-sandbox: " << error.what << "\n";
    if (!error.remedy.empty()) std::cerr << "    -> " << error.remedy << "\n";
    return error.fault == Fault::usage ? kExitUsage : kExitFailed;
}

Result<sys_seconds> instant_of(const std::string& text) {
    if (const auto instant = parse_instant(text)) return *instant;
    return fail(Fault::usage, "\"" + text + "\" is no instant", "write it as 2021-06-15T06:00:00Z");
}

/// The whole file appears at once: who waits for it never reads half a number.
bool write_port(const std::string& file, std::uint16_t port) {
    const std::string fresh = file + ".new";
    std::ofstream{fresh} << port << "\n";
    return std::rename(fresh.c_str(), file.c_str()) == 0;
}

int serve(const Words& words) {
    const auto clock = instant_of(words.clock);
    if (!clock) return complain(clock.error());
    const pid_t parent = ::getppid();
    if (words.exit_with_parent) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent) return 0;  // it ended before it could be watched
    }
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    auto sandbox = Sandbox::start(words.port, *clock);
    if (!sandbox) return complain(sandbox.error());
    if (!words.port_file.empty() && !write_port(words.port_file, (*sandbox)->port())) {
        return complain({Fault::usage, "cannot write " + words.port_file, "", {}});
    }
    std::cout << (*sandbox)->url() << std::endl;
    int signal = 0;
    ::sigwait(&ends, &signal);
    return 0;
}

int set_clock(const Words& words) {
    const auto clock = instant_of(words.instant);
    if (!clock) return complain(clock.error());
    const auto port = port_of(words.url);
    if (!port) return complain(port.error());
    const auto reply = ask(*port, "POST", "/sandbox/clock", words.instant);
    if (!reply) return complain(reply.error());
    if (reply->status == 200) return 0;
    return complain({Fault::bad_reply, "the sandbox said: " + reply->body, "", {}});
}

int print_truth(const Words& words) {
    const auto as_of = instant_of(words.instant);
    if (!as_of) return complain(as_of.error());
    std::cout << truth(*as_of).dump(2) << "\n";
    return 0;
}

int write_files(const Words& words) {
    const auto port = port_of(words.url);
    if (!port) return complain(port.error());
    const auto done = write_config({"http://127.0.0.1:" + std::to_string(*port), words.state,
                                    words.out, words.plan, words.app_secret});
    return done ? 0 : complain(done.error());
}

int run(int argc, char** argv) {
    Words words;
    CLI::App app{"The platforms that narvaro reads, simulated on loopback for tests."};
    app.set_version_flag("--version", std::string{"narvaro-sandbox "} + NARVARO_VERSION);
    app.require_subcommand(1);

    CLI::App* server = app.add_subcommand("serve", "run until SIGTERM or SIGINT");
    server->add_option("--port", words.port, "port of loopback; 0: any that is free");
    server->add_option("--port-file", words.port_file, "file that gets the port once it is open");
    server->add_option("--clock", words.clock, "what exists: nothing that is later")->required();
    server->add_flag("--exit-with-parent", words.exit_with_parent, "end when the caller ends");

    CLI::App* clock = app.add_subcommand("clock", "set the clock of a running sandbox");
    clock->add_option("--url", words.url, "as `serve` printed it")->required();
    clock->add_option("INSTANT", words.instant, "2021-06-15T06:00:00Z")->required();

    CLI::App* truths = app.add_subcommand("truth", "print what the targets truly come to");
    truths->add_option("--as-of", words.instant, "2021-06-30T21:59:59Z")->required();

    CLI::App* config = app.add_subcommand("config", "write a configuration for narvaro");
    config->add_option("--url", words.url, "as `serve` printed it")->required();
    config->add_option("--state", words.state, "folder of narvaro's database")->required();
    config->add_option("--out", words.out, "folder that gets the files")->required();
    config->add_option("--plan", words.plan, "plan file to name")->required();
    config->add_flag("--app-secret", words.app_secret, "also configure app_id and app_secret");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : kExitUsage;
    }
    if (*server) return serve(words);
    if (*clock) return set_clock(words);
    if (*truths) return print_truth(words);
    return write_files(words);
}

}  // namespace
}  // namespace narvaro::sandbox

int main(int argc, char** argv) {
    try {
        return narvaro::sandbox::run(argc, argv);
    } catch (const std::exception& e) {
        std::cerr << "narvaro-sandbox: " << e.what() << "\n";
        return EXIT_FAILURE;
    }
}
