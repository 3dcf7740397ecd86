#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "config/problem.h"
#include "config/rules_file.h"
#include "config/secrets.h"
#include "core/metric_verdict.h"
#include "core/places.h"
#include "core/plan.h"
#include "core/rules.h"
#include "core/source.h"

namespace narvaro {

struct MetaSettings {
    std::string api = "https://graph.facebook.com/v26.0";  ///< no slash at the end
    std::optional<SecretRef> token;
    std::optional<SecretRef> app_secret;
    std::string app_id;
    std::chrono::milliseconds pace{1000};
    int calls_a_day = 60;  ///< by the service, all sources of Meta together; stories go on beyond
    /// Which of a Page's insights are asked for, and by what names.
    MetricCandidates metrics{{"engagements", {"page_post_engagements"}},
                             {"followers_city", {"page_follows_city"}},
                             {"reach", {"page_total_media_view_unique"}},
                             {"views", {"page_media_view"}}};
};

struct ConfiguredSource {
    Source source;
    std::optional<SecretRef> token;  ///< empty: [meta]'s
};

/// Who gets the digest, and in which language.
struct Recipient {
    std::string address;   ///< bare: name@example.org
    std::string language;  ///< "sv" or "en"
    bool operator==(const Recipient&) const = default;
};

/// When the digest is made, and to whom it goes. Without `smtp` it is written to files alone; with
/// it, `to` and `from` are filled.
struct DigestSettings {
    date::weekday day = date::Monday;
    std::chrono::minutes time{std::chrono::hours{7}};  ///< after midnight by the plan's clocks
    std::vector<Recipient> to;                         ///< no address twice
    std::string from;
    std::string smtp;  ///< smtp:// or smtps://, host, perhaps a port; empty: no mail
    std::string user;  ///< with `password` or not at all
    std::optional<SecretRef> password;
    std::filesystem::path ca_file;  ///< vouches for the mail server; empty: the system's
};

struct WebSettings {
    std::string host;  ///< an IPv6 address without brackets
    std::uint16_t port = 0;
};

/// A checked configuration: whoever holds one need not check again.
struct Settings {
    std::filesystem::path file;
    std::string language = "sv";
    std::filesystem::path state = "/var/lib/narvaro";
    std::vector<Plan> plans;
    std::filesystem::path rules_directory;  ///< may be missing: the built-in rules apply
    Rules rules;
    MetaSettings meta;
    Places places;
    std::vector<ConfiguredSource> sources;  ///< in the files' order
    std::optional<DigestSettings> digest;
    std::optional<WebSettings> web;
};

/// Reads the file, conf.d/*.toml beside it in name order, the plans and the rules. Secrets are not
/// looked at: see `resolve`.
/// @return every mistake of all of them, by file, line and column
tl::expected<Settings, std::vector<Problem>> load_settings(const std::filesystem::path& file);

/// What was given on the command line; else $NARVARO_CONFIG; else /etc/narvaro/narvaro.toml.
std::filesystem::path config_path(const std::string& given);

/// A critical reading of a plan that is no mistake: targets without a sourced baseline and the
/// like, each with what to do about it.
std::vector<std::string> plan_remarks(const Plan& plan, const Settings& settings);

}  // namespace narvaro
