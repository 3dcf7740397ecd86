#include "tests/connectors/feed_testing.h"

namespace narvaro {
namespace {

using namespace testing_feed;

/// One item, and what it is to be read as.
struct FormatCase {
    const char* name;
    std::string feed;
    FeedItem item;
};
void PrintTo(const FormatCase& c, std::ostream* out) { *out << c.name; }
std::string name_of_case(const testing::TestParamInfo<FormatCase>& info) { return info.param.name; }

FeedItem item_of(std::string id, std::string url, std::string title, std::string text,
                 const char* published = nullptr, const char* updated = nullptr) {
    FeedItem item;
    item.id = std::move(id);
    item.url = std::move(url);
    item.title = std::move(title);
    item.text = std::move(text);
    if (published != nullptr) item.published = parse_instant(published);
    if (updated != nullptr) item.updated = parse_instant(updated);
    return item;
}

class Format : public testing::TestWithParam<FormatCase> {};

TEST_P(Format, IsReadAsItsItem) {
    const FeedItem item = first_item(GetParam().feed);
    EXPECT_EQ(item.id, GetParam().item.id);
    EXPECT_EQ(item.url, GetParam().item.url);
    EXPECT_EQ(item.title, GetParam().item.title);
    EXPECT_EQ(item.text, GetParam().item.text);
    EXPECT_EQ(item.published, GetParam().item.published) << date_of(item);
    EXPECT_EQ(item.updated, GetParam().item.updated);
}

INSTANTIATE_TEST_SUITE_P(
    Rss, Format,
    testing::Values(
        FormatCase{
            "Rss20",
            rss("<title>Rubrik</title><link>https://a.example/1</link><guid>g1</guid>"
                "<pubDate>Tue, 09 Mar 2021 12:36:27 GMT</pubDate>"
                "<description>Ingress</description>"),
            item_of("g1", "https://a.example/1", "Rubrik", "Ingress", "2021-03-09T12:36:27Z")},
        FormatCase{"Rss091WithItemsOutsideTheChannel",
                   "<rss version=\"0.91\"><channel><title>Sajt</title></channel><item>"
                   "<title>Rubrik</title><link>https://a.example/1</link></item></rss>",
                   item_of("https://a.example/1", "https://a.example/1", "Rubrik", "")},
        FormatCase{"Rss090",
                   "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                   "xmlns=\"http://my.netscape.com/rdf/simple/0.9/\"><channel><title>S</title>"
                   "</channel><item><title>Rubrik</title><link>https://a.example/1</link></item>"
                   "</rdf:RDF>",
                   item_of("https://a.example/1", "https://a.example/1", "Rubrik", "")},
        FormatCase{
            "Rss10WithModules",
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
            "xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
            " xmlns:c=\"http://purl.org/rss/1.0/modules/content/\"><channel rdf:about=\"x\">"
            "<title>S</title></channel><item rdf:about=\"https://a.example/about\">"
            "<title>Rubrik</title><link>https://a.example/1</link><description>Kort"
            "</description><dc:date>2021-03-09T12:36:27+01:00</dc:date><c:encoded>&lt;p&gt;"
            "Hela texten&lt;/p&gt;</c:encoded></item></rdf:RDF>",
            item_of("https://a.example/about", "https://a.example/1", "Rubrik", "Hela texten",
                    "2021-03-09T11:36:27Z")},
        FormatCase{"Rss10WithPrefix",
                   "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                   "xmlns:r=\"http://purl.org/rss/1.0/\"><r:channel/><r:item><r:title>Rubrik"
                   "</r:title><r:link>https://a.example/1</r:link></r:item></rdf:RDF>",
                   item_of("https://a.example/1", "https://a.example/1", "Rubrik", "")},
        FormatCase{"UserlandNamespace",
                   rss("<title>Rubrik</title><description>Text</description>"
                       "<link>https://a.example/1</link>",
                       " xmlns=\"http://backend.userland.com/rss2\""),
                   item_of("https://a.example/1", "https://a.example/1", "Rubrik", "Text")},
        FormatCase{"UndeclaredPrefixes",
                   rss("<dc:title>Rubrik</dc:title><dc:date>2021-03-09</dc:date><content:encoded>"
                       "&lt;b&gt;Text&lt;/b&gt;</content:encoded><guid>g</guid>"),
                   item_of("g", "", "Rubrik", "Text", "2021-03-09T00:00:00Z")},
        FormatCase{"OtherPrefixOfAKnownNamespace",
                   rss("<x:title>Rubrik</x:title><guid>g</guid>",
                       " xmlns:x=\"http://purl.org/dc/elements/1.1/\""),
                   item_of("g", "", "Rubrik", "")},
        FormatCase{"CapitalElements",
                   "<RSS><CHANNEL><ITEM><TITLE>Rubrik</TITLE><LINK>https://a.example/1</LINK>"
                   "<PUBDATE>2021-03-09</PUBDATE></ITEM></CHANNEL></RSS>",
                   item_of("https://a.example/1", "https://a.example/1", "Rubrik", "",
                           "2021-03-09T00:00:00Z")},
        FormatCase{"PermalinkGuidIsTheLink",
                   rss("<title>R</title><guid isPermaLink=\"true\">https://a.example/1</guid>"),
                   item_of("https://a.example/1", "https://a.example/1", "R", "")},
        FormatCase{"LinkWithoutHrefOfAnotherKindIsNotTheLink",
                   atom("<title>R</title><link rel=\"enclosure\">https://a.example/ljud</link>"
                        "<link rel=\"alternate\">https://a.example/1</link>"),
                   item_of("https://a.example/1", "https://a.example/1", "R", "")},
        FormatCase{"GuidThatIsAnAddressIsTheLink",
                   rss("<title>R</title><guid>https://a.example/1</guid>"),
                   item_of("https://a.example/1", "https://a.example/1", "R", "")},
        FormatCase{"GuidThatIsNoPermalinkIsNoLink",
                   rss("<title>R</title><guid isPermaLink=\"false\">https://a.example/1</guid>"),
                   item_of("https://a.example/1", "", "R", "")},
        FormatCase{"LinkWinsOverGuid",
                   rss("<guid isPermaLink=\"true\">https://a.example/guid</guid>"
                       "<link>https://a.example/link</link>"),
                   item_of("https://a.example/guid", "https://a.example/link", "", "")},
        FormatCase{"OriginalLinkOfACountedOne",
                   rss("<link>https://feeds.example/~r/1</link><guid>g</guid>"
                       "<feedburner:origLink>https://a.example/1</feedburner:origLink>",
                       " xmlns:feedburner=\"http://rssnamespace.org/feedburner/ext/1.0\""),
                   item_of("g", "https://a.example/1", "", "")},
        FormatCase{"MediaBesideDescription",
                   rss("<guid>g</guid><media:content url=\"https://a.example/b.jpg\">"
                       "<media:title>Bildens</media:title>"
                       "<media:description>En lång bildtext som inte är artikelns ingress"
                       "</media:description><media:credit>Foto</media:credit></media:content>"
                       "<description>Ingress</description><title>Rubrik</title>",
                       " xmlns:media=\"http://search.yahoo.com/mrss/\""),
                   item_of("g", "", "Rubrik", "Ingress")},
        FormatCase{"MediaWhereThereIsNothingElse",
                   rss("<guid>g</guid><media:group><media:title>Film</media:title>"
                       "<media:description>Om filmen</media:description></media:group>",
                       " xmlns:media=\"http://search.yahoo.com/mrss\""),
                   item_of("g", "", "Film", "Om filmen")},
        FormatCase{"ImageAndSourceWithTitlesOfTheirOwn",
                   rss("<guid>g</guid><title>Rubrik</title><image><title>Bild</title>"
                       "<link>https://a.example/bild</link></image><link>https://a.example/1</link>"
                       "<source url=\"https://b.example/\">Annan</source>"),
                   item_of("g", "https://a.example/1", "Rubrik", "")},
        FormatCase{"AtomLinkInRss",
                   rss("<guid isPermaLink=\"false\">g</guid>"
                       "<atom:link rel=\"self\" href=\"https://a.example/self\"/>"
                       "<atom:link href=\"https://a.example/1\"/>",
                       " xmlns:atom=\"http://www.w3.org/2005/Atom\""),
                   item_of("g", "https://a.example/1", "", "")},
        FormatCase{"EmptyDescription",
                   rss("<guid>g</guid><title>Rubrik</title><description></description>"),
                   item_of("g", "", "Rubrik", "")}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Atom, Format,
    testing::Values(
        FormatCase{"Atom10",
                   atom("<title>Rubrik</title><link href=\"https://a.example/1\"/>"
                        "<id>tag:a.example,2021:1</id><published>2021-03-09T12:36:27Z</published>"
                        "<updated>2021-03-10T12:00:00Z</updated><summary>Ingress</summary>"),
                   item_of("tag:a.example,2021:1", "https://a.example/1", "Rubrik", "Ingress",
                           "2021-03-09T12:36:27Z", "2021-03-10T12:00:00Z")},
        FormatCase{"OnlyUpdated", atom("<id>urn:1</id><updated>2021-03-10T12:00:00Z</updated>"),
                   item_of("urn:1", "", "", "", "2021-03-10T12:00:00Z", "2021-03-10T12:00:00Z")},
        FormatCase{"Atom03",
                   "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><entry>"
                   "<title>Rubrik</title><link rel=\"alternate\" type=\"text/html\" "
                   "href=\"https://a.example/1\"/><id>urn:1</id><issued>2021-03-09T12:36:27+01:00"
                   "</issued><modified>2021-03-10T12:00:00Z</modified><created>2021-03-01T00:00:00Z"
                   "</created><content type=\"text/html\" mode=\"escaped\">&lt;p&gt;Text&lt;/p&gt;"
                   "</content></entry></feed>",
                   item_of("urn:1", "https://a.example/1", "Rubrik", "Text", "2021-03-09T11:36:27Z",
                           "2021-03-10T12:00:00Z")},
        FormatCase{
            "AlternateAmongLinks",
            atom("<id>urn:1</id><link rel=\"self\" href=\"https://a.example/self\"/>"
                 "<link rel=\"enclosure\" href=\"https://a.example/a.mp3\"/>"
                 "<link rel=\"alternate\" type=\"text/plain\" href=\"https://a.example/t\"/>"
                 "<link rel=\"alternate\" type=\"text/html\" href=\"https://a.example/1\"/>"
                 "<link rel=\"alternate\" type=\"text/html\" href=\"https://a.example/2\"/>"),
            item_of("urn:1", "https://a.example/1", "", "")},
        FormatCase{
            "AlternateOfAnotherTypeWhenAlone",
            atom("<id>urn:1</id>"
                 "<link rel=\"alternate\" type=\"text/plain\" href=\"https://a.example/t\"/>"),
            item_of("urn:1", "https://a.example/t", "", "")},
        FormatCase{"IdThatIsAnAddressIsTheLink", atom("<id>https://a.example/1</id>"),
                   item_of("https://a.example/1", "https://a.example/1", "", "")},
        FormatCase{"ContentThatLiesOutside",
                   atom("<id>urn:1</id><content type=\"text/html\" src=\"https://a.example/c\"/>"),
                   item_of("urn:1", "https://a.example/c", "", "")},
        FormatCase{
            "SourceOfAnotherFeed",
            atom("<source><title>Annan</title><id>urn:s</id><link href=\"https://b.example/\"/>"
                 "<updated>2000-01-01T00:00:00Z</updated></source><id>urn:1</id>"
                 "<title>Rubrik</title><updated>2021-03-10T12:00:00Z</updated>"),
            item_of("urn:1", "", "Rubrik", "", "2021-03-10T12:00:00Z", "2021-03-10T12:00:00Z")},
        FormatCase{
            "AuthorWithAnAddress",
            atom("<author><name>N</name><uri>https://b.example/</uri></author><id>urn:1</id>"),
            item_of("urn:1", "", "", "")},
        FormatCase{"PrefixedThroughout",
                   "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:entry><a:id>urn:1</a:id>"
                   "<a:title>Rubrik</a:title></a:entry></a:feed>",
                   item_of("urn:1", "", "Rubrik", "")}),
    name_of_case);

struct DateRoleCase {
    const char* name;
    const char* elements;
    const char* published;
};
class Published : public testing::TestWithParam<DateRoleCase> {};
void PrintTo(const DateRoleCase& c, std::ostream* out) { *out << c.name; }

TEST_P(Published, IsTheBestProofOfTheFirstPublication) {
    EXPECT_EQ(date_of(first_item(rss(GetParam().elements))), GetParam().published);
}

INSTANTIATE_TEST_SUITE_P(
    Roles, Published,
    testing::Values(
        DateRoleCase{"PubDateBeforeDcDate",
                     "<dc:date>2021-01-01</dc:date><pubDate>2021-02-02</pubDate>",
                     "2021-02-02T00:00:00Z"},
        DateRoleCase{"DcDateBeforeCreated",
                     "<dcterms:created>2021-01-01</dcterms:created><dc:date>2021-02-02</dc:date>",
                     "2021-02-02T00:00:00Z"},
        DateRoleCase{"IssuedBeforeUpdated",
                     "<dcterms:modified>2021-03-03</dcterms:modified>"
                     "<dcterms:issued>2021-02-02</dcterms:issued>",
                     "2021-02-02T00:00:00Z"},
        DateRoleCase{"UnreadableGivesWayToTheNext",
                     "<pubDate>snart</pubDate><dc:date>2021-02-02</dc:date>",
                     "2021-02-02T00:00:00Z"},
        DateRoleCase{"NoDateIsNone", "<pubDate>snart</pubDate>", "none"},
        DateRoleCase{"SwedishDate", "<pubDate>tis, 09 mars 2021 12:36:27</pubDate>",
                     "2021-03-09T12:36:27Z"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(FeedTitle, IsThatOfTheChannelNotOfItsImage) {
    const Feed feed = read_feed(
        "<rss><channel><image><title>Bild</title></image><title>Vallentuna &amp; Steninge</title>"
        "<item><title>x</title></item></channel></rss>");
    EXPECT_EQ(feed.title, "Vallentuna & Steninge");
}

TEST(Feed, WithoutItemsIsAFeed) {
    const Feed feed = read_feed("<rss version=\"2.0\"><channel><title>Tom</title></channel></rss>");
    EXPECT_EQ(feed.title, "Tom");
    EXPECT_TRUE(feed.items.empty());
    EXPECT_TRUE(feed.warnings.empty());
}

TEST(Feed, KeepsItsOrder) {
    const Feed feed = read_feed(
        "<rss><channel><item><guid>b</guid></item><item><guid>a</guid></item>"
        "<item><guid>c</guid></item></channel></rss>");
    ASSERT_EQ(feed.items.size(), 3u);
    EXPECT_EQ(feed.items[0].id + feed.items[1].id + feed.items[2].id, "bac");
}

}  // namespace
}  // namespace narvaro
