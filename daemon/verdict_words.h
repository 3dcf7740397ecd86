#pragma once
#include <string>

#include "core/label.h"
#include "digest/catalogue.h"

namespace narvaro {

/// A verdict on lines of its own, for people: "climate: yes, 1.25 of 0.8 needed", then a line for
/// each reason with its weight, each line behind `indent`.
std::string verdict_words(const Verdict& verdict, const Catalogue& words,
                          const std::string& indent);

}  // namespace narvaro
