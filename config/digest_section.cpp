// [digest]: when the digest is made, and to whom it goes.
#include <algorithm>

#include "config/address.h"
#include "config/nearest_name.h"
#include "config/sections.h"

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

/// "name@example.org", or { address = "name@example.org", language = "en" }
std::optional<Recipient> read_recipient(TextOrTable& entry, Position& at) {
    if (!entry.table) {
        at = entry.text.at;
        return Recipient{std::move(entry.text.text), {}};
    }
    at = entry.table->at("address");
    if (!entry.table->has("address"))
        entry.table->missing("address", "address = \"name@example.org\"");
    Recipient recipient{entry.table->filled("address").value_or(""),
                        entry.table->one_of("language", {"sv", "en"}).value_or("")};
    entry.table->finish();
    if (recipient.address.empty()) return {};
    return recipient;
}

void read_recipients(TableReader& r, DigestSettings& digest) {
    for (TextOrTable& entry : r.texts_or_tables("to")) {
        Position at;
        std::optional<Recipient> to = read_recipient(entry, at);
        if (!to) continue;
        const bool twice =
            std::any_of(digest.to.begin(), digest.to.end(),
                        [&](const Recipient& known) { return known.address == to->address; });
        if (!is_mail_address(to->address) || twice) {
            r.report().add(at, "\"to\" in " + r.name() + " holds \"" + to->address + "\"" +
                                   (twice ? " twice"
                                          : ", which is no mail address; allowed: "
                                            "\"name@example.org\""));
            continue;
        }
        digest.to.push_back(std::move(*to));
    }
}

/// A mail server needs to know from whom and to whom; without one the digest is written to files
/// alone.
void check_mail(const TableReader& r) {
    const bool logs_in = r.has("user") || r.has("password");
    if (!r.has("smtp") && !logs_in && !r.has("ca_file")) return;
    if (!r.has("to")) r.missing("to", "to = [\"digital@example.org\"]");
    if (!r.has("from")) r.missing("from", "from = \"narvaro@example.org\"");
    if (!r.has("smtp")) r.missing("smtp", "smtp = \"smtps://mail.example.org\"");
    if (!logs_in) return;
    if (!r.has("user")) r.missing("user", "user = \"narvaro@example.org\"");
    if (!r.has("password")) r.missing("password", "password = \"credential:smtp-password\"");
}

}  // namespace

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
    digest.ca_file = r.filled("ca_file").value_or("");
    check_mail(r);
    r.finish();
    if (r.report().count() == before && r.has("to") && digest.to.empty()) {
        r.wrong("to", "names nobody; write for example to = [\"digital@example.org\"]");
    }
    if (r.report().count() > before) return {};
    return digest;
}

}  // namespace narvaro
