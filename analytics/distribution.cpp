#include "analytics/distribution.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace narvaro {
namespace {

constexpr double kHolds = 0.8;
constexpr double kNegligible = 1e-7;
constexpr std::size_t kLongest = 200'000;

void normalise(Distribution& counts) {
    const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
    for (double& p : counts) p /= total;
}

/// From the logarithm of the first probability and the ratio of each to the one before; goes on
/// until what is left is negligible.
template <class Ratio>
Distribution by_ratios(double log_first, Ratio ratio) {
    Distribution counts;
    double log_p = log_first;
    double seen = 0;
    for (std::size_t k = 0; k < kLongest && seen < 1 - kNegligible; ++k) {
        if (k > 0) log_p += std::log(ratio(static_cast<double>(k)));
        counts.push_back(std::exp(log_p));
        seen += counts.back();
    }
    normalise(counts);
    return counts;
}

}  // namespace

Distribution negative_binomial(double mean, double variance) {
    if (mean <= 0) return {1.0};
    if (variance <= mean * (1 + kNegligible)) {
        return by_ratios(-mean, [&](double k) { return mean / k; });
    }
    const double p = mean / variance;
    const double size = mean * p / (1 - p);
    return by_ratios(size * std::log(p), [&](double k) { return (size + k - 1) / k * (1 - p); });
}

Distribution beta_binomial(std::int64_t n, double a, double b) {
    // Each probability from the one before, as logarithms: the first may be too small for a double.
    std::vector<double> logs{0.0};
    for (std::int64_t k = 0; k < n; ++k) {
        const auto successes = static_cast<double>(k);
        const auto left = static_cast<double>(n - k);
        logs.push_back(logs.back() + std::log(left * (successes + a)) -
                       std::log((successes + 1) * (left - 1 + b)));
    }
    const double highest = *std::max_element(logs.begin(), logs.end());
    Distribution counts;
    counts.reserve(logs.size());
    for (const double log_p : logs) counts.push_back(std::exp(log_p - highest));
    normalise(counts);
    return counts;
}

Distribution single_trial(double chance) { return {1 - chance, chance}; }

Distribution sum(const Distribution& a, const Distribution& b) {
    Distribution counts(a.size() + b.size() - 1, 0.0);
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < b.size(); ++j) counts[i + j] += a[i] * b[j];
    }
    return counts;
}

Likely likely(const Distribution& counts) {
    Likely found;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        found.mean += static_cast<double>(k) * counts[k];
    }
    std::vector<double> below(counts.size() + 1, 0.0);
    std::partial_sum(counts.begin(), counts.end(), below.begin() + 1);
    std::size_t shortest = counts.size();
    double most = 0;
    std::size_t high = 0;
    for (std::size_t low = 0; low < counts.size(); ++low) {
        high = std::max(high, low);
        while (high < counts.size() && below[high + 1] - below[low] < kHolds - kNegligible) ++high;
        if (high == counts.size()) break;
        const std::size_t length = high - low;
        const double held = below[high + 1] - below[low];
        if (length > shortest || (length == shortest && held <= most)) continue;
        shortest = length;
        most = held;
        found.low = static_cast<double>(low);
        found.high = static_cast<double>(high);
    }
    return found;
}

}  // namespace narvaro
