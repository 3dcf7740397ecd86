#pragma once
#include <functional>
#include <string>
#include <vector>

#include "state.h"
#include "world.h"

namespace narvaro::sandbox {

using Wanted = std::function<bool(const Publication&)>;

/// What the clock lets exist and no fault "delete" has taken away, newest first.
std::vector<const Publication*> visible(const State& state, const Wanted& wanted);
std::vector<const PressItem*> visible_press(const State& state, const std::string& feed);
/// The text as it stands now: a fault "edit" {"id", "text"} may have changed it.
std::string text_of(const State& state, const Publication& publication);

}  // namespace narvaro::sandbox
