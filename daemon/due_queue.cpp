#include "daemon/due_queue.h"

namespace narvaro {

void DueQueue::put(const std::string& name, sys_seconds due) {
    const auto [entry, fresh] = times_.try_emplace(name, due);
    if (!fresh) order_.erase({entry->second, name});
    entry->second = due;
    order_.emplace(due, name);
}

std::vector<std::string> DueQueue::take_due(sys_seconds now, std::size_t most) {
    std::vector<std::string> names;
    while (names.size() < most && !order_.empty() && order_.begin()->first <= now) {
        names.push_back(order_.begin()->second);
        times_.erase(names.back());
        order_.erase(order_.begin());
    }
    return names;
}

std::optional<sys_seconds> DueQueue::due(const std::string& name) const {
    const auto entry = times_.find(name);
    if (entry == times_.end()) return {};
    return entry->second;
}

}  // namespace narvaro
