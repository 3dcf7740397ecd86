#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace narvaro {

/// Named groups of places ("local", "regional"), each a list of names as the admin and Meta write
/// them.
struct Places {
    std::map<std::string, std::vector<std::string>> groups;
    bool operator==(const Places&) const = default;
};

/// Whether the platform's name for a city is the configured `place`. Understands "City, Country",
/// "City, Region", "City, Region, Country"; drops "kommun", "Municipality", "County", "län";
/// compares without case and without å ä ö where one side lacks them; and reads a run of `?` as
/// letters that the platform has mangled (one or two question marks stand for one letter). A key
/// that names another country than Sweden never matches.
bool same_place(std::string_view platform_name, std::string_view place);

/// Whether the platform's name is any place of the group; false for a group that does not exist.
bool in_group(const Places& places, const std::string& group, std::string_view platform_name);

}  // namespace narvaro
