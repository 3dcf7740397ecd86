#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace narvaro::bench {

/// The measure: reads all feeds with libcurl's multi interface, libxml2's SAX parser and SQLite,
/// and with nothing else. Guid, title, link, text and date of each item are stored, validators per
/// feed; one commit for a hundred feeds. A second run asks conditionally.
/// @return how many answers were a 200 or 304
std::size_t bare_poll(const std::vector<std::string>& urls, const std::filesystem::path& database);

}  // namespace narvaro::bench
