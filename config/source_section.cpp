#include <algorithm>

#include "config/address.h"
#include "config/sections.h"

namespace narvaro {
namespace {

const std::vector<std::string> kKinds{"facebook", "instagram", "meta-ads", "press", "website"};

bool is_number(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

seconds default_interval(SourceKind kind) {
    using std::chrono::hours;
    switch (kind) {
        case SourceKind::website:
        case SourceKind::press:
            return hours{1};
        case SourceKind::facebook:
        case SourceKind::instagram:
            return hours{12};  // all of Meta's together stay below 60 calls a day
        case SourceKind::meta_ads:
            return hours{24};
    }
    return hours{6};
}

/// The key that says what is polled, with an example of it.
struct AddressKey {
    const char* key;
    const char* example;
};

AddressKey address_key(SourceKind kind) {
    switch (kind) {
        case SourceKind::website:
        case SourceKind::press:
            return {"url", "url = \"https://example.org/feed/\""};
        case SourceKind::facebook:
            return {"page", "page = \"100000000000001\""};
        case SourceKind::instagram:
            return {"account", "account = \"17841400000000001\""};
        case SourceKind::meta_ads:
            return {"account", "account = \"act_1000000001\""};
    }
    return {"url", ""};
}

void read_address(TableReader& r, Source& source) {
    const auto [key, example] = address_key(source.kind);
    if (!r.has(key)) r.missing(key, example);
    auto given = r.filled(key);
    if (!given) return;
    if (!is_meta(source.kind)) {
        if (!is_web_address(*given)) {
            r.wrong(key,
                    "is no address of the web; allowed: http:// or https:// and a host, "
                    "without user and password");
        }
        source.address = std::move(*given);
        return;
    }
    const bool ads = source.kind == SourceKind::meta_ads;
    if (ads && given->starts_with("act_")) given->erase(0, 4);
    if (!is_number(*given)) {
        r.wrong(key, std::string{"must be the number that Meta gives, in quotes; write for "
                                 "example "} +
                         example);
    }
    source.address = (ads ? "act_" : "") + *given;
}

void read_interval(TableReader& r, Source& source) {
    source.every = default_interval(source.kind);
    const auto given = r.duration("every");
    if (!given) return;
    source.every = std::chrono::floor<seconds>(*given);
    if (source.every < seconds{1} || source.every != *given) {
        r.wrong("every", "must be whole seconds, at least \"1s\"");
    }
}

bool is_handle(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_';
    });
}

void read_watched(TableReader& r, Source& source) {
    for (PlacedText& handle : r.placed_texts("watch")) {
        if (handle.text.starts_with("@")) handle.text.erase(0, 1);
        if (!is_handle(handle.text)) {
            r.report().add(handle.at, "\"watch\" in " + r.name() + " holds \"" + handle.text +
                                          "\", which is no Instagram handle; allowed: letters, "
                                          "digits, . and _");
            continue;
        }
        source.watch.push_back(std::move(handle.text));
    }
}

}  // namespace

std::optional<ConfiguredSource> read_source(const std::string& id, TableReader r) {
    const std::size_t before = r.report().count();
    if (!is_identifier(id)) {
        r.report().add(r.at(), "\"" + id +
                                   "\" is no name for a source; allowed: small letters, digits, "
                                   "- and _");
    }
    ConfiguredSource out;
    out.source.id = id;
    if (!r.has("kind")) r.missing("kind", "kind = \"website\"");
    const auto kind = r.one_of("kind", kKinds);
    if (!kind) return {};  // which other keys are allowed depends on it
    out.source.kind = *parse_source_kind(*kind);
    read_address(r, out.source);
    read_interval(r, out.source);
    if (out.source.kind == SourceKind::instagram) read_watched(r, out.source);
    if (is_meta(out.source.kind)) out.token = read_secret(r, "token");
    r.finish();
    if (r.report().count() > before) return {};
    return out;
}

}  // namespace narvaro
