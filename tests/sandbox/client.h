#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "core/result.h"
#include "http.h"

namespace narvaro::sandbox {

/// Sends the bytes to a port of loopback and reads until the other side closes, or for at most that
/// long, or that many bytes. @return what was read, whole or not
Result<std::string> talk(std::uint16_t port, const std::string& bytes,
                         std::chrono::milliseconds at_most = std::chrono::seconds{10},
                         std::size_t most = 64 * 1024 * 1024);

/// What came back, taken apart as far as it goes.
struct Reply {
    int status = 0;
    Headers headers;
    std::string body;
};

/// One request with "Connection: close". @param headers  lines, each ended by CR LF
Result<Reply> ask(std::uint16_t port, const std::string& method, const std::string& target,
                  const std::string& body = {}, const std::string& headers = {});

/// The port of "http://127.0.0.1:8080"; empty when it is no address of that form.
Result<std::uint16_t> port_of(const std::string& url);

}  // namespace narvaro::sandbox
