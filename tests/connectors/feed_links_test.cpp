#include "connectors/feed_links.h"

#include <gtest/gtest.h>

#include "connectors/feed.h"

namespace narvaro {
namespace {

struct ResolveCase {
    const char* reference;
    const char* resolved;
};
void PrintTo(const ResolveCase& c, std::ostream* out) { *out << c.reference; }
class Resolve : public testing::TestWithParam<ResolveCase> {};

TEST_P(Resolve, GivesWhatRfc3986Says) {
    EXPECT_EQ(resolve_link("http://a/b/c/d;p?q", GetParam().reference), GetParam().resolved);
}

INSTANTIATE_TEST_SUITE_P(
    Rfc3986, Resolve,
    testing::Values(ResolveCase{"g:h", "g:h"}, ResolveCase{"g", "http://a/b/c/g"},
                    ResolveCase{"./g", "http://a/b/c/g"}, ResolveCase{"g/", "http://a/b/c/g/"},
                    ResolveCase{"/g", "http://a/g"}, ResolveCase{"//g", "http://g"},
                    ResolveCase{"?y", "http://a/b/c/d;p?y"}, ResolveCase{"g?y", "http://a/b/c/g?y"},
                    ResolveCase{"#s", "http://a/b/c/d;p?q#s"},
                    ResolveCase{"g#s", "http://a/b/c/g#s"}, ResolveCase{";x", "http://a/b/c/;x"},
                    ResolveCase{"", "http://a/b/c/d;p?q"}, ResolveCase{".", "http://a/b/c/"},
                    ResolveCase{"..", "http://a/b/"}, ResolveCase{"../g", "http://a/b/g"},
                    ResolveCase{"../..", "http://a/"}, ResolveCase{"../../../g", "http://a/g"},
                    ResolveCase{"/../g", "http://a/g"}, ResolveCase{"g.", "http://a/b/c/g."},
                    ResolveCase{"./g/.", "http://a/b/c/g/"},
                    ResolveCase{"g/../h", "http://a/b/c/h"},
                    ResolveCase{"g?y/../x", "http://a/b/c/g?y/../x"}));

TEST(Resolve, NeedsABaseThatHoldsPaths) {
    EXPECT_EQ(resolve_link("", "a/1"), "a/1");
    EXPECT_EQ(resolve_link("javascript:x", "a/1"), "a/1");
    EXPECT_EQ(resolve_link("https://a.example", "a/1"), "https://a.example/a/1");
}

TEST(LinkKey, IsTheSameForEveryWayToWriteAnArticlesAddress) {
    const std::string key = "tidning.example/nyheter/buss-665";
    for (const char* url :
         {"https://tidning.example/nyheter/buss-665", "http://tidning.example/nyheter/buss-665/",
          "https://www.tidning.example/nyheter/buss-665",
          "https://m.tidning.example/nyheter/buss-665",
          "HTTPS://Tidning.Example:443/nyheter/buss-665#kommentarer",
          "https://tidning.example/nyheter/buss-665?utm_source=rss&utm_medium=feed",
          "https://tidning.example/nyheter/buss-665/?fbclid=IwAR0",
          "https://tidning.example/nyheter/buss-665?gclid=1&mc_cid=2&mc_eid=3&igshid=4",
          " https://tidning.example/nyheter/buss-665 ",
          "https://tidning.example/nyheter/buss-665?"}) {
        EXPECT_EQ(link_key(url), key) << url;
    }
}

TEST(LinkKey, KeepsWhatSaysWhichArticleItIs) {
    EXPECT_EQ(link_key("https://a.example/?p=12&utm_source=rss&lang=sv"), "a.example?p=12&lang=sv");
    EXPECT_NE(link_key("https://a.example/?p=12"), link_key("https://a.example/?p=13"));
    EXPECT_NE(link_key("https://a.example/Sida"), link_key("https://a.example/sida"));
    EXPECT_EQ(link_key("https://m.se/1"), "m.se/1");
    EXPECT_EQ(link_key("https://a.example:8080/1"), "a.example:8080/1");
}

TEST(LinkKey, OfAKeyIsThatKey) {
    for (const char* url :
         {"https://a.example/x\r\r/?utm_source=y", "https://www.www.a.example/", "https://a.b/x y",
          "https://a.example:80:443/", "https://a.example.:80./", "https://m.www.a.example//",
          "https://a.example/x?y=1 /", "https://a .example/"}) {
        const std::string key = link_key(url);
        EXPECT_FALSE(key.empty()) << url;
        EXPECT_EQ(link_key("https://" + key), key) << url;
    }
    EXPECT_EQ(link_key("https://a.example/x y"), link_key("https://a.example/x%20y"));
}

TEST(LinkKey, IsEmptyForWhatIsNoWebAddress) {
    for (const char* url : {"", "tag:a.example,2021:1", "mailto:a@a.example", "a/1",
                            "ftp://a.example/", "https://", "urn:uuid:1"}) {
        EXPECT_EQ(link_key(url), "") << url;
    }
}

}  // namespace
}  // namespace narvaro
