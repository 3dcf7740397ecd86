#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace narvaro {

/// What kind of failure it was, that is, what the program does next.
enum class Fault {
    auth,        ///< the token is expired, revoked or missing: stop until a person stores a new one
    permission,  ///< this one call is not allowed: stop it, tell which permission is missing
    rate_limited,  ///< asked too often: wait `retry_after`
    network,       ///< not reached, cut off, too slow: try again later
    offline,       ///< no such name, or no route: it may be our own network that is down
    bad_reply,     ///< an answer that makes no sense, or is over a limit
    refused,  ///< our own rule forbids it: a private address, another scheme, a token to a stranger
    not_found,  ///< the thing asked for does not exist
    config,     ///< the configuration, a plan or a rule is wrong: exit 78
    storage,    ///< the database could not be read or written
    usage,      ///< the caller's own words are wrong: exit 2
    internal,   ///< a mistake of narvaro's own
};

/// A failure as it is stored, counted and shown. Text is English, one line, without secrets.
struct Error {
    Fault fault = Fault::network;
    std::string what;    ///< what happened, and to which source, file or line
    std::string remedy;  ///< what the admin does next; empty: nothing, it is tried again
    std::optional<std::chrono::seconds>
        retry_after{};  ///< with `rate_limited`, when the server said
    bool operator==(const Error&) const = default;
};

/// A value or the reason why there is none. No exception crosses a folder: this does.
template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(Fault::network, "...")` from a function that returns a Result.
inline tl::unexpected<Error> fail(Fault fault, std::string what, std::string remedy = {}) {
    return tl::unexpected<Error>{Error{fault, std::move(what), std::move(remedy)}};
}

/// Passes an error on with the noun of this layer in front: "source web: ...".
inline tl::unexpected<Error> fail(Error error, const std::string& noun) {
    error.what = noun + ": " + error.what;
    return tl::unexpected<Error>{std::move(error)};
}

/// The stable name of a fault, for logs and JSON.
const char* name_of(Fault fault);

}  // namespace narvaro
