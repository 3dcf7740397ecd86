#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/label.h"
#include "core/rules.h"
#include "core/source.h"
#include "core/time.h"

namespace narvaro {

/// One item of a press feed.
struct PressItem {
    std::string id;      ///< what Verdict::hook_item names: "source/remote_id"
    std::string source;  ///< the configured source, or empty
    std::string url;
    std::string title;
    std::string summary;
    std::optional<sys_seconds> published;
    /// When it was first read; empty: not known. A published time after it is not believed.
    std::optional<sys_seconds> first_seen;
};

/// A publication of ours that may follow the press.
struct HookInput {
    std::string text;
    std::vector<std::string> links;  ///< beside those that stand in the text
    std::optional<sys_seconds> published;
    SourceKind channel = SourceKind::facebook;
};

/// Matches posts to the press items before them. Immutable once built; copies share the index.
class HookMatcher {
  public:
    /// @param items      any order; an item without any time is found by links only
    /// @param documents  further texts (our own posts) that say how common a word is; may be empty
    HookMatcher(HookRules rules, const std::vector<PressItem>& items,
                const std::vector<std::string>& documents = {});

    /// The label news_hook: a link to an item, or another article of the press, or enough shared
    /// distinctive words. Looks only at items of the window that share a word with the post.
    Verdict match(const HookInput& post) const;

  private:
    struct Index;
    std::shared_ptr<const Index> index_;
};

}  // namespace narvaro
