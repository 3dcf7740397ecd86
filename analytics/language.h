#pragma once
#include "analytics/tokens.h"

namespace narvaro {

/// Whether a text of at least five words holds none of the little words that any Swedish text has.
/// A hint for people: such a text is judged by the same rules. Never true for a shorter text.
bool looks_foreign(const TokenText& text);

}  // namespace narvaro
