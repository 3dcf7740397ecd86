#pragma once
#include <string>

#include "core/time.h"
#include "digest/catalogue.h"

namespace narvaro {

// Numbers and dates as each language writes them; blanks inside a figure do not break.

/// "1 234" / "1,234"; with at most `decimals`, none for a whole number.
std::string number_words(double value, const Catalogue& words, int decimals = 1);
/// "+6", "−3", "±0"
std::string signed_words(double value, const Catalogue& words);
/// "8,7 %" / "8.7%"
std::string percent_words(double ratio, const Catalogue& words);
/// "30 november" / "30 November"
std::string day_words(date::local_days day, const Catalogue& words);
/// "30 november 2021"
std::string date_words(date::local_days day, const Catalogue& words);
/// "30 november 14:05"
std::string instant_words(sys_seconds t, const Zone& zone, const Catalogue& words);
/// "november" / "November"
std::string month_words(date::month month, const Catalogue& words);

}  // namespace narvaro
