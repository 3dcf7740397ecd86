#include "connectors/meta_accounts.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

TEST(Organisations, AreComparedWithoutDotsCaseAndMarks) {
    const Organisations known{{"ungvänster*", "@Vansterpartiet", "200000000000002", "*", ""}};
    EXPECT_TRUE(known.contains("ungvanster"));
    EXPECT_TRUE(known.contains("Ung.Vanster_Roslagen"));
    EXPECT_TRUE(known.contains("vanster.partiet"));
    EXPECT_TRUE(known.contains("200000000000002"));
    EXPECT_FALSE(known.contains("vansterpartiet_anna"));
    EXPECT_FALSE(known.contains("anna"));
    EXPECT_FALSE(known.contains(""));
}

struct LinkCase {
    const char* name;
    const char* url;
    std::optional<MetaLink> link;
};

class MetaAddress : public testing::TestWithParam<LinkCase> {};

TEST_P(MetaAddress, TellsWhoseItIs) { EXPECT_EQ(meta_link(GetParam().url), GetParam().link); }

INSTANTIATE_TEST_SUITE_P(
    Addresses, MetaAddress,
    testing::Values(
        LinkCase{"Post", "https://www.facebook.com/ungvanster/posts/8", MetaLink{"ungvanster"}},
        LinkCase{"PostById", "https://facebook.com/200_8/", MetaLink{"200"}},
        LinkCase{"Profile", "https://m.facebook.com/profile.php?id=77", MetaLink{"77"}},
        LinkCase{"Story", "https://www.facebook.com/permalink.php?story_fbid=1&id=77",
                 MetaLink{"77"}},
        LinkCase{"People", "https://www.facebook.com/people/Anna-A/1000077/", MetaLink{"1000077"}},
        LinkCase{"NewPage", "https://www.facebook.com/p/Ung-V-100077/", MetaLink{"100077"}},
        LinkCase{"Member", "https://www.facebook.com/groups/5/user/77/", MetaLink{"77"}},
        LinkCase{"Event", "https://www.facebook.com/events/5", MetaLink{}},
        LinkCase{"Photo", "https://www.facebook.com/photo.php?fbid=9", (MetaLink{"", true})},
        LinkCase{"PagePhoto", "https://www.facebook.com/anna/photos/a.1/2",
                 (MetaLink{"anna", true})},
        LinkCase{"Instagram", "https://www.instagram.com/ungvanster/", MetaLink{"ungvanster"}},
        LinkCase{"InstagramPost", "https://instagram.com/p/Cabc/", MetaLink{}},
        LinkCase{"Elsewhere", "https://notfacebook.com/anna", std::nullopt},
        LinkCase{"NoAddress", "anna", std::nullopt}),
    [](const auto& info) { return info.param.name; });

TEST(UnwrappedLink, IsTheAddressBehindTheDetour) {
    EXPECT_EQ(
        unwrapped_link("https://l.facebook.com/l.php?u=https%3A%2F%2Fmitti.example%2Fa%3Fb%3D1"
                       "&h=AT1"),
        "https://mitti.example/a?b=1");
    EXPECT_EQ(unwrapped_link("https://mitti.example/l.php?u=x"), "https://mitti.example/l.php?u=x");
}

TEST(Handles, AreFoundInCaptionsButNotInMailAddresses) {
    EXPECT_EQ(handles_in("Tack @ungvanster, @ung.vanster_roslagen. (@a) post@example.org @@b @"),
              (std::vector<std::string>{"ungvanster", "ung.vanster_roslagen", "a", "b"}));
}

TEST(Links, EndBeforeThePunctuationOfTheSentence) {
    EXPECT_EQ(
        links_in("Läs https://mitti.example/a. Och (HTTP://b.example/c(d)) ”https://e.example/f”"
                 " https://mitti.example/a, http:// https://g.example/å!"),
        (std::vector<std::string>{"https://mitti.example/a", "HTTP://b.example/c(d))",
                                  "https://e.example/f", "https://g.example/å"}));
}

}  // namespace
}  // namespace narvaro
