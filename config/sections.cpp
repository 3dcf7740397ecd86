#include "config/sections.h"

#include "config/address.h"

namespace narvaro {

std::optional<SecretRef> read_secret(TableReader& r, const std::string& key) {
    const auto given = r.text(key);
    if (!given) return {};
    auto ref = parse_secret_ref(*given);
    if (!ref) {
        r.wrong(key,
                "must say where the secret lies; allowed: \"credential:NAME\", "
                "\"file:PATH\", \"env:NAME\"; the secret itself is never written here");
        return {};
    }
    if (ref->kind == SecretRef::Kind::file) {
        const auto directory = std::filesystem::path{r.report().file()}.parent_path();
        ref->name = (directory / ref->name).string();
    }
    return ref;
}

namespace {

bool is_metric_name(const std::string& text) {
    return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

/// [meta.metrics]: our metric = Meta's names for it, the first that works is taken.
void read_metrics(TableReader r, MetricCandidates& metrics) {
    for (auto& [metric, names] : metrics) {
        std::vector<PlacedText> given = r.placed_texts(metric);
        if (r.has(metric)) names.clear();
        for (PlacedText& name : given) {
            if (!is_metric_name(name.text)) {
                r.report().add(name.at, "\"" + metric + "\" in " + r.name() + " holds \"" +
                                            name.text +
                                            "\", which is no name of a metric of Meta's; allowed: "
                                            "small letters, digits and _");
                continue;
            }
            names.push_back(std::move(name.text));
        }
    }
    r.finish();
}

}  // namespace

void read_meta(TableReader r, MetaSettings& meta) {
    meta.api = r.filled("api").value_or(meta.api);
    while (meta.api.ends_with('/')) meta.api.pop_back();
    if (!is_web_address(meta.api) || meta.api.find_first_of("?#") != std::string::npos) {
        r.wrong("api",
                "is no address of the web; allowed: for example "
                "\"https://graph.facebook.com/v26.0\"");
    }
    meta.token = read_secret(r, "token");
    meta.app_secret = read_secret(r, "app_secret");
    meta.app_id = r.filled("app_id").value_or("");
    meta.pace = r.duration("pace").value_or(meta.pace);
    if (meta.pace > std::chrono::hours{1}) r.wrong("pace", "must be at most \"1h\"");
    meta.calls_a_day = r.whole("calls_a_day", 1, 100'000).value_or(meta.calls_a_day);
    if (auto metrics = r.table("metrics", "[meta.metrics]")) read_metrics(*metrics, meta.metrics);
    r.finish();
}

void read_places(TableReader r, Places& places) {
    for (const TomlEntry& entry : r.entries()) {
        const std::size_t before = r.report().count();
        auto& names = places.groups[entry.key];
        names = r.texts(entry.key);
        if (names.empty() && r.report().count() == before) r.wrong(entry.key, "names no place");
        if (entry.key.empty()) r.report().add(entry.at, "a group of places needs a name");
    }
}

std::optional<WebSettings> read_web(TableReader r) {
    const auto listen = r.text("listen");
    r.finish();
    if (!listen) return {};
    auto place = parse_host_and_port(*listen);
    if (!place || place->port == 0) {
        r.wrong("listen", "must be a host and a port; allowed: for example \"127.0.0.1:8417\"");
        return {};
    }
    return WebSettings{std::move(place->host), place->port};
}

}  // namespace narvaro
