#pragma once
#include <functional>
#include <optional>
#include <string>

#include "core/result.h"
#include "core/secret.h"

namespace narvaro {

/// Where a secret lies; the configuration never holds the secret itself.
struct SecretRef {
    enum class Kind { credential, file, environment };
    Kind kind = Kind::credential;
    std::string name;  ///< a credential's or variable's name, or a path
    bool operator==(const SecretRef&) const = default;
};

/// A variable of the environment by name; empty when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// "credential:NAME", "file:PATH", "env:NAME"; empty for anything else, a literal token above all.
std::optional<SecretRef> parse_secret_ref(const std::string& text);

/// "credential:NAME", "file:PATH", "env:NAME"
std::string to_string(const SecretRef& ref);

/// The secret, without the line end of its file. Errors name the reference and never a value: a
/// file that others may read, one that is missing, empty, or holds more than one line.
Result<Secret> resolve(const SecretRef& ref, const Environment& environment);

}  // namespace narvaro
