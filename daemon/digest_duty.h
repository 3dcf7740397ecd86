#pragma once
#include <optional>

#include "daemon/digest_compose.h"
#include "daemon/labelling.h"

namespace narvaro {

/// Sees to it that each week's digest is composed once and archived: at its hour, or as soon as it
/// can be when the hour was missed.
class DigestDuty {
  public:
    explicit DigestDuty(Store& store) : store_(store) {}

    struct Now {
        sys_seconds at;
        sys_seconds known_by;  ///< before polls under way began: see present_context
        sys_seconds since;     ///< digests that were due before are nobody's
    };
    /// One digest at most; cheap when none is due. Failures are said in the log, and tried again
    /// after a minute.
    void see_to_it(const Settings& settings, const Labeller& labeller, const Now& now);

  private:
    Result<void> compose(const Settings& settings, const Labeller& labeller,
                         const DigestMoment& moment, sys_seconds known_by);
    Result<void> next_step(const Settings& settings, const Labeller& labeller, const Now& now);
    Result<void> archive_newest(const Settings& settings);

    Store& store_;
    sys_seconds again_{};              ///< after a failure
    std::optional<IsoWeek> archived_;  ///< whose digest is in its place
};

}  // namespace narvaro
