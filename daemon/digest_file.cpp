#include "daemon/digest_file.h"

#include <fmt/format.h>

#include "core/stable_hash.h"
#include "daemon/file.h"
#include "daemon/schedule.h"

namespace narvaro {

Result<WrittenDigest> write_digest(const Settings& settings, const DigestWeek& digest) {
    const auto directory = settings.state / "digests";
    const std::string text = render_text(digest, settings.language);
    const WrittenDigest written{directory / (to_string(digest.week) + ".txt"),
                                fmt::format("{:016x}", stable_hash(text))};
    if (const auto done = write_file(written.path, text); !done)
        return tl::unexpected{done.error()};
    const auto json = write_file(directory / (to_string(digest.week) + ".json"),
                                 render_json(digest, settings.language));
    if (!json) return tl::unexpected{json.error()};
    return written;
}

}  // namespace narvaro
