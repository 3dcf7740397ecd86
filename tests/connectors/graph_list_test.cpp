#include "connectors/graph_list.h"

#include <gtest/gtest.h>

#include "tests/connectors/fake_meta.h"
#include "tests/connectors/run_task.h"

namespace narvaro {
namespace {

/// A page of a list: ids, the cursor, and a link to go on unless `next` is empty.
std::string page(const std::string& ids, const std::string& after, const std::string& next) {
    std::string body =
        R"({"data":[)" + ids + R"(],"paging":{"cursors":{"before":"B","after":")" + after + "\"}";
    if (!next.empty()) body += R"(,"next":")" + next + "\"";
    return body + "}}";
}

std::string link(const std::string& after) {
    return std::string{kFakeApi} + "/1/list?access_token=" + kFakeToken +
           "&limit=25&after=" + after;
}

class GraphLists : public testing::Test {
  protected:
    /// Ids of all items, pages apart by "|", and the failure's fault at the end.
    std::string read(ListCall list) {
        list.call.path = "1/list";
        if (list.call.params.empty()) list.call.params = {{"fields", "id,likes"}};
        list.call.purpose = {"the list", "p"};
        GraphList pages{graph, std::move(list)};
        std::string ids;
        for (;;) {
            auto next = run(pages.next());
            if (!next) return ids + "!" + name_of(next.error().error.fault);
            complete = pages.complete();
            if (!*next) return ids;
            for (const Json& item : (*next)->items) ids += id_at(item, "id");
            ids += "|";
        }
    }
    std::vector<std::string> limits() const {
        std::vector<std::string> all;
        for (const MetaRequest& one : http.asked()) all.push_back(one.query.at("limit"));
        return all;
    }

    FakeMeta http;
    Graph graph{http, meta_request(SourceKind::facebook, "1").meta, kFakeNow, {60, 10}};
    bool complete = false;
};

TEST_F(GraphLists, EndOnlyWhereThereIsNoNext) {
    http.on("1/list", page(R"({"id":"1"},{"id":2})", "A", link("A")))
        .on("1/list", page("", "B", link("B")))
        .on("1/list", page(R"({"id":"3"})", "C", ""));
    EXPECT_EQ(read({}), "12||3|");
    EXPECT_TRUE(complete);
    for (const MetaRequest& one : http.asked()) {
        EXPECT_EQ(one.sent.url.find(kFakeToken), std::string::npos);
        EXPECT_EQ(one.sent.bearer.reveal(), kFakeToken);
        EXPECT_TRUE(one.query.contains("appsecret_proof"));
    }
    EXPECT_EQ(http.asked()[2].query.at("after"), "B");
}

TEST_F(GraphLists, GoOnByCursorWhereNextIsNeverTold) {
    http.on("1/list", page(R"({"id":"1"})", "A", ""))
        .on("1/list", page(R"({"id":"2"})", "B", ""))
        .on("1/list", page("", "B", ""));
    ListCall list;
    list.by_cursor = true;
    EXPECT_EQ(read(list), "1|2||");
    EXPECT_TRUE(complete);
    EXPECT_EQ(http.asked()[1].query.at("after"), "A");
}

TEST_F(GraphLists, AreNotFollowedToAnotherHost) {
    http.on("1/list", page(R"({"id":"1"})", "A", "https://evil.example/v26.0/1/list?after=A"));
    EXPECT_EQ(read({}), "1|!refused");
    EXPECT_EQ(http.asked().size(), 1U);
}

TEST_F(GraphLists, AreAskedInEverSmallerPagesWhenMetaSaysTooMuch) {
    const char* words =
        "Please reduce the amount of data you're asking for, then retry your request";
    http.error("1/list", 1, 0, words, 500)
        .error("1/list", 1, 0, words, 500)
        .error("1/list", 1, 99, words, 500)
        .on("1/list", page(R"({"id":"1"})", "A", link("A")))
        .on("1/list", page(R"({"id":"2"})", "B", ""));
    ListCall list;
    list.lean_fields = "id";
    EXPECT_EQ(read(list), "1|2|");
    EXPECT_EQ(limits(), (std::vector<std::string>{"25", "12", "6", "1", "1"}));
    EXPECT_EQ(http.asked()[2].query.at("fields"), "id,likes");
    EXPECT_EQ(http.asked()[3].query.at("fields"), "id");
    EXPECT_EQ(http.asked()[4].query.at("after"), "A");
}

TEST_F(GraphLists, GiveUpWhenTheSmallestPageIsTooMuch) {
    http.error("1/list", 1, 0, "Please reduce the amount of data", 500);
    EXPECT_EQ(read({}), "!network");
    EXPECT_EQ(http.asked().size(), 4U);
}

TEST_F(GraphLists, DoWithoutFieldsThatNeedAFurtherPermission) {
    http.error("1/list", 10, 0, "(#10) no").on("1/list", page(R"({"id":"1"})", "A", ""));
    ListCall list;
    list.lean_fields = "id";
    list.lean_without_permission = true;
    EXPECT_EQ(read(list), "1|");
    EXPECT_EQ(http.asked()[1].query.at("fields"), "id");
}

TEST_F(GraphLists, StartOnceMoreWhenThePlaceIsLost) {
    http.on("1/list", page(R"({"id":"1"})", "A", link("A")))
        .error("1/list", 100, 0, "(#100) Invalid cursors values")
        .on("1/list", page(R"({"id":"1"})", "A", link("A")))
        .error("1/list", 100, 0, "(#100) Invalid cursors values");
    EXPECT_EQ(read({}), "1|1|!bad_reply");
    EXPECT_EQ(http.asked().size(), 4U);
    EXPECT_FALSE(http.asked()[2].query.contains("after"));
}

TEST_F(GraphLists, LeaveACircle) {
    http.on("1/list", page(R"({"id":"1"})", "A", link("A")));
    ListCall list;
    list.max_pages = 30;
    EXPECT_EQ(read(list), "1|1|");
    EXPECT_FALSE(complete);
    EXPECT_EQ(graph.warnings().size(), 1U);
}

TEST_F(GraphLists, EndAtTheirMostPages) {
    for (const char* at : {"A", "B", "C", "D"}) {
        http.on("1/list", page(R"({"id":"1"})", at, link(at)));
    }
    ListCall list;
    list.max_pages = 3;
    EXPECT_EQ(read(list), "1|1|1|");
    EXPECT_FALSE(complete);
}

}  // namespace
}  // namespace narvaro
