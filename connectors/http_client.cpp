#include "connectors/http_client.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "connectors/curl_multi.h"
#include "connectors/curl_transfer.h"
#include "connectors/http_url.h"
#include "connectors/sync.h"

namespace narvaro {
namespace {

using Clock = std::chrono::steady_clock;

/// Connections are kept for the next feed of their host, while others are asked.
constexpr long kConnectionsPerTransfer = 4;

constexpr char kHeaderNameLetters[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~";
constexpr long kRedirects[] = {301, 302, 303, 307, 308};

bool breaks_a_header(const std::string& value) {
    return std::any_of(value.begin(), value.end(),
                       [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool is_header_name(const std::string& name) {
    return !name.empty() && name.find_first_not_of(kHeaderNameLetters) == std::string::npos;
}

/// The request's own headers and those of its validators, byte for byte. Values are not repeated in
/// messages: they may be secrets.
Result<std::vector<std::pair<std::string, std::string>>> headers_of(const HttpRequest& request) {
    auto headers = request.headers;
    if (request.validators && !request.validators->etag.empty()) {
        headers.emplace_back("If-None-Match", request.validators->etag);
    }
    if (request.validators && !request.validators->last_modified.empty()) {
        headers.emplace_back("If-Modified-Since", request.validators->last_modified);
    }
    for (const auto& [name, value] : headers) {
        if (!is_header_name(name)) return fail(Fault::refused, "a header has a forbidden name");
        if (breaks_a_header(value)) {
            return fail(Fault::refused, "header " + name + " holds a line break");
        }
    }
    if (breaks_a_header(request.bearer.reveal())) {
        return fail(Fault::refused, "the token holds a line break", "store it again as one line");
    }
    return headers;
}

bool is_redirect(const HttpReply& reply) {
    return std::find(std::begin(kRedirects), std::end(kRedirects), reply.status) !=
               std::end(kRedirects) &&
           !reply.header("location").empty();
}

/// A request on its way from redirect to redirect.
struct Trail {
    HttpUrl at;
    std::vector<std::string> visited;
    std::vector<std::pair<std::string, std::string>> headers;
    std::chrono::milliseconds time_left;
    bool permanent = true;
};

tl::unexpected<Error> refuse(const Trail& trail, const std::string& what, std::string remedy = {}) {
    return fail(Fault::refused, place_of(trail.at) + ": " + what, std::move(remedy));
}

/// Where a redirect may be followed to.
Result<HttpUrl> next_address(const Trail& trail, const HttpRequest& request,
                             const std::string& location) {
    Result<HttpUrl> next = resolve_http_url(trail.at, location);
    if (!next) {
        Error error = std::move(next.error());
        if (error.fault == Fault::usage) error.fault = Fault::bad_reply;  // the server's words
        return fail(std::move(error), place_of(trail.at) + ": redirect");
    }
    if (!request.bearer.empty() || !request.form.empty()) {
        return refuse(trail, "refused: a redirect to " + next->host + " of a request with a token",
                      "write the address that needs no redirect");
    }
    if (trail.at.scheme == "https" && next->scheme != "https") {
        return refuse(trail, "refused: a redirect from https to http, to " + next->host);
    }
    if (std::find(trail.visited.begin(), trail.visited.end(), next->text) != trail.visited.end()) {
        return fail(Fault::bad_reply, place_of(trail.at) + ": a redirect loop",
                    "open the address in a browser and write where it leads");
    }
    if (trail.visited.size() > static_cast<std::size_t>(std::max(0, request.max_redirects))) {
        return fail(Fault::bad_reply,
                    place_of(trail.at) + ": more than " + std::to_string(request.max_redirects) +
                        " redirects",
                    "open the address in a browser and write where it leads");
    }
    return next;
}

/// Moves on to `next`. What the caller put into headers for one host is not for another.
void move_on(Trail& trail, HttpUrl next, long status) {
    trail.permanent = trail.permanent && (status == 301 || status == 308);
    if (next.host != trail.at.host) {
        std::erase_if(trail.headers, [](const auto& header) {
            return header.first != "Accept" && header.first != "If-None-Match" &&
                   header.first != "If-Modified-Since";
        });
    }
    trail.at = std::move(next);
    trail.visited.push_back(trail.at.text);
}

std::string plain_host(std::string host) {
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    for (char& c : host) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (host.size() > 1 && host.back() == '.') host.pop_back();
    return host;
}

}  // namespace

struct HttpClient::Core {
    /// What is kept of a host: its queue and when it was last asked.
    struct Host {
        explicit Host(const asio::any_io_executor& loop) : queue{loop, 1} {}
        Semaphore queue;
        std::optional<Clock::time_point> last_asked;
    };

    Core(const asio::any_io_executor& executor, HttpOptions given)
        : options{std::move(given)},
          loop{executor},
          multi{CurlMulti::make(executor, kConnectionsPerTransfer * options.max_transfers)},
          slots{executor, options.max_transfers} {
        for (const std::string& host : options.private_hosts)
            may_be_private.insert(plain_host(host));
        for (const std::string& host : options.hosts_without_gap)
            without_gap.insert(plain_host(host));
    }

    Host& host(const std::string& name) {
        std::unique_ptr<Host>& entry = hosts[name];
        if (!entry) entry = std::make_unique<Host>(loop);
        return *entry;
    }

    /// How long the host is still to be left alone.
    std::chrono::milliseconds gap_left(const Host& host, const std::string& name) const {
        if (!host.last_asked || without_gap.contains(name)) return std::chrono::milliseconds{0};
        const auto left = *host.last_asked + options.host_gap - Clock::now();
        return std::max(std::chrono::milliseconds{0},
                        std::chrono::ceil<std::chrono::milliseconds>(left));
    }

    static Task<Result<HttpReply>> ask(Core& core, Trail& trail, const HttpRequest& request);

    HttpOptions options;
    asio::any_io_executor loop;
    std::shared_ptr<CurlMulti> multi;
    Semaphore slots;
    std::map<std::string, std::unique_ptr<Host>> hosts;
    std::set<std::string> may_be_private;
    std::set<std::string> without_gap;
};

HttpClient::HttpClient(asio::io_context& loop, HttpOptions options)
    : core_{std::make_shared<Core>(loop.get_executor(), std::move(options))} {}

HttpClient::~HttpClient() { core_->multi->close(); }

Task<Result<HttpReply>> HttpClient::get(HttpRequest request) {
    return follow(core_, std::move(request));  // which keeps the core for as long as it runs
}

/// One request to trail.at, after its turn has come. Waiting for the turn costs none of its time.
Task<Result<HttpReply>> HttpClient::Core::ask(Core& core, Trail& trail,
                                              const HttpRequest& request) {
    Host& host = core.host(trail.at.host + ":" + trail.at.port);
    const Semaphore::Permit turn = co_await host.queue.acquire();
    const std::chrono::milliseconds gap = core.gap_left(host, trail.at.host);
    if (gap.count() > 0) co_await sleep_for(gap);
    const Semaphore::Permit slot = co_await core.slots.acquire();

    Hop hop{trail.at,          trail.headers,
            request.bearer,    request.form,
            request.max_bytes, trail.time_left,
            request.timeout,   core.may_be_private.contains(trail.at.host)};
    CurlTransfer transfer{core.options, std::move(hop)};
    if (transfer.handle() == nullptr) {
        co_return fail(Fault::network, place_of(trail.at) + ": libcurl could not be set up");
    }
    const Clock::time_point start = Clock::now();
    host.last_asked = start;
    const CURLcode code = co_await CurlMulti::perform(core.multi, transfer.handle());
    trail.time_left -= std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    co_return transfer.finish(code);
}

Task<Result<HttpReply>> HttpClient::follow(std::shared_ptr<Core> core, HttpRequest request) {
    request.timeout = std::min(request.timeout, core->options.longest_transfer);
    Result<HttpUrl> url = parse_http_url(request.url);
    if (!url) co_return tl::unexpected<Error>{std::move(url.error())};
    auto headers = headers_of(request);
    if (!headers) co_return fail(std::move(headers.error()), place_of(*url));

    Trail trail{*url, {url->text}, std::move(*headers), request.timeout};
    for (;;) {
        Result<HttpReply> reply = co_await Core::ask(*core, trail, request);
        if (!reply) co_return reply;
        if (!is_redirect(*reply)) {
            reply->moved_permanently = trail.visited.size() > 1 && trail.permanent;
            co_return reply;
        }
        Result<HttpUrl> next = next_address(trail, request, reply->header("location"));
        if (!next) co_return tl::unexpected<Error>{std::move(next.error())};
        if (trail.time_left.count() <= 0) {
            co_return fail(Fault::network, place_of(trail.at) + ": timed out among its redirects");
        }
        move_on(trail, std::move(*next), reply->status);
    }
}

}  // namespace narvaro
