// narvaro backup: a consistent copy of the database, while the service runs.
#include <iostream>

#include "daemon/commands/commands.h"

namespace narvaro {

int run(const BackupCommand& command, App& app) {
    const auto copied = app.store.backup_to(command.file);
    if (!copied) return complain(copied.error());
    std::cout << database_file(app.settings).string() << " copied to " << command.file << "\n";
    return kExitWell;
}

}  // namespace narvaro
