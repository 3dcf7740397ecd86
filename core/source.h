#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace narvaro {

enum class SourceKind { website, press, facebook, instagram, meta_ads };

/// As the configuration writes it: "website", "press", "facebook", "instagram", "meta-ads".
const char* name_of(SourceKind kind);
std::optional<SourceKind> parse_source_kind(std::string_view text);

/// Whether the kind is read through Meta's Graph API.
bool is_meta(SourceKind kind);

/// One configured thing that is polled.
struct Source {
    std::string id;  ///< the configuration's own name for it: "fb"; unique
    SourceKind kind = SourceKind::website;
    /// Feed URL (website, press), Page id (facebook), account id (instagram), "act_…" (meta-ads).
    std::string address;
    /// instagram only: handles, without @, whose captions are read through business discovery.
    std::vector<std::string> watch;
    std::chrono::seconds every{0};  ///< least time between two polls
    bool operator==(const Source&) const = default;
};

}  // namespace narvaro
