#include "connectors/graph_fields.h"

#include <algorithm>

namespace narvaro {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// Where the first field ends: at a comma that stands in no bracket.
std::size_t end_of_first(std::string_view fields) {
    int depth = 0;
    for (std::size_t at = 0; at < fields.size(); ++at) {
        const char c = fields[at];
        if (c == '{' || c == '(') ++depth;
        if (c == '}' || c == ')') --depth;
        if (c == ',' && depth == 0) return at;
    }
    return fields.size();
}

/// One field with its children, without those of that name; empty when nothing is left.
std::string kept(std::string_view field, std::string_view name) {
    if (field.substr(0, field.find_first_of(".({")) == name) return {};
    const std::size_t open = field.find('{');
    if (open == kNone || !field.ends_with('}')) return std::string{field};
    const std::string_view children = field.substr(open + 1, field.size() - open - 2);
    const std::string left = without_field(children, name);
    return left.empty() ? std::string{} : std::string{field.substr(0, open)} + "{" + left + "}";
}

}  // namespace

std::string without_field(std::string_view fields, std::string_view name) {
    std::string left;
    while (!fields.empty()) {
        const std::size_t end = end_of_first(fields);
        const std::string field = kept(fields.substr(0, end), name);
        if (!field.empty()) left += (left.empty() ? "" : ",") + field;
        fields.remove_prefix(std::min(end + 1, fields.size()));
    }
    return left;
}

std::string unknown_field_in(std::string_view message) {
    constexpr std::string_view kBefore = "nonexisting field (";
    const std::size_t at = message.find(kBefore);
    if (at == kNone) return {};
    const std::string_view rest = message.substr(at + kBefore.size());
    return std::string{rest.substr(0, rest.find(')'))};
}

}  // namespace narvaro
