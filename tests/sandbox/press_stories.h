#pragma once
#include <span>

namespace narvaro::sandbox {

/// A story that the local papers tell some three times a year, each time about another place.
/// "{place}" is replaced. No two stories share a telling word, and no draft of ours shares one with
/// a story: only a reply does, with its own story.
struct Story {
    const char* title;
    const char* summary;
    const char* reply;  ///< empty: the association has nothing to say about it
};

std::span<const Story> stories();

}  // namespace narvaro::sandbox
