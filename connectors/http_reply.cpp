#include <algorithm>
#include <charconv>

#include <curl/curl.h>

#include "connectors/http.h"
#include "connectors/http_status.h"
#include "connectors/http_url.h"

namespace narvaro {
namespace {

// More than a year is as good as for ever, and must not overflow anybody's clock.
constexpr std::chrono::seconds kMost = std::chrono::hours{24 * 366};

}  // namespace

std::optional<std::chrono::seconds> retry_after(const HttpReply& reply, sys_seconds now) {
    const std::string text = reply.header("retry-after");
    if (text.empty()) return std::nullopt;
    if (text.find_first_not_of("0123456789") == std::string::npos) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc{} ? std::min(std::chrono::seconds{value}, kMost) : kMost;
    }
    const auto date = curl_getdate(text.c_str(), nullptr);
    if (date < 0) return std::nullopt;
    const sys_seconds at{std::chrono::seconds{date}};
    return std::clamp(at - now, std::chrono::seconds{0}, kMost);
}

Error error_of_status(const HttpReply& reply, sys_seconds now) {
    const long status = reply.status;
    const auto error = [&](Fault fault, const std::string& what, std::string remedy) {
        return Error{fault,
                     place_of(reply.url) + ": " + what + " (HTTP " + std::to_string(status) + ")",
                     std::move(remedy)};
    };
    if (status == 429 || status == 503) {
        Error busy = error(Fault::rate_limited,
                           status == 429 ? "the server asks us to ask less often"
                                         : "the server is not available for now",
                           {});
        busy.retry_after = retry_after(reply, now);
        return busy;
    }
    if (status == 401 || status == 403) {
        return error(Fault::permission, "the server does not let us read this",
                     "open the address in a browser; ask its owner to let narvaro read it");
    }
    if (status == 404 || status == 410) {
        return error(Fault::not_found, "there is nothing at this address",
                     "look for the feed's new address and write it in the configuration");
    }
    if (status == 408 || status >= 500) {
        return error(Fault::network, "the server has failed", {});
    }
    return error(Fault::bad_reply, "an answer that was not expected",
                 "open the address in a browser and see what it says");
}

}  // namespace narvaro
