// narvaro restore: a backup takes the place of the database, which may be damaged.
#include <iostream>
#include <sys/stat.h>

#include "daemon/commands/commands.h"

namespace narvaro {

int run(const RestoreCommand& command, const std::string& config) {
    ::umask(0027);
    const auto settings = read_settings(config);
    if (!settings) return settings.error();
    std::error_code made;  // a folder that cannot be made is told by the copy
    std::filesystem::create_directories(settings->state, made);
    const std::filesystem::path file = database_file(*settings);
    const auto former = Store::restore(command.file, file);
    if (!former) return complain(former.error());
    std::cout << file.string() << " restored from " << command.file << "\n";
    if (*former) std::cout << "the former database is kept as " << (*former)->string() << "\n";
    return kExitWell;
}

}  // namespace narvaro
