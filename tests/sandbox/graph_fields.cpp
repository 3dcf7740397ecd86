#include <algorithm>
#include <cctype>

#include "graph_call.h"

namespace narvaro::sandbox {
namespace {

/// Recursive descent: name, any number of .modifier(argument), children in braces.
class Parser {
  public:
    explicit Parser(std::string_view text) : rest_(text) {}

    std::optional<std::vector<Field>> all() {
        auto fields = list();
        if (!fields || !rest_.empty()) return std::nullopt;
        return fields;
    }

  private:
    std::optional<std::vector<Field>> list() {
        std::vector<Field> out;
        do {
            auto field = one();
            if (!field) return std::nullopt;
            out.push_back(std::move(*field));
        } while (take(','));
        return out;
    }

    std::optional<Field> one() {
        Field field;
        field.name = word();
        if (field.name.empty()) return std::nullopt;
        while (take('.')) {
            const std::string name = word();
            if (name.empty() || !take('(')) return std::nullopt;
            const std::size_t close = rest_.find(')');
            if (close == std::string_view::npos) return std::nullopt;
            field.modifiers[name] = std::string{rest_.substr(0, close)};
            rest_.remove_prefix(close + 1);
        }
        if (take('{')) {
            auto children = list();
            if (!children || !take('}')) return std::nullopt;
            field.children = std::move(*children);
        }
        return field;
    }

    std::string word() {
        std::string out;
        while (!rest_.empty() &&
               (std::isalnum(static_cast<unsigned char>(rest_[0])) != 0 || rest_[0] == '_')) {
            out += rest_[0];
            rest_.remove_prefix(1);
        }
        return out;
    }

    bool is_at(char c) const { return !rest_.empty() && rest_.front() == c; }
    bool take(char c) {
        if (!is_at(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::string_view rest_;
};

bool is_edge(const Json& value) {
    return value.is_object() && value.contains("data") && value["data"].is_array();
}

Json pick(const Json& value, const Field& field);

Json pick_object(const Json& object, const std::vector<Field>& children) {
    Json out = Json::object();
    for (const Field& child : children) {
        const auto found = object.find(child.name);
        if (found != object.end()) out[child.key()] = pick(*found, child);
    }
    if (object.contains("id")) out["id"] = object["id"];
    return out;
}

Json pick_edge(const Json& edge, const Field& field) {
    Json out = Json::object();
    out["data"] = Json::array();
    const auto limit = field.modifiers.find("limit");
    const std::size_t most = limit == field.modifiers.end()
                                 ? edge["data"].size()
                                 : static_cast<std::size_t>(std::atoi(limit->second.c_str()));
    for (std::size_t i = 0; i < std::min(most, edge["data"].size()); ++i) {
        const Json& item = edge["data"][i];
        out["data"].push_back(field.children.empty() ? item : pick_object(item, field.children));
    }
    if (field.modifiers.contains("summary") && edge.contains("summary")) {
        out["summary"] = edge["summary"];
    }
    return out;
}

Json pick(const Json& value, const Field& field) {
    if (is_edge(value)) return pick_edge(value, field);
    if (field.children.empty()) return value;
    if (value.is_object()) return pick_object(value, field.children);
    if (!value.is_array()) return value;
    Json out = Json::array();
    for (const Json& item : value) {
        out.push_back(item.is_object() ? pick_object(item, field.children) : item);
    }
    return out;
}

}  // namespace

const Field* Field::child(const std::string& wanted) const {
    for (const Field& f : children) {
        if (f.name == wanted) return &f;
    }
    return nullptr;
}

std::string Field::key() const {
    const auto as = modifiers.find("as");
    return as == modifiers.end() ? name : as->second;
}

std::optional<std::vector<Field>> parse_fields(std::string_view text) { return Parser{text}.all(); }

GraphResult select(const Json& node, const std::vector<Field>& fields,
                   const std::set<std::string>& known, const char* type) {
    for (const Field& field : fields) {
        if (known.contains(field.name) || field.name == "id") continue;
        return graph_fail(100, 0,
                          "(#100) Tried accessing nonexisting field (" + field.name +
                              ") on node type (" + type + ")");
    }
    Json out = pick_object(node, fields);
    // Meta adds fields over the years; a reader must bear what it does not know.
    if (node.contains("sandbox_unknown")) out["sandbox_unknown"] = node["sandbox_unknown"];
    return out;
}

}  // namespace narvaro::sandbox
