#include "daemon/post_json.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

Json count_json(const std::optional<std::int64_t>& count) {
    return count ? Json(*count) : Json(nullptr);
}

}  // namespace

Json post_json(const StoredPost& p) {
    return {{"id", p.id},
            {"source", p.source},
            {"kind", name_of(p.post.kind)},
            {"published", p.post.published ? Json(format_utc(*p.post.published)) : Json(nullptr)},
            {"title", p.post.title},
            {"text", p.post.text},
            {"url", p.post.url},
            {"media_type", p.post.media_type},
            {"labels", p.labels},
            {"gone", p.gone},
            {"edited_after_decision", p.edited_after_decision},
            {"first_seen", format_utc(p.first_seen)},
            {"revision", p.revision},
            {"links", p.post.links},
            {"mentions", p.post.mentions},
            {"parent_id", p.post.parent_id ? Json(*p.post.parent_id) : Json(nullptr)},
            {"reactions", count_json(p.post.reactions)},
            {"comments", count_json(p.post.comments)},
            {"shares", count_json(p.post.shares)}};
}

Json verdict_json(const Verdict& v) {
    Json reasons = Json::array();
    for (const Reason& r : v.reasons) reasons.push_back({{"text", r.text}, {"weight", r.weight}});
    return {{"label", v.label},
            {"value", v.value},
            {"no_text", v.no_text},
            {"score", v.score},
            {"threshold", v.threshold},
            {"reasons", std::move(reasons)},
            {"hook", v.hook_item.empty() ? Json(nullptr) : Json(v.hook_item)},
            {"minutes_after", v.hook_age ? Json(v.hook_age->count()) : Json(nullptr)},
            {"rules", v.rules_version}};
}

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace narvaro
