#include "connectors/graph_list.h"

#include <algorithm>
#include <array>

namespace narvaro {
namespace {

void place_as_parameters(GraphParams& params, int limit, const std::string& after) {
    params.emplace_back("limit", std::to_string(limit));
    if (!after.empty()) params.emplace_back("after", after);
}

const Json* descend(const Json& answer, const std::vector<std::string>& root) {
    const Json* at = &answer;
    for (const std::string& name : root) {
        at = member(*at, name);
        if (at == nullptr) return nullptr;
    }
    return at;
}

/// The next smaller size of a page; empty when there is none.
std::optional<int> smaller(int limit) {
    for (const int size : {25, 12, 6, 1}) {
        if (size < limit) return size;
    }
    return {};
}

}  // namespace

GraphList::GraphList(Graph& graph, ListCall list) : graph_(graph), list_(std::move(list)) {
    if (!list_.place) list_.place = place_as_parameters;
}

Task<GraphResult<std::optional<ListPage>>> GraphList::next() {
    if (done_) co_return std::nullopt;
    GraphResult<Json> answer = co_await ask();
    while (!answer && adapts_to(answer.error())) answer = co_await ask();
    if (!answer) {
        done_ = true;
        co_return tl::unexpected{answer.error()};
    }
    ListPage page;
    if (const Json* list = descend(*answer, list_.root); list != nullptr) {
        page.items = list_at(*list, "data");
        prepare_next(*list, page.items.empty());
    } else {
        done_ = complete_ = true;
    }
    page.answer = std::move(*answer);
    co_return std::optional{std::move(page)};
}

Task<GraphResult<Json>> GraphList::ask() {
    GraphCall call = list_.call;
    if (!next_.empty()) {
        call.params = changed_params();
        co_return co_await graph_.follow(next_, std::move(call));
    }
    list_.place(call.params, list_.limit, after_);
    co_return co_await graph_.get(std::move(call));
}

GraphParams GraphList::changed_params() const {
    GraphParams changed;
    if (!resized_) return changed;
    changed.emplace_back("limit", std::to_string(list_.limit));
    for (const auto& [name, value] : list_.call.params) {
        if (name == "fields") changed.emplace_back(name, value);
    }
    return changed;
}

void GraphList::become_lean() {
    lean_ = true;
    for (auto& [name, value] : list_.call.params) {
        if (name == "fields") value = list_.lean_fields;
    }
    resized_ = true;
}

bool GraphList::adapts_to(const GraphFailure& failure) {
    const bool can_be_lean = !lean_ && !list_.lean_fields.empty();
    if (failure.action == GraphAction::reduce) {
        const auto size = smaller(list_.limit);
        if (!size) return false;
        list_.limit = *size;
        resized_ = true;
        if (*size == 1 && can_be_lean) become_lean();
        return true;
    }
    const bool refused =
        failure.action == GraphAction::bug ||
        (failure.action == GraphAction::stop_permission && list_.lean_without_permission);
    if (refused && can_be_lean && failure.code != 0) {
        refused_fields_ = failure;
        become_lean();
        return true;
    }
    const bool under_way = !next_.empty() || !after_.empty();
    if (failure.action == GraphAction::bad_cursor && under_way && !restarted_) {
        restarted_ = true;
        next_.clear();
        after_.clear();
        seen_.clear();
        return true;
    }
    return false;
}

void GraphList::prepare_next(const Json& list, bool empty) {
    ++pages_;
    items_ += list_at(list, "data").size();
    const Json* paging = member(list, "paging");
    const Json* cursors = paging != nullptr ? member(*paging, "cursors") : nullptr;
    next_ = paging != nullptr ? text_at(*paging, "next") : std::string{};
    after_.clear();
    if (next_.empty() && list_.by_cursor && !empty && cursors != nullptr) {
        after_ = id_at(*cursors, "after");
    }
    const std::string& place = next_.empty() ? after_ : next_;
    if (place.empty()) {
        done_ = complete_ = true;
        return;
    }
    // Links differ in other ways than by their cursor, so the cursor decides where there is one.
    const std::string cursor = cursors != nullptr ? id_at(*cursors, "after") : std::string{};
    if (!seen_.insert(cursor.empty() ? place : cursor).second) {
        graph_.warn(list_.call.purpose.what + ": the list goes in circles and was left");
        done_ = true;
    }
    if (pages_ >= list_.max_pages || items_ >= list_.max_items) done_ = true;
}

}  // namespace narvaro
