#include "daemon/reach.h"

namespace narvaro {
namespace {

constexpr std::chrono::minutes kOfLate{10};
constexpr int kTriesAlone = 3;

}  // namespace

bool Reach::is_down(const std::string& host, const std::optional<Error>& error, sys_seconds now) {
    const bool unreached = error && error->fault == Fault::offline;
    if (!unreached) {
        // A time-out proves nothing in either direction; everything else was somebody's answer.
        if (error && error->fault == Fault::network) return false;
        answered_at_ = now;
        out_of_reach_.clear();
        down_since_.reset();
        return false;
    }
    const int tries = ++out_of_reach_[host];
    const bool others_answer = answered_at_ && now - *answered_at_ <= kOfLate;
    const bool alone = out_of_reach_.size() == 1;
    if (others_answer || (alone && tries >= kTriesAlone)) return false;
    if (!down_since_) down_since_ = now;
    return true;
}

}  // namespace narvaro
