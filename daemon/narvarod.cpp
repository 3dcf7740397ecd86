// narvarod: the service.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <sys/prctl.h>
#include <vector>

#include "core/version.h"
#include "daemon/app.h"
#include "daemon/log.h"
#include "daemon/service.h"

namespace narvaro {
namespace {

constexpr int kUsage = 2;

int serve(const std::string& config) {
    // Tokens pass through this memory: no other process may read it, and no core file is left.
    ::prctl(PR_SET_DUMPABLE, 0);
    auto app = open_app(config);
    if (!app) return app.error();
    auto clock = clock_from_environment();
    asio::io_context loop;
    Service service{loop, std::move(app->settings), config_path(config), std::move(app->store),
                    std::move(*clock)};
    const auto ran = service.run();
    if (ran) return EXIT_SUCCESS;
    log::error("service cannot run", {{"what", ran.error().what}, {"remedy", ran.error().remedy}});
    return EXIT_FAILURE;
}

}  // namespace
}  // namespace narvaro

int main(int argc, char** argv) try {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.empty()) return narvaro::serve("");
    if (words.size() == 2 && words[0] == "--config") return narvaro::serve(words[1]);
    const bool version = words.size() == 1 && words[0] == "--version";
    if (version)
        std::cout << "narvarod " << narvaro::kVersion << "\n";
    else
        std::cerr << "usage: narvarod [--config FILE]\n";
    return version ? EXIT_SUCCESS : narvaro::kUsage;
} catch (const std::exception& e) {
    narvaro::log::error("service cannot go on", {{"what", e.what()}});
    return EXIT_FAILURE;
}
