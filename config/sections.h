#pragma once
// The sections of narvaro.toml, each read by its own function. Inside config/ only.
#include "config/reader.h"
#include "config/settings.h"

namespace narvaro {

/// A secret's reference under `key`. A literal secret is a mistake whose message does not repeat
/// it. A relative path is relative to the file.
std::optional<SecretRef> read_secret(TableReader& reader, const std::string& key);

void read_meta(TableReader reader, MetaSettings& meta);
/// Every group that is named is there afterwards, the ones with mistakes too.
void read_places(TableReader reader, Places& places);
/// [source.ID]; empty when it has a mistake.
std::optional<ConfiguredSource> read_source(const std::string& id, TableReader reader);
/// Empty when it has a mistake.
std::optional<DigestSettings> read_digest(TableReader reader);
std::optional<WebSettings> read_web(TableReader reader);

}  // namespace narvaro
