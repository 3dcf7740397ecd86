#include "connectors/graph_error.h"

#include <algorithm>
#include <array>

#include "connectors/graph_fields.h"
#include "connectors/graph_text.h"

namespace narvaro {
namespace {

constexpr std::chrono::minutes kHour{60};
constexpr char kNewToken[] = "store a new one as credential meta-token, then: narvaro token check";

/// Everything that a rule below may look at.
struct Case {
    const GraphErrorBody& body;
    const GraphPurpose& purpose;
    std::optional<std::chrono::seconds> regain;
    std::string said;  ///< the message without secrets

    bool says(std::string_view words) const {
        return body.message.find(words) != std::string::npos;
    }
    std::string number() const {
        std::string text = "code " + std::to_string(body.code);
        if (body.subcode != 0) text += "/" + std::to_string(body.subcode);
        return text;
    }
    std::string quoted() const { return said.empty() ? "" : "; Meta says: \"" + said + "\""; }
};

GraphFailure failure(const Case& c, GraphAction action, Fault fault, std::string what,
                     std::string remedy = {}) {
    GraphFailure f;
    f.action = action;
    f.error = {fault, std::move(what), std::move(remedy)};
    f.code = c.body.code;
    f.subcode = c.body.subcode;
    return f;
}

GraphFailure passing(const Case& c, int retries) {
    GraphFailure f = failure(
        c, GraphAction::retry, Fault::network,
        "Meta could not answer for " + c.purpose.what + " (" + c.number() + ")" + c.quoted());
    f.retries = retries;
    return f;
}

GraphFailure wait(const Case& c, std::chrono::seconds time, const std::string& why,
                  std::string remedy = {}) {
    GraphFailure f = failure(c, GraphAction::back_off, Fault::rate_limited,
                             why + " (" + c.number() + "); no further call for " +
                                 std::to_string((time.count() + 59) / 60) + " minutes" + c.quoted(),
                             std::move(remedy));
    f.error.retry_after = time;
    return f;
}

GraphFailure no_permission(const Case& c) {
    const std::string& needed = c.purpose.permission;
    GraphFailure f = failure(
        c, GraphAction::stop_permission, Fault::permission,
        c.purpose.what + " may not be read (" + c.number() + "): needed is " + needed + c.quoted(),
        "make a token with " + needed +
            ", store it as credential meta-token, then: narvaro token check");
    f.gap = GapReason::forbidden;
    return f;
}

GraphFailure no_data(const Case& c, GapReason gap, std::string what) {
    GraphFailure f = failure(c, GraphAction::skip, Fault::not_found, std::move(what));
    f.gap = gap;
    return f;
}

GraphFailure bug(const Case& c, const std::string& what, std::string remedy) {
    return failure(c, GraphAction::bug, Fault::bad_reply,
                   "Meta does not accept our question for " + c.purpose.what + " (" + c.number() +
                       ")" + what + c.quoted(),
                   std::move(remedy));
}

GraphFailure our_bug(const Case& c) {
    return bug(c, "",
               "see whether [meta] api names a version that is alive; if it does, report this "
               "message to who maintains narvaro");
}

/// What ended the token, in words; Meta tells the day of an expiry in its message only.
std::string end_of_token(const Case& c) {
    switch (c.body.subcode) {
        case 458:
            return "the app was removed by the person who made it";
        case 459:
            return "its owner must log in at facebook.com first";
        case 460:
            return "its owner has changed the password";
        case 463: {
            constexpr std::string_view kOn = "expired on ";
            const auto at = c.said.find(kOn);
            if (at == std::string::npos) return "it has expired";
            const auto from = at + kOn.size();
            return "it expired on " + c.said.substr(from, c.said.find('.', from) - from);
        }
        case 464:
            return "its owner's account is not confirmed";
        case 492:
            return "its owner no longer has a role on the Page";
        case 2069032:
            return "it is a user's token, and this call needs the Page's own";
        default:
            return "it is no longer valid";
    }
}

std::string remedy_for_token(const Case& c) {
    switch (c.body.subcode) {
        case 459:
            return "log in at facebook.com as the person who made the token and answer its "
                   "questions; if that is not enough, " +
                   std::string{kNewToken};
        case 464:
            return "confirm the account at facebook.com; if that is not enough, " +
                   std::string{kNewToken};
        case 492:
            return "give that person full control of the Page again, or make a token as another "
                   "administrator and " +
                   std::string{kNewToken};
        case 2069032:
            return "ask /me/accounts for the Page's token and " + std::string{kNewToken};
        default:
            return kNewToken;
    }
}

GraphFailure no_token(const Case& c) {
    return failure(
        c, GraphAction::stop_auth, Fault::auth,
        "Facebook refused the access token (" + c.number() + "): " + end_of_token(c) + c.quoted(),
        remedy_for_token(c));
}

GraphFailure wrong_proof(const Case& c) {
    return failure(
        c, GraphAction::stop_auth, Fault::auth,
        "Facebook refused the proof of the app's secret (" + c.number() + ")" + c.quoted(),
        "store the secret of the app that made the token as credential "
        "meta-app-secret, then: narvaro token check");
}

GraphFailure unknown_or_reduce(const Case& c) {
    if (c.body.subcode == 2853006) return no_permission(c);
    GraphFailure f = passing(c, 3);
    if (c.says("reduce the amount of data")) f.action = GraphAction::reduce;
    return f;
}

GraphFailure invalid_parameter(const Case& c) {
    const std::string& what = c.purpose.what;
    if (c.body.subcode == 33) {
        if (c.purpose.root) return no_permission(c);
        return failure(c, GraphAction::missing, Fault::not_found,
                       what + " does not exist, or not for this token (" + c.number() + ")");
    }
    if (c.body.subcode == 2108006) {
        return no_data(c, GapReason::closed, what + " is older than the professional account");
    }
    if (c.says("valid insights metric")) {
        GraphFailure f = failure(c, GraphAction::retired, Fault::not_found,
                                 "Meta has ended the metric of " + what + " (" + c.number() + ")");
        f.gap = GapReason::retired;
        return f;
    }
    if (c.says("appsecret_proof") || c.says("app secret proof")) return wrong_proof(c);
    if (c.says("cursor") || c.says("Cursor")) {
        return failure(c, GraphAction::bad_cursor, Fault::bad_reply,
                       "Meta lost our place in " + what + " (" + c.number() + ")" + c.quoted());
    }
    if (c.body.transient) return passing(c, 3);
    GraphFailure f = our_bug(c);
    f.unknown_field = unknown_field_in(c.said);
    return f;
}

GraphFailure by_header(const Case& c) {
    return wait(c, c.regain.value_or(kHour), "Meta's limit of calls for this account is reached");
}

GraphFailure permission_or_viewers(const Case& c) {
    if (c.body.code == 10 && c.says("Not enough viewers")) {
        return no_data(c, GapReason::below_threshold,
                       "Meta hides " + c.purpose.what + ": too few viewers");
    }
    return no_permission(c);
}

GraphFailure two_hundreds(const Case& c) {
    const bool unsupported =
        c.body.subcode == 2069030 || c.body.subcode == 2069031 || c.body.subcode == 2069033;
    return unsupported ? bug(c, ": this Page's kind does not have it", "") : no_permission(c);
}

GraphFailure blocked(const Case& c) {
    return wait(
        c, std::chrono::hours{24}, "Meta has blocked the app or the account for a while",
        "look at the app's alerts at developers.facebook.com and at the Page's quality tab");
}

GraphFailure old_version(const Case& c) {
    return bug(c, ": the ads part of this version has ended",
               "raise the version in [meta] api, then: narvaro token check");
}

GraphFailure too_few_followers(const Case& c) {
    return no_data(c, GapReason::below_threshold,
                   "Meta shows " + c.purpose.what + " from 100 followers on (" + c.number() + ")");
}

GraphFailure no_such_account(const Case& c) {
    return no_data(
        c, GapReason::failed,
        c.purpose.what + ": there is no such public professional account (" + c.number() + ")");
}

using Rule = GraphFailure (*)(const Case&);

struct CodeRange {
    std::int64_t from;
    std::int64_t to;
    Rule rule;
};

constexpr Rule kServiceDown = [](const Case& c) { return passing(c, 5); };
constexpr Rule kAnHour = [](const Case& c) {
    return wait(c, kHour, "Meta's limit of calls is reached");
};
constexpr Rule kNotForThisPost = [](const Case& c) {
    return no_data(c, GapReason::failed, "Meta has no figures for " + c.purpose.what);
};

/// The table of the reference, section 6.3; the first range that holds the code decides.
constexpr std::array<CodeRange, 25> kCodes{{
    {1, 1, unknown_or_reduce},
    {2, 2, kServiceDown},
    {3, 3, no_permission},
    {4, 4, kAnHour},
    {10, 10, permission_or_viewers},
    {17, 17, kAnHour},
    {32, 32, kAnHour},
    {100, 100, invalid_parameter},
    {102, 102, no_token},
    {110, 110, no_such_account},
    {190, 190, no_token},
    {200, 200, two_hundreds},
    {201, 299, no_permission},
    {341, 341, kAnHour},
    {368, 368, blocked},
    {613, 613, kAnHour},
    {2500, 2500, our_bug},
    {2635, 2635, old_version},
    {3001, 3001, our_bug},
    {9005, 9005, our_bug},
    {80000, 80014, by_header},
    {2874008, 2874008, too_few_followers},
    {2932001, 2932010, kNotForThisPost},
    {467, 467, no_token},
    {104, 104, wrong_proof},
}};

}  // namespace

std::optional<GraphErrorBody> graph_error_in(const Json& answer) {
    GraphErrorBody body;
    if (const Json* error = member(answer, "error"); error != nullptr) {
        body.code = count_at(*error, "code").value_or(0);
        body.subcode = count_at(*error, "error_subcode").value_or(0);
        const Json* transient = member(*error, "is_transient");
        body.transient = transient != nullptr && transient->is_boolean() && transient->get<bool>();
        body.message = error->is_string() ? error->get<std::string>() : text_at(*error, "message");
        return body;
    }
    if (member(answer, "error_type") == nullptr) return {};
    body.code = count_at(answer, "code").value_or(0);
    body.message = text_at(answer, "error_message");
    return body;
}

GraphFailure judge_graph_error(const GraphErrorBody& body, const GraphPurpose& purpose,
                               std::optional<std::chrono::seconds> regain,
                               const std::vector<std::string>& secrets) {
    const Case c{body, purpose, regain, clean_message(body.message, secrets)};
    const auto known = std::find_if(kCodes.begin(), kCodes.end(), [&](const CodeRange& range) {
        return range.from <= body.code && body.code <= range.to;
    });
    if (known != kCodes.end()) return known->rule(c);
    return body.transient ? passing(c, 3) : our_bug(c);
}

}  // namespace narvaro
