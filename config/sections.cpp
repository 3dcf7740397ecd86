#include "config/sections.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace narvaro {
namespace {

const std::vector<std::string> kKinds{"facebook", "instagram", "meta-ads", "press", "website"};

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

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
            return hours{6};
        case SourceKind::instagram:
            return hours{3};  // stories live for a day
        case SourceKind::meta_ads:
            return hours{24};
    }
    return hours{6};
}

void read_address(TableReader& r, Source& source) {
    const bool feed = source.kind == SourceKind::website || source.kind == SourceKind::press;
    const char* key = feed ? "url" : source.kind == SourceKind::facebook ? "page" : "account";
    const auto given = r.text(key);
    if (!given) {
        if (!r.raw().contains(key)) {
            r.missing(key, feed ? "url = \"https://example.org/feed/\""
                                : std::string{key} + " = \"1784…\"");
        }
        return;
    }
    source.address = *given;
    if (feed && !is_web_address(*given)) {
        r.wrong(key,
                "is no address of the web; allowed: http:// or https:// and a host, without user "
                "and password");
        return;
    }
    if (source.kind == SourceKind::meta_ads) {
        if (source.address.starts_with("act_")) source.address.erase(0, 4);
        if (!is_number(source.address)) r.wrong(key, "must be \"act_\" and digits");
        source.address = "act_" + source.address;
    } else if (!feed && !is_number(*given)) {
        r.wrong(key, "must be the number that Meta gives, in quotes");
    }
}

/// "monday 07:00"
bool read_hour(const std::string& text, DigestSettings& digest) {
    constexpr std::array kDays{"sunday",   "monday", "tuesday", "wednesday",
                               "thursday", "friday", "saturday"};
    const auto blank = text.find(' ');
    const auto day = std::find(kDays.begin(), kDays.end(), text.substr(0, blank));
    if (blank == std::string::npos || day == kDays.end()) return false;
    const std::string time = text.substr(blank + 1);
    if (time.size() != 5 || time[2] != ':' || !is_number(time.substr(0, 2)) ||
        !is_number(time.substr(3))) {
        return false;
    }
    const int hour = std::stoi(time.substr(0, 2));
    const int minute = std::stoi(time.substr(3));
    if (hour > 23 || minute > 59) return false;
    digest.day = date::weekday{static_cast<unsigned>(day - kDays.begin())};
    digest.time = std::chrono::hours{hour} + std::chrono::minutes{minute};
    return true;
}

bool is_mail_address(const std::string& text) {
    const auto at = text.find('@');
    const bool clean = std::none_of(text.begin(), text.end(), [](char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == '<' || c == '>';
    });
    return clean && at != std::string::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string::npos;
}

}  // namespace

bool is_web_address(const std::string& text) {
    std::size_t start = 0;
    if (text.starts_with("http://")) start = 7;
    if (text.starts_with("https://")) start = 8;
    if (start == 0) return false;
    const std::size_t end = std::min(text.find_first_of("/?#", start), text.size());
    const std::string authority = text.substr(start, end - start);
    const bool clean = std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    });
    return clean && !authority.empty() && authority.front() != ':' &&
           authority.find('@') == std::string::npos;
}

std::optional<SecretRef> read_secret(TableReader& reader, const std::string& key) {
    const auto given = reader.text(key);
    if (!given) return {};
    const auto ref = parse_secret_ref(*given);
    if (!ref) {
        reader.wrong(key,
                     "must say where the secret lies; allowed: \"credential:NAME\", \"file:PATH\", "
                     "\"env:NAME\"; the secret itself is never written here");
        return {};
    }
    if (ref->kind != SecretRef::Kind::file || ref->name.starts_with("/")) return ref;
    const auto beside = std::filesystem::path{reader.report().file()}.parent_path() / ref->name;
    return SecretRef{SecretRef::Kind::file, beside.string()};
}

