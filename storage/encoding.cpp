#include "storage/encoding.h"

#include <cstring>

#include <nlohmann/json.hpp>

namespace narvaro {
namespace {

using Json = nlohmann::json;

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Whether JSON writes the text as it is; addresses and handles nearly always are.
bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

std::string quoted(std::span<const std::string> list) {
    std::string json = "[";
    for (const std::string& item : list) {
        if (json.size() > 1) json += ',';
        json += '"';
        json += item;
        json += '"';
    }
    json += ']';
    return json;
}

/// An empty list for anything that is none: the column is written by this file alone.
Json list_from(std::string_view json) {
    Json list = Json::parse(json, nullptr, false);
    return list.is_array() ? list : Json::array();
}

}  // namespace

std::string encode_list(std::span<const std::string> list) {
    if (std::all_of(list.begin(), list.end(), is_plain)) return quoted(list);
    Json json = Json::array();
    for (const std::string& item : list) json.push_back(item);
    return dumped(json);
}

std::vector<std::string> decode_list(std::string_view json) {
    std::vector<std::string> list;
    if (json == "[]") return list;
    for (const Json& item : list_from(json)) {
        if (item.is_string()) list.push_back(item.get<std::string>());
    }
    return list;
}

std::string encode_keys(std::span<const std::int64_t> keys) {
    Json json = Json::array();
    for (const std::int64_t key : keys) json.push_back(key);
    return dumped(json);
}

std::string encode_reasons(std::span<const Reason> reasons) {
    Json json = Json::array();
    for (const Reason& reason : reasons) {
        json.push_back(Json{{"text", reason.text}, {"weight", reason.weight}});
    }
    return dumped(json);
}

std::vector<Reason> decode_reasons(std::string_view json) {
    std::vector<Reason> reasons;
    for (const Json& item : list_from(json)) {
        if (!item.is_object()) continue;
        reasons.push_back({item.value("text", std::string{}), item.value("weight", 0.0)});
    }
    return reasons;
}

Fingerprint& Fingerprint::add(std::string_view field) {
    add(static_cast<std::int64_t>(field.size()));
    while (!field.empty()) {
        std::uint64_t word = 0;
        const std::size_t size = std::min(field.size(), sizeof word);
        std::memcpy(&word, field.data(), size);
        mix(word);
        field.remove_prefix(size);
    }
    return *this;
}

Fingerprint& Fingerprint::add(std::int64_t number) {
    mix(static_cast<std::uint64_t>(number));
    return *this;
}

}  // namespace narvaro
