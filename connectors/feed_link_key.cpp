#include <algorithm>
#include <array>

#include "connectors/feed.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Parameters that say where a reader came from, not what is read.
constexpr auto kFamilies =
    std::to_array<std::string_view>({"utm_", "pk_", "mtm_", "matomo_", "piwik_", "fb_", "at_",
                                     "hsa_", "_hs", "ns_", "oly_", "stm_"});
constexpr auto kNames = std::to_array<std::string_view>({"fbclid",
                                                         "gclid",
                                                         "gclsrc",
                                                         "dclid",
                                                         "gbraid",
                                                         "wbraid",
                                                         "msclkid",
                                                         "yclid",
                                                         "twclid",
                                                         "ttclid",
                                                         "li_fat_id",
                                                         "igshid",
                                                         "igsh",
                                                         "mc_cid",
                                                         "mc_eid",
                                                         "mkt_tok",
                                                         "vero_id",
                                                         "vero_conv",
                                                         "wickedid",
                                                         "wt_mc",
                                                         "wt.mc",
                                                         "wt_zmc",
                                                         "wtmc",
                                                         "cmpid",
                                                         "cmp_id",
                                                         "ncid",
                                                         "ocid",
                                                         "xtor",
                                                         "sr_share",
                                                         "s_kwcid",
                                                         "ef_id",
                                                         "epik",
                                                         "_ga",
                                                         "_gl",
                                                         "srsltid",
                                                         "__s",
                                                         "guccounter",
                                                         "guce_referrer",
                                                         "guce_referrer_sig",
                                                         "hsctatracking",
                                                         "trk_contact",
                                                         "trk_msg",
                                                         "trk_module",
                                                         "ck_subscriber_id",
                                                         "__twitter_impression",
                                                         "ref_src",
                                                         "ref_url",
                                                         "rb_clickid",
                                                         "campaign_id"});

bool is_tracking(std::string_view name) {
    const std::string low = ascii_lowered(name);
    return std::any_of(kFamilies.begin(), kFamilies.end(),
                       [&](std::string_view family) { return low.starts_with(family); }) ||
           std::find(kNames.begin(), kNames.end(), low) != kNames.end();
}

std::string kept_query(std::string_view query) {
    std::string kept;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find_first_of("&;"), query.size());
        const std::string_view part = query.substr(0, end);
        if (!part.empty() && !is_tracking(part.substr(0, part.find('=')))) {
            kept += kept.empty() ? '?' : '&';
            kept += part;
        }
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return kept;
}

/// Takes one thing off the host that says nothing of where the article lies.
bool shorten(std::string& host) {
    for (const std::string_view end : {":80", ":443", ":", "."}) {
        if (!host.ends_with(end)) continue;
        host.resize(host.size() - end.size());
        return true;
    }
    for (const std::string_view front : {"www.", "m."}) {
        // "m.se" is a domain of its own
        const bool more = host.find('.', front.size()) != std::string::npos;
        if (!host.starts_with(front) || !more) continue;
        host.erase(0, front.size());
        return true;
    }
    return false;
}

std::string bare_host(std::string_view authority) {
    if (const std::size_t user = authority.rfind('@'); user != kNone) {
        authority.remove_prefix(user + 1);
    }
    std::string host = ascii_lowered(authority);
    while (shorten(host)) {
    }
    return host;
}

/// The address as a browser reads it: control characters left out, a blank as %20.
std::string without_blanks(std::string_view url) {
    std::string clean;
    clean.reserve(url.size());
    for (const char c : url) {
        const auto code = static_cast<unsigned char>(c);
        if (c == ' ')
            clean += "%20";
        else if (code > 0x20 && code != 0x7F)
            clean += c;
    }
    return clean;
}

}  // namespace

std::string link_key(std::string_view url) {
    const std::string clean = without_blanks(trimmed(url));
    url = clean;
    const std::size_t colon = url.find("://");
    if (colon == kNone) return {};
    const std::string_view scheme = url.substr(0, colon);
    if (!same_ascii(scheme, "http") && !same_ascii(scheme, "https")) return {};
    url.remove_prefix(colon + 3);
    url = url.substr(0, url.find('#'));
    const std::size_t mark = url.find('?');
    const std::string query = mark == kNone ? std::string{} : kept_query(url.substr(mark + 1));
    url = url.substr(0, mark);
    const std::size_t slash = std::min(url.find('/'), url.size());
    std::string key = bare_host(url.substr(0, slash));
    if (key.empty()) return {};
    std::string_view path = url.substr(slash);
    while (path.ends_with('/')) path.remove_suffix(1);
    key += path;
    key += query;
    return key;
}

}  // namespace narvaro
