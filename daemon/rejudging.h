#pragma once
#include <cstdint>

#include "daemon/labelling.h"
#include "storage/store.h"

namespace narvaro {

/// Judges the archive again after the rules changed, a slice at a time. Until the last slice is
/// done the former verdicts hold; then all change in one transaction, and the former ones stay
/// readable as they were known then. Whoever is stopped in the middle begins again.
class Rejudging {
  public:
    /// Both outlive it.
    Rejudging(const Labeller& labeller, Store& store)
        : labeller_(labeller), store_(store), press_(labeller.press(store)) {}

    /// Whether any stored post was judged by other rules.
    static Result<bool> is_due(const Labeller& labeller, const Store& store);

    /// @return whether that was all
    Result<bool> step(sys_seconds now);
    std::int64_t posts() const { return posts_; }      ///< judged so far
    std::int64_t changed() const { return changed_; }  ///< verdicts that are new; at the end

  private:
    const Labeller& labeller_;
    Store& store_;
    PressArchive press_;
    std::int64_t after_ = 0;
    std::int64_t posts_ = 0;
    std::int64_t changed_ = 0;
};

/// Everything at once, for a program that serves nothing meanwhile.
/// @return how many verdicts are new
Result<std::int64_t> rejudge_archive(const Labeller& labeller, Store& store, sys_seconds now);

}  // namespace narvaro
