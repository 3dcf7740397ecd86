#include "daemon/rejudging.h"

namespace narvaro {
namespace {

/// Some ten milliseconds of work: polls and the watchdog go on between two slices.
constexpr std::size_t kSlice = 50;

}  // namespace

Result<bool> Rejudging::is_due(const Labeller& labeller, const Store& store) {
    const auto posts = store.posts_to_judge(labeller.label_versions(), 0, 1);
    if (!posts) return tl::unexpected{posts.error()};
    return !posts->empty();
}

Result<bool> Rejudging::step(sys_seconds now) {
    if (after_ == 0) {
        if (const auto cleared = store_.clear_staged(); !cleared) {
            return tl::unexpected{cleared.error()};
        }
    }
    const auto posts = store_.posts_to_judge(labeller_.label_versions(), after_, kSlice);
    if (!posts) return tl::unexpected{posts.error()};
    if (posts->empty()) {
        const auto swapped = store_.swap_staged(labeller_.label_versions(), now);
        if (!swapped) return tl::unexpected{swapped.error()};
        changed_ = *swapped;
        return true;
    }
    const auto verdicts = labeller_.judge(*posts, press_);
    if (!verdicts) return tl::unexpected{verdicts.error()};
    if (const auto staged = store_.stage_verdicts(*verdicts); !staged) {
        return tl::unexpected{staged.error()};
    }
    posts_ += static_cast<std::int64_t>(posts->size());
    after_ = posts->back().key;
    return false;
}

Result<std::int64_t> rejudge_archive(const Labeller& labeller, Store& store, sys_seconds now) {
    const auto due = Rejudging::is_due(labeller, store);
    if (!due) return tl::unexpected{due.error()};
    if (!*due) return 0;
    Rejudging rejudging{labeller, store};
    for (;;) {
        const auto done = rejudging.step(now);
        if (!done) return tl::unexpected{done.error()};
        if (*done) return rejudging.changed();
    }
}

}  // namespace narvaro