void read_meta(const toml::table& table, const Report& report, MetaSettings& meta) {
    TableReader r{table, "[meta]", report};
    meta.api = r.text("api").value_or(meta.api);
    while (meta.api.ends_with("/")) meta.api.pop_back();
    if (!is_web_address(meta.api)) {
        r.wrong("api", "is no address of the web; allowed: \"https://graph.facebook.com/v26.0\"");
    }
    meta.token = read_secret(r, "token");
    meta.app_secret = read_secret(r, "app_secret");
    meta.app_id = r.text("app_id").value_or("");
    meta.pace = r.duration("pace").value_or(meta.pace);
    r.finish();
}

void read_places(const toml::table& table, const Report& report, Places& places) {
    TableReader r{table, "[places]", report};
    for (const auto& [key, value] : table) {
        const std::string group{key.str()};
        places.groups[group] = r.texts(group);
        if (places.groups[group].empty()) r.wrong(group, "names no place");
    }
}

std::optional<ConfiguredSource> read_source(const std::string& id, const toml::table& table,
                                            const Report& report) {
    TableReader r{table, "[source." + id + "]", report};
    const std::size_t before = report.count();
    if (!is_name(id)) {
        report.add(
            table,
            "\"" + id + "\" is no name for a source; allowed: small letters, digits, - and _");
    }
    ConfiguredSource out;
    out.source.id = id;
    const auto kind = r.text("kind");
    if (!kind) {
        if (!table.contains("kind")) r.missing("kind", "kind = \"website\"");
        return {};
    }
    const auto known = parse_source_kind(*kind);
    if (!known) {
        r.wrong("kind", "is \"" + *kind + "\"; " + allowed_names(*kind, kKinds));
        return {};
    }
    out.source.kind = *known;
    read_address(r, out.source);
    out.source.every = default_interval(*known);
    if (const auto every = r.duration("every")) {
        out.source.every = std::chrono::duration_cast<seconds>(*every);
        if (out.source.every < seconds{1}) r.wrong("every", "must be at least \"1s\"");
    }
    if (*known == SourceKind::instagram) {
        for (std::string handle : r.texts("watch")) {
            if (handle.starts_with("@")) handle.erase(0, 1);
            if (!handle.empty()) out.source.watch.push_back(std::move(handle));
        }
    }
    const bool meta = *known != SourceKind::website && *known != SourceKind::press;
    if (meta) out.token = read_secret(r, "token");
    r.finish();
    if (report.count() > before) return {};
    return out;
}

std::optional<DigestSettings> read_digest(const toml::table& table, const Report& report) {
    TableReader r{table, "[digest]", report};
    const std::size_t before = report.count();
    DigestSettings digest;
    const auto at = r.text("at");
    if (at && !read_hour(*at, digest)) {
        r.wrong("at", "is \"" + *at + "\"; allowed: a weekday and a time, \"monday 07:00\"");
    }
    digest.to = r.texts("to");
    for (const std::string& to : digest.to) {
        if (!is_mail_address(to)) r.wrong("to", "holds \"" + to + "\", which is no mail address");
    }
    digest.from = r.text("from").value_or("");
    if (!digest.from.empty() && !is_mail_address(digest.from))
        r.wrong("from", "is no mail address");
    digest.smtp = r.text("smtp").value_or("");
    if (!digest.smtp.empty() && !digest.smtp.starts_with("smtp://") &&
        !digest.smtp.starts_with("smtps://")) {
        r.wrong("smtp", "must begin with smtps:// or smtp://");
    }
    digest.user = r.text("user").value_or("");
    digest.password = read_secret(r, "password");
    r.finish();
    if (report.count() > before) return {};
    return digest;
}

std::optional<WebSettings> read_web(const toml::table& table, const Report& report) {
    TableReader r{table, "[web]", report};
    const auto listen = r.text("listen");
    r.finish();
    if (!listen) return {};
    const auto colon = listen->rfind(':');
    const std::string port = colon == std::string::npos ? "" : listen->substr(colon + 1);
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (colon == 0 || error != std::errc{} || end != port.data() + port.size() || number == 0) {
        r.wrong("listen", "must be a host and a port; allowed: \"127.0.0.1:8417\"");
        return {};
    }
    return WebSettings{listen->substr(0, colon), number};
}

}  // namespace narvaro
