#include "config/nearest_name.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

const std::vector<std::string> kKnown{"kind", "page", "every", "token", "followers"};

TEST(NearestName, UndoesASlipOfThePen) {
    EXPECT_EQ(nearest_name("knd", kKnown), "kind");
    EXPECT_EQ(nearest_name("kindd", kKnown), "kind");
    EXPECT_EQ(nearest_name("pagr", kKnown), "page");
    EXPECT_EQ(nearest_name("eveyr", kKnown), "every") << "two letters exchanged are one slip";
    EXPECT_EQ(nearest_name("KIND", kKnown), "kind") << "capitals are nothing";
    EXPECT_EQ(nearest_name("folowrs", kKnown), "followers");
}

TEST(NearestName, IsEmptyWhenNoneIsNear) {
    EXPECT_EQ(nearest_name("colour", kKnown), "");
    EXPECT_EQ(nearest_name("", kKnown), "");
    EXPECT_EQ(nearest_name("x", {"a", "b"}), "") << "another letter of one is another word";
    EXPECT_EQ(nearest_name(std::string(100'000, 'k'), kKnown), "");
}

TEST(NearestName, OfSeveralIsTheNearest) {
    EXPECT_EQ(nearest_name("tokens", {"tokers", "token"}), "tokers");
    EXPECT_EQ(nearest_name("webb", {"wobb", "web"}), "wobb") << "the first of two equally near";
}

TEST(AllowedNames, ListsAllAndTheNearest) {
    EXPECT_EQ(allowed_names("knd", {"kind", "page"}), "allowed: kind, page; nearest: \"kind\"");
    EXPECT_EQ(allowed_names("colour", {"kind", "page"}), "allowed: kind, page");
    EXPECT_EQ(allowed_names("fb", {}), "none is configured");
}

}  // namespace
}  // namespace narvaro
