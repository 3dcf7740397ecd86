// narvaro doctor: looks through the whole database for damage.
#include <iostream>

#include "daemon/commands/commands.h"

namespace narvaro {

int run(const DoctorCommand& /*command*/, App& app) {
    const auto found = app.store.quick_check();
    if (!found) return complain(found.error());
    if (*found == "ok") {
        std::cout << database_file(app.settings).string() << ": sound\n";
        return kExitWell;
    }
    return complain({Fault::storage,
                     database_file(app.settings).string() + ": " + *found,
                     "stop the service and restore the newest backup",
                     {}});
}

}  // namespace narvaro
