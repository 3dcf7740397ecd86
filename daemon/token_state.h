#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "connectors/meta_token.h"
#include "storage/store.h"

namespace narvaro {

/// What was last heard of a token: kept by the name of where it lies, never by what it is.
struct TokenState {
    sys_seconds checked;
    bool valid = false;
    std::optional<sys_seconds> expires;              ///< empty: never
    std::optional<sys_seconds> data_access_expires;  ///< empty: not told
    std::string trouble;
    bool operator==(const TokenState&) const = default;
};

TokenState state_of(const TokenFacts& facts, sys_seconds now);

/// @param where  "credential:meta-token". @return empty when it was never looked at.
Result<std::optional<TokenState>> token_state(const Store& store, const std::string& where);
Result<void> keep_token_state(Store& store, const std::string& where, const TokenState& state);

/// The earlier of the two ends; empty: none is known.
std::optional<sys_seconds> token_end(const TokenState& state);

/// Whole days until the earlier end, 0 on its day and after it; empty: it has none.
std::optional<std::int64_t> token_days_left(const TokenState& state, sys_seconds now);

/// What a person is to know of it, once 21, 7 and 1 days before the end and when it is refused;
/// empty: nothing. @param before  the look before, so that each is said once; empty: say it again
std::optional<Error> token_warning(const TokenState& state, sys_seconds now,
                                   const std::optional<TokenState>& before);

}  // namespace narvaro
