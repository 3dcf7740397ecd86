// The digest as one JSON document: the same model as the text, for programs.
#include <nlohmann/json.hpp>

#include "digest/target_json.h"
#include "digest/week.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

Json instant_json(const std::optional<sys_seconds>& t) {
    return t ? Json(format_utc(*t)) : Json(nullptr);
}

Json post_json(const DigestPost& post) {
    return {{"id", post.id},
            {"source", post.source},
            {"headline", post.headline},
            {"url", post.url},
            {"published", instant_json(post.published)},
            {"labels", post.labels},
            {"reasons", post.reasons}};
}

Json posts_json(const std::vector<DigestPost>& posts) {
    Json list = Json::array();
    for (const DigestPost& post : posts) list.push_back(post_json(post));
    return list;
}

Json evidence_json(const DigestEvidence& e) {
    Json records = Json::array();
    for (const Record& r : e.records) {
        records.push_back({{"name", r.name},
                           {"at", format_utc(r.at)},
                           {"value", figure_json(r.value)},
                           {"note", r.note},
                           {"link", r.link}});
    }
    return {{"target", e.target},
            {"counted", posts_json(e.counted)},
            {"near", posts_json(e.near)},
            {"records", std::move(records)}};
}

Json source_json(const DigestSource& s) {
    Json gaps = Json::array();
    for (const Gap& gap : s.gaps) {
        gaps.push_back({{"metric", gap.metric},
                        {"dimension", gap.dimension},
                        {"reason", name_of(gap.reason)},
                        {"detail", gap.detail}});
    }
    return {{"id", s.id},
            {"kind", name_of(s.kind)},
            {"last_success", instant_json(s.last_success)},
            {"posts", s.posts_this_week},
            {"failing_since", instant_json(s.failing_since)},
            {"error", s.error.empty() ? Json(nullptr) : Json(s.error)},
            {"remedy", s.remedy.empty() ? Json(nullptr) : Json(s.remedy)},
            {"gaps", std::move(gaps)}};
}

Json targets_json(const DigestWeek& week, const Zone& zone, std::string_view language) {
    Json list = Json::array();
    for (const DigestTarget& t : week.targets) {
        Json target = target_json(t.target, t.now, zone, language);
        target["before"] = t.before ? figure_json(t.before->value) : Json(nullptr);
        list.push_back(std::move(target));
    }
    return list;
}

template <class T, class F>
Json list_json(const std::vector<T>& values, F to_json) {
    Json list = Json::array();
    for (const T& value : values) list.push_back(to_json(value));
    return list;
}

}  // namespace

std::string render_json(const DigestWeek& week, std::string_view language) {
    const auto zone = Zone::find(week.zone);
    if (!zone) return "null\n";
    const Json json{
        {"week", to_string(week.week)},
        {"from", zone->format(week.span.from)},
        {"to", zone->format(week.span.to)},
        {"as_of", zone->format(week.as_of)},
        {"zone", week.zone},
        {"complete", week.complete},
        {"late", week.late},
        {"language", language},
        {"plan", week.plan_id},
        {"subject", subject_line(week, language)},
        {"todo",
         list_json(advice_for(week, language),
                   [](const Advice& a) { return Json{{"target", a.target}, {"text", a.text}}; })},
        {"targets", targets_json(week, *zone, language)},
        {"evidence", list_json(week.evidence, evidence_json)},
        {"press", posts_json(week.press)},
        {"corrections",
         list_json(week.corrections,
                   [](const DigestCorrection& c) {
                       return Json{
                           {"post", post_json(c.post)},
                           {"label", c.decision.label},
                           {"value", c.decision.value ? Json(*c.decision.value) : Json(nullptr)},
                           {"who", c.decision.who},
                           {"when", format_utc(c.decision.when)},
                           {"note", c.decision.note}};
                   })},
        {"sources", list_json(week.sources, source_json)},
        {"config_error", week.config_error.empty() ? Json(nullptr) : Json(week.config_error)},
        {"rules", week.rules},
        {"program", week.program}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace narvaro
