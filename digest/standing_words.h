#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/plan.h"
#include "core/target_result.h"

namespace narvaro {

/// "mätt", "bekräftat för hand", "preliminärt", "lucka", "upphört", "stängt av plattformen"
std::string measurability_word(Measurability how, std::string_view language);

/// How one source stands, with its date: "fb: mätt 30 juni 2021"
std::string standing_words(const Standing& standing, const Zone& zone, std::string_view language);

/// "utgångsvärdet saknar källa"
std::string caution_words(Caution caution, std::string_view language);

/// "12 mätta, 4 bekräftade för hand, 1 lucka": the targets of a plan by their least sure source;
/// those that nothing is known of are "ej mätbara".
std::string measurability_total(const std::vector<TargetResult>& results,
                                std::string_view language);

/// What growth did in the last weeks, and what was left out of it: "+3 i veckan (1 till 5)";
/// "v. 22: +100 på en gång, räknas inte i takten". Empty without a gain.
std::string gain_words(const TargetResult& result, const Zone& zone, std::string_view language);

/// What the plan asks for by now: "takten kräver 440". Empty where the pace is not known.
std::string pace_words(const TargetResult& result, const Target& target, std::string_view language);

/// "31 december: 463 (420–506)". Empty without a forecast.
std::string forecast_words(const TargetResult& result, const Target& target, const Zone& zone,
                           std::string_view language);

/// How good the forecasts of a month ago were: "7 av 9 prognoser från 31 maj höll". Empty without
/// any.
std::string review_words(const std::vector<ForecastReview>& reviews, std::string_view language);

}  // namespace narvaro
