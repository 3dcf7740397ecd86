#include "graph_call.h"

#include <charconv>
#include <cstdio>

#include "local_time.h"

namespace narvaro::sandbox {
namespace {

constexpr std::size_t kDefaultLimit = 25;
constexpr std::size_t kMostLimit = 100;
constexpr std::size_t kShortBy = 3;

std::optional<std::size_t> whole(const std::string& text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Where this page ends and what the next one is.
struct Cut {
    std::size_t to;
    int next_stage;
};

Cut cut_of(const List& list, const Cursor& at, std::size_t limit) {
    const std::size_t left = list.items.size() - at.offset;
    if (!list.uneven || at.stage == 0 || at.stage > 2) {
        return {at.offset + std::min(limit, left), at.stage == 0 ? 1 : 3};
    }
    if (at.stage == 2) return {at.offset, 3};
    const std::size_t some = limit > kShortBy ? limit - kShortBy : limit;
    return {at.offset + std::min(some, left), 2};
}

/// The address of another page, with the token in it, as Meta has it.
std::string link_to(const Call& call, const std::string& name, const std::string& cursor) {
    std::string out = call.state.base() + call.request.path + "?access_token=" + kToken;
    for (const auto& [key, value] : query_pairs(call.request.query)) {
        if (key == "access_token" || key == "after" || key == "before") continue;
        out += "&" + url_encode(key) + "=" + url_encode(value);
    }
    return out + "&" + name + "=" + url_encode(cursor);
}

tl::expected<std::vector<Field>, GraphError> fields_of(const Call& call, const List& list) {
    const std::string asked = call.parameter("fields");
    std::vector<Field> fields;
    if (asked.empty()) {
        for (const std::string& name : list.defaults) fields.push_back({name, {}, {}});
        return fields;
    }
    auto parsed = parse_fields(asked);
    if (!parsed) {
        return graph_fail(2500, 0, "Syntax error \"Expected end of string\" in fields");
    }
    return std::move(*parsed);
}

bool has_nested_summary(const std::vector<Field>& fields) {
    for (const Field& f : fields) {
        if (f.modifiers.contains("summary")) return true;
    }
    return false;
}

Json paging_of(const Call& call, const List& list, const Cursor& here, const Cut& cut) {
    const Cursor after{cut.to, cut.next_stage, list.items.size()};
    const bool more = cut.to < list.items.size();
    Json paging = {{"cursors", {{"before", to_text(here)}, {"after", to_text(after)}}}};
    if (more && list.gives_next) paging["next"] = link_to(call, "after", to_text(after));
    if (here.offset > 0 && list.gives_next) {
        paging["previous"] = link_to(call, "before", to_text(here));
    }
    return paging;
}

}  // namespace

tl::unexpected<GraphError> graph_fail(int code, int subcode, std::string message, int status) {
    GraphError error;
    error.status = status;
    error.code = code;
    error.subcode = subcode;
    error.message = std::move(message);
    return tl::unexpected<GraphError>{std::move(error)};
}

tl::unexpected<GraphError> unsupported_get(const std::string& id) {
    return graph_fail(100, 33,
                      "Unsupported get request. Object with ID '" + id +
                          "' does not exist, cannot be loaded due to missing permissions, or does "
                          "not support this operation. Please read the Graph API documentation at "
                          "https://developers.facebook.com/docs/graph-api");
}

tl::unexpected<GraphError> no_permission(const std::string& permission) {
    return graph_fail(10, 0,
                      "(#10) This endpoint requires the '" + permission +
                          "' permission or the 'Page Public Content Access' feature.",
                      403);
}

Json envelope(const GraphError& error) {
    Json inner = {{"message", error.message},
                  {"type", "OAuthException"},
                  {"code", error.code},
                  {"fbtrace_id", "AsAnDbOxTrAcE"}};
    if (error.subcode != 0) inner["error_subcode"] = error.subcode;
    if (error.transient) inner["is_transient"] = true;
    return {{"error", inner}};
}

std::string meta_text(const Json& json) {
    const std::string plain = json.dump(-1, ' ', true);
    std::string out;
    out.reserve(plain.size() + plain.size() / 16);
    for (const char c : plain) {
        if (c == '/') out += '\\';
        out += c;
    }
    return out;
}

std::string to_text(const Cursor& cursor) {
    // Opaque, but readable for who debugs: "QVFI" and three numbers.
    char text[64];
    std::snprintf(text, sizeof text, "QVFI%zxZ%dZ%zxZD", cursor.offset, cursor.stage, cursor.of);
    return text;
}

std::optional<Cursor> parse_cursor(std::string_view text) {
    Cursor cursor;
    if (std::sscanf(std::string{text}.c_str(), "QVFI%zxZ%dZ%zxZD", &cursor.offset, &cursor.stage,
                    &cursor.of) != 3) {
        return std::nullopt;
    }
    return cursor;
}

GraphResult page_of(const Call& call, const List& list) {
    const std::string limit_text = call.parameter("limit");
    const auto limit = limit_text.empty() ? std::optional{kDefaultLimit} : whole(limit_text);
    if (!limit) return graph_fail(100, 0, "(#100) Param limit must be an integer");
    if (*limit > kMostLimit) {
        return graph_fail(100, 0, "(#100) Param limit must be less than or equal to 100");
    }
    const auto fields = fields_of(call, list);
    if (!fields) return tl::unexpected{fields.error()};
    if (*limit > kMostLimit / 2 && has_nested_summary(*fields)) {
        return graph_fail(
            1, 0, "Please reduce the amount of data you're asking for, then retry your request",
            500);
    }
    Cursor here{0, 0, list.items.size()};
    if (const std::string after = call.parameter("after"); !after.empty()) {
        const auto cursor = parse_cursor(after);
        if (!cursor || cursor->of != list.items.size() || cursor->offset > list.items.size()) {
            return graph_fail(100, 0, "(#100) Invalid cursors values");
        }
        here = *cursor;
    }
    const Cut cut = cut_of(list, here, std::max<std::size_t>(*limit, 1));
    Json data = Json::array();
    for (std::size_t i = here.offset; i < cut.to; ++i) {
        auto item = select(list.items[i], *fields, list.known, list.type);
        if (!item) return item;
        data.push_back(std::move(*item));
    }
    Json out = {{"data", data}};
    const bool past_the_end = data.empty() && cut.to >= list.items.size();
    if (!past_the_end) out["paging"] = paging_of(call, list, here, cut);
    return out;
}

std::optional<sys_seconds> time_parameter(const Call& call, const std::string& name) {
    const std::string text = call.parameter(name);
    if (const auto value = whole(text)) return sys_seconds{seconds{*value}};
    if (text.size() != 10) return std::nullopt;
    // Meta reads a bare date as midnight of Pacific time.
    const auto at = parse_instant(text + "T00:00:00Z");
    if (!at) return std::nullopt;
    return *at - seconds{pacific_offset(*at)};
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(at), text.size());
        if (end > 0) out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

}  // namespace narvaro::sandbox
