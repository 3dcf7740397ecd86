#pragma once
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/time.h"

namespace narvaro {

/// What is to be done when: each name once, in the order of its time. Looking costs as much as is
/// due, however many names wait.
class DueQueue {
  public:
    /// Plans the name, or plans it anew.
    void put(const std::string& name, sys_seconds due);

    /// Takes what is due at `now` out, the longest waiting first, and at most so many.
    std::vector<std::string> take_due(sys_seconds now,
                                      std::size_t most = std::numeric_limits<std::size_t>::max());

    bool has_due(sys_seconds now) const { return !order_.empty() && order_.begin()->first <= now; }

    /// Empty: not planned.
    std::optional<sys_seconds> due(const std::string& name) const;

  private:
    std::set<std::pair<sys_seconds, std::string>> order_;
    std::map<std::string, sys_seconds> times_;
};

}  // namespace narvaro
