#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "world.h"

namespace narvaro::sandbox {

/// Numbers that look random and are the same everywhere and always (splitmix64).
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    /// @return 0 to below - 1
    int roll(int below);

  private:
    std::uint64_t state_;
};

/// Three feeds, seven items a month each, in 2020 and 2021; oldest first.
std::vector<PressItem> script_press();
/// The monthly posts of Page and account.
void script_months(std::vector<Publication>& out, const std::vector<PressItem>& press);
/// Posts with a purpose: edges of months, the nights of the clock change, near misses of hooks.
void script_edges(std::vector<Publication>& out, const std::vector<PressItem>& press);
/// Stories, collaborations, photo tags, watched accounts.
void script_others(std::vector<Publication>& out);
void script_articles(std::vector<Publication>& out);

/// "{place}" replaced by the n-th place.
std::string placed(const char* text, int n);
/// "Kulturskolans kö växer" -> "kulturskolans-ko-vaxer"
std::string slug_of(const std::string& title);
/// Sets the month from the instant; for publications whose hour the script leaves open.
void set_month(Publication& p);

}  // namespace narvaro::sandbox
