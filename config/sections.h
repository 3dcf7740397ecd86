#pragma once
// The sections of narvaro.toml, each read by its own function. Inside config/ only.
#include "config/reader.h"
#include "config/settings.h"

namespace narvaro {

/// A secret's reference under `key`. A literal secret is a mistake whose message does not repeat
/// it.
std::optional<SecretRef> read_secret(TableReader& reader, const std::string& key);

void read_meta(const toml::table& table, const Report& report, MetaSettings& meta);
void read_places(const toml::table& table, const Report& report, Places& places);
std::optional<ConfiguredSource> read_source(const std::string& id, const toml::table& table,
                                            const Report& report);
std::optional<DigestSettings> read_digest(const toml::table& table, const Report& report);
std::optional<WebSettings> read_web(const toml::table& table, const Report& report);

/// A plan file, checked against the configuration that names it.
std::optional<Plan> read_plan(std::string_view text, const std::string& file,
                              const Settings& settings, std::vector<Problem>& problems);

/// Whether `text` is an absolute http or https address with a host and without user and password.
bool is_web_address(const std::string& text);

}  // namespace narvaro
