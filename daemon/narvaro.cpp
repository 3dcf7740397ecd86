// narvaro: everything by hand, and why.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <sys/prctl.h>
#include <type_traits>
#include <variant>

#include "daemon/app.h"
#include "daemon/command_line.h"
#include "daemon/commands/commands.h"

namespace narvaro {
namespace {

/// Commands that need no database.
template <class T>
constexpr bool kStandsAlone =
    std::is_same_v<T, CheckCommand> || std::is_same_v<T, RestoreCommand> ||
    std::is_same_v<T, FeedCommand> || std::is_same_v<T, ClassifyCommand> ||
    std::is_same_v<T, RulesTestCommand>;

int run_command(const CommandLine& line) {
    return std::visit(
        [&](const auto& command) {
            using T = std::decay_t<decltype(command)>;
            if constexpr (std::is_same_v<T, FeedCommand>) {
                return run(command);
            } else if constexpr (kStandsAlone<T>) {
                return run(command, line.config);
            } else {
                auto app = open_app(line.config);
                return app ? run(command, *app) : app.error();
            }
        },
        line.command);
}

}  // namespace
}  // namespace narvaro

int main(int argc, char** argv) try {
    // Tokens are in memory: a core dump must not hold them, nor another process read them.
    ::prctl(PR_SET_DUMPABLE, 0);
    const auto line = narvaro::parse_command_line(argc, argv);
    if (const int* status = std::get_if<int>(&line)) return *status;
    return narvaro::run_command(std::get<narvaro::CommandLine>(line));
} catch (const std::exception& e) {
    std::cerr << "narvaro: cannot go on: " << e.what() << "\n";
    return EXIT_FAILURE;
}
