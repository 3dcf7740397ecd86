#include "visible.h"

#include <algorithm>

namespace narvaro::sandbox {
namespace {

bool is_deleted(const std::vector<Json>& ids, const std::string& id) {
    return std::any_of(ids.begin(), ids.end(), [&](const Json& v) { return v == id; });
}

}  // namespace

std::vector<const Publication*> visible(const State& state, const Wanted& wanted) {
    const sys_seconds now = state.clock();
    const std::vector<Json> deleted = state.values_of("delete");
    std::vector<const Publication*> out;
    for (const Publication& p : world().publications) {
        if (p.at > now) break;
        if (wanted(p) && !is_deleted(deleted, p.id)) out.push_back(&p);
    }
    std::reverse(out.begin(), out.end());
    return out;
}

std::vector<const PressItem*> visible_press(const State& state, const std::string& feed) {
    const sys_seconds now = state.clock();
    const std::vector<Json> deleted = state.values_of("delete");
    std::vector<const PressItem*> out;
    for (const PressItem& item : world().press) {
        if (item.at > now) break;
        if (item.feed == feed && !is_deleted(deleted, item.id)) out.push_back(&item);
    }
    std::reverse(out.begin(), out.end());
    return out;
}

std::string text_of(const State& state, const Publication& publication) {
    for (const Json& edit : state.values_of("edit")) {
        if (edit.is_object() && edit.value("id", "") == publication.id) {
            return edit.value("text", "");
        }
    }
    return with_base(publication.text, state.base());
}

}  // namespace narvaro::sandbox
