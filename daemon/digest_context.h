#pragma once
#include <string>
#include <vector>

#include "config/settings.h"
#include "daemon/labelling.h"
#include "digest/week.h"
#include "storage/store.h"

namespace narvaro {

/// What a digest says that the database keeps only the present of: the health of the sources, the
/// configuration, the program. Stored with the composition, so that the digest can be made again.
struct DigestContext {
    sys_seconds known_by;  ///< what was stored later is not in the digest
    std::vector<DigestSource> sources;
    std::vector<DigestEnding> endings;
    std::vector<std::string> rules;
    std::string program;
    std::string config_error;
    std::int64_t recipients = 0;
    std::string reply_to;
    int former_revision = 0;  ///< of the week before; 0: that week had no digest
    bool operator==(const DigestContext&) const = default;
};

/// As it is now. @param known_by  before the present instant, and before polls under way began
Result<DigestContext> present_context(const Settings& settings, const Store& store,
                                      const Labeller& labeller, IsoWeek week, sys_seconds now,
                                      sys_seconds known_by);

std::string to_json(const DigestContext& context);
/// @return Fault::storage for what to_json did not write
Result<DigestContext> parse_context(const std::string& json);

}  // namespace narvaro
