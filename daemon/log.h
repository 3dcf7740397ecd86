#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"
#include "core/secret.h"

/// A log line is a fixed message and fields. Under systemd the fields reach the journal as such
/// (`journalctl SOURCE=web`); elsewhere a line goes to stderr. docs/logging.md lists messages and
/// keys.
namespace narvaro::log {

using Field = std::pair<std::string_view, std::string>;
using Fields = std::initializer_list<Field>;

void error(std::string_view message, Fields fields = {});    ///< a person must act
void warning(std::string_view message, Fields fields = {});  ///< it mends itself
void info(std::string_view message, Fields fields = {});     ///< start, stop, digest written

/// From here on the secret's value is replaced by "***" in every line, wherever it might slip in.
void mask(const Secret& secret);

/// One line as it goes to stderr: control characters escaped, secrets masked.
std::string format_line(std::string_view message, Fields fields);

}  // namespace narvaro::log
