#include "config/sections.h"

#include <algorithm>

#include "config/address.h"
#include "config/nearest_name.h"

namespace narvaro {
namespace {

const std::vector<std::string> kDays{"sunday",   "monday", "tuesday", "wednesday",
                                     "thursday", "friday", "saturday"};

/// "07:00"
std::optional<std::chrono::minutes> parse_time(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    const bool shaped =
        text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4);
    if (!shaped) return {};
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour > 23 || minute > 59) return {};
    return std::chrono::hours{hour} + std::chrono::minutes{minute};
}

/// "monday 07:00"
void read_hour(TableReader& r, DigestSettings& digest) {
    const auto given = r.text("at");
    if (!given) return;
    const auto blank = std::min(given->find(' '), given->size());
    const std::string name = given->substr(0, blank);
    const auto day = std::find(kDays.begin(), kDays.end(), name);
    const auto time =
        parse_time(std::string_view{*given}.substr(std::min(blank + 1, given->size())));
    if (day == kDays.end() || !time) {
        const std::string nearest = day == kDays.end() ? nearest_name(name, kDays) : "";
        r.wrong("at", "is \"" + *given +
                          "\"; allowed: a weekday and a time of 24 hours, \"monday 07:00\"" +
                          (nearest.empty() ? "" : "; nearest: \"" + nearest + "\""));
        return;
    }
    digest.day = date::weekday{static_cast<unsigned>(day - kDays.begin())};
    digest.time = *time;
}

void read_recipients(TableReader& r, DigestSettings& digest) {
    for (PlacedText& to : r.placed_texts("to")) {
        const bool twice =
            std::find(digest.to.begin(), digest.to.end(), to.text) != digest.to.end();
        if (!is_mail_address(to.text) || twice) {
            r.report().add(to.at, "\"to\" in " + r.name() + " holds \"" + to.text + "\"" +
                                      (twice ? " twice"
                                             : ", which is no mail address; allowed: "
                                               "\"name@example.org\""));
            continue;
        }
        digest.to.push_back(std::move(to.text));
    }
}

/// A mail server needs to know from whom and to whom; without one the digest is written to files
/// alone.
void check_mail(const TableReader& r) {
    const bool logs_in = r.has("user") || r.has("password");
    if (!r.has("smtp") && !logs_in) return;
    if (!r.has("to")) r.missing("to", "to = [\"digital@example.org\"]");
    if (!r.has("from")) r.missing("from", "from = \"narvaro@example.org\"");
    if (!r.has("smtp")) r.missing("smtp", "smtp = \"smtps://mail.example.org\"");
    if (!logs_in) return;
    if (!r.has("user")) r.missing("user", "user = \"narvaro@example.org\"");
    if (!r.has("password")) r.missing("password", "password = \"credential:smtp-password\"");
}

}  // namespace

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

std::optional<DigestSettings> read_digest(TableReader r) {
    const std::size_t before = r.report().count();
    DigestSettings digest;
    read_hour(r, digest);
    read_recipients(r, digest);
    digest.from = r.filled("from").value_or("");
    if (!digest.from.empty() && !is_mail_address(digest.from)) {
        r.wrong("from", "is no mail address; allowed: \"name@example.org\"");
    }
    digest.smtp = r.filled("smtp").value_or("");
    if (!digest.smtp.empty() && !is_mail_server(digest.smtp)) {
        r.wrong("smtp",
                "is no mail server; allowed: smtps:// or smtp:// and a host, without user "
                "and password");
    }
    digest.user = r.filled("user").value_or("");
    digest.password = read_secret(r, "password");
    check_mail(r);
    r.finish();
    if (r.report().count() == before && r.has("to") && digest.to.empty()) {
        r.wrong("to", "names nobody; write for example to = [\"digital@example.org\"]");
    }
    if (r.report().count() > before) return {};
    return digest;
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
