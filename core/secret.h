#pragma once
#include <string>
#include <utility>

namespace narvaro {

/// A token or password. It has no way to be printed or compared by accident; who needs the bytes
/// calls `reveal` where they go to the wire, and nowhere else.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    bool empty() const { return value_.empty(); }
    const std::string& reveal() const { return value_; }

  private:
    std::string value_;
};

}  // namespace narvaro
