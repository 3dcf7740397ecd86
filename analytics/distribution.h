#pragma once
// How likely each count is: what forecasts are made of. Inside analytics/ only.
#include <cstdint>
#include <vector>

namespace narvaro {

/// The probabilities of 0, 1, 2, …; never empty, and they add up to one.
using Distribution = std::vector<double>;

/// A count of independent events whose rate is itself known only so well. A variance at or below
/// the mean gives the plain Poisson distribution.
Distribution negative_binomial(double mean, double variance);

/// How many of n succeed, each with the same chance, of which only `a` successes and `b` failures
/// are known. @param a, b  above zero
Distribution beta_binomial(std::int64_t n, double a, double b);

/// One trial.
Distribution single_trial(double chance);

/// The sum of two independent counts.
Distribution sum(const Distribution& a, const Distribution& b);

struct Likely {
    double mean = 0;
    double low = 0;
    double high = 0;
};

/// The shortest range of counts that holds at least 80 of 100 cases; of several the likeliest.
Likely likely(const Distribution& counts);

}  // namespace narvaro
