#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace narvaro {

inline constexpr char kClimate[] = "climate";
inline constexpr char kYouth[] = "youth";
inline constexpr char kUngVanster[] = "ung_vanster";
inline constexpr char kNewsHook[] = "news_hook";

/// One thing that spoke for or against a label, as a person reads it.
struct Reason {
    std::string
        text;  ///< "klimat·omställningen", "arbets·miljö: undantaget", "länk till mitti.example"
    double weight = 0;  ///< what it added; 0 for what was excluded
    bool operator==(const Reason&) const = default;
};

/// A rule's judgement on one post.
struct Verdict {
    std::string label;
    bool value = false;
    bool no_text = false;  ///< there was nothing to judge: neither a yes nor a no
    double score = 0;
    double threshold = 0;
    std::vector<Reason> reasons;  ///< strongest first; also for a no
    /// news_hook only: the press item that the post hooks onto, as "source/remote_id"; empty:
    /// unknown.
    std::string hook_item;
    std::optional<std::chrono::minutes> hook_age;  ///< from the item to the post
    std::string rules_version;  ///< "climate 4 (1a2b3c4d)": file version and hash
    bool operator==(const Verdict&) const = default;
};

/// A person's judgement. It wins over every rule, and is kept for ever.
struct Decision {
    std::string label;
    std::optional<bool> value;  ///< empty: back to what the rules say
    std::string who;
    sys_seconds when;
    std::string note;
    bool operator==(const Decision&) const = default;
};

}  // namespace narvaro
