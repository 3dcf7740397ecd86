#pragma once
#include <string>
#include <string_view>

namespace narvaro {

/// A list of fields as Meta takes it ("id,media.limit(5){id,shares}") without those of that name,
/// wherever they stand; what would hold nothing any more goes with them.
std::string without_field(std::string_view fields, std::string_view name);

/// The field that Meta says it does not have; empty when the message tells of none.
std::string unknown_field_in(std::string_view message);

}  // namespace narvaro
