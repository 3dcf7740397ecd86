#pragma once
#include <set>
#include <string>
#include <vector>

#include "connectors/opml.h"

namespace narvaro {

/// The configuration that adds press feeds: one [source.ID] for each, with an id of small ASCII
/// letters made from its title (else its host), unlike those in `taken` and each other.
std::string press_configuration(const std::vector<OpmlFeed>& feeds, std::set<std::string> taken);

}  // namespace narvaro
