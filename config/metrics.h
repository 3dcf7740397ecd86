#pragma once
#include <map>
#include <string>

#include "core/source.h"

namespace narvaro {

/// What a metric's dimension is.
enum class Dimension { none, city, country, region };

/// The series that a kind of source supplies: spec.md section 3 and core/sample.h.
const std::map<std::string, Dimension>& metrics_of(SourceKind kind);

/// A dimension as it is written in a plan: `dimension = "Vallentuna, Sweden"`.
const char* example_of(Dimension dimension);

}  // namespace narvaro
