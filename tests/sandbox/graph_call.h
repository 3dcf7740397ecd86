#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "state.h"

namespace narvaro::sandbox {

/// An error as Meta's envelope carries it.
struct GraphError {
    int status = 400;
    int code = 1;
    int subcode = 0;
    std::string message;
    bool transient = false;
    int regain_minutes = 0;  ///< with a rate limit
};

using GraphResult = tl::expected<Json, GraphError>;

/// One call to the API, once version and token are known to be good.
struct Call {
    State& state;
    const Request& request;
    sys_seconds now;
    std::string version;             ///< "v26.0": the one that answers
    std::vector<std::string> parts;  ///< path below the version: {"100000000000001", "posts"}

    std::string parameter(const std::string& name) const { return request.parameter(name); }
    std::string target() const { return request.target(); }
    /// Whether a fault of the kind strikes now (uses it up). @param value  null: any
    bool struck(std::string_view kind, const Json& value = nullptr) const {
        return state.strike(kind, target(), value).has_value();
    }
    /// Whether the permission is missing: a fault "missing_permission" with its name as value.
    bool lacks(const std::string& permission) const {
        return struck("missing_permission", permission);
    }
};

tl::unexpected<GraphError> graph_fail(int code, int subcode, std::string message, int status = 400);
tl::unexpected<GraphError> unsupported_get(const std::string& id);
tl::unexpected<GraphError> no_permission(const std::string& permission);
/// The envelope around the error.
Json envelope(const GraphError& error);
/// JSON as Meta writes it: non-ASCII as \uXXXX (surrogate pairs beyond), "/" as "\/".
std::string meta_text(const Json& json);

/// One field of `fields=`: name.modifier(argument){children}
struct Field {
    std::string name;
    std::map<std::string, std::string> modifiers;
    std::vector<Field> children;
    const Field* child(const std::string& wanted) const;
    /// The key it has in the answer.
    std::string key() const;
};

/// @return empty when braces or parentheses do not match
std::optional<std::vector<Field>> parse_fields(std::string_view text);
/// Picks what is asked for out of the whole node; `id` always comes along. What is known but absent
/// is left out.
/// @param known  names that the node type has; another one is an error, code 100
GraphResult select(const Json& node, const std::vector<Field>& fields,
                   const std::set<std::string>& known, const char* type);

/// What a list holds, and how it is cut into pages.
struct List {
    std::vector<Json> items;            ///< all of them, in order, as whole nodes
    std::set<std::string> known;        ///< field names of an item
    std::vector<std::string> defaults;  ///< fields without `fields=`
    const char* type = "Node";
    bool gives_next = true;  ///< /tags tells cursors only
    bool uneven = false;     ///< the second page is short, the third is empty with a `next`
};

/// Answers one page of a list: limit (default 25, at most 100), after, fields.
GraphResult page_of(const Call& call, const List& list);
/// A cursor that fits only a list of that size; and what it stands for.
struct Cursor {
    std::size_t offset = 0;
    int stage = 0;
    std::size_t of = 0;
};
std::string to_text(const Cursor& cursor);
std::optional<Cursor> parse_cursor(std::string_view text);

/// `since` and `until`: Unix seconds or a date. @return empty when absent or unreadable
std::optional<sys_seconds> time_parameter(const Call& call, const std::string& name);
std::vector<std::string> split(std::string_view text, char at);

// The parts of the API. Each gets a call whose first part is its own.
GraphResult page_node(const Call& call);
GraphResult page_posts(const Call& call, const std::string& edge);
GraphResult page_tagged(const Call& call);
GraphResult page_post(const Call& call);
GraphResult page_insights(const Call& call);
GraphResult instagram_node(const Call& call);
GraphResult instagram_edge(const Call& call, const std::string& edge);
GraphResult instagram_insights(const Call& call);
GraphResult media_node(const Call& call);
GraphResult ads(const Call& call);
GraphResult tokens(const Call& call);

}  // namespace narvaro::sandbox
