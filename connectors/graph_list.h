#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "connectors/graph.h"

namespace narvaro {

/// A list of Meta's and how it is paged.
struct ListCall {
    GraphCall call;  ///< without limit and cursor
    /// `fields` without what costs much, is new, or needs a further permission; taken when Meta
    /// refuses the full ones. Empty: there are none.
    std::string lean_fields;
    bool lean_without_permission = false;  ///< a missing permission is such a refusal, too
    int limit = 25;
    int max_pages = 4;
    std::size_t max_items = 100'000;  ///< no further page is asked for from here on
    /// Some lists never tell `next`; they go on with `after` until nothing comes.
    bool by_cursor = false;
    std::vector<std::string> root;  ///< where {data, paging} lies in the answer; empty: at the top
    /// How limit and cursor are asked for. Empty: parameters `limit` and `after`.
    std::function<void(GraphParams&, int limit, const std::string& after)> place;
};

/// One page of a list. May be empty without being the last.
struct ListPage {
    Json items = Json::array();
    Json answer;  ///< the whole answer that the items came in
};

/// Reads a list page by page; sees to smaller pages when Meta asks for less, to lean fields, to a
/// lost place (once more from the top), and to lists that go in circles.
class GraphList {
  public:
    GraphList(Graph& graph, ListCall list);

    /// @return empty at the end. After a failure or the end there is nothing more.
    Task<GraphResult<std::optional<ListPage>>> next();

    /// Every page was read, down to the list's own end.
    bool complete() const { return complete_; }
    /// Why the full fields were refused and the lean ones taken; empty: they were not.
    const std::optional<GraphFailure>& refused_fields() const { return refused_fields_; }

  private:
    Task<GraphResult<Json>> ask();
    /// Whether the failure can be answered by another question; then it is prepared.
    bool adapts_to(const GraphFailure& failure);
    void prepare_next(const Json& list, bool empty);
    GraphParams changed_params() const;
    void become_lean();

    Graph& graph_;
    ListCall list_;
    std::string next_;   ///< link to the next page
    std::string after_;  ///< or the cursor
    bool done_ = false;
    bool complete_ = false;
    bool lean_ = false;
    bool resized_ = false;  ///< limit or fields differ from what the links say
    bool restarted_ = false;
    int pages_ = 0;
    std::size_t items_ = 0;
    std::set<std::string> seen_;  ///< links and cursors that were followed
    std::optional<GraphFailure> refused_fields_;
};

}  // namespace narvaro
