// The digest as one JSON document: the same model as the text, for programs.
#include <nlohmann/json.hpp>

#include "digest/letter.h"
#include "digest/target_json.h"
#include "digest/week.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

Json instant_json(const std::optional<sys_seconds>& t) {
    return t ? Json(format_utc(*t)) : Json(nullptr);
}

Json decision_json(const Decision& d) {
    return {{"label", d.label},
            {"value", d.value ? Json(*d.value) : Json(nullptr)},
            {"who", d.who},
            {"when", format_utc(d.when)},
            {"note", d.note}};
}

Json post_json(const DigestPost& post) {
    Json decisions = Json::array();
    for (const Decision& d : post.decisions) decisions.push_back(decision_json(d));
    return {{"id", post.id},
            {"source", post.source},
            {"headline", post.headline},
            {"url", post.url},
            {"published", instant_json(post.published)},
            {"labels", post.labels},
            {"reasons", post.reasons},
            {"decisions", std::move(decisions)}};
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
    for (const auto& [gap, since] : s.gaps) {
        gaps.push_back({{"metric", gap.metric},
                        {"dimension", gap.dimension},
                        {"reason", name_of(gap.reason)},
                        {"since", format_utc(since)},
                        {"detail", gap.detail}});
    }
    return {{"id", s.id},
            {"kind", name_of(s.kind)},
            {"last_success", instant_json(s.last_success)},
            {"failing_since", instant_json(s.failing_since)},
            {"error", s.error.empty() ? Json(nullptr) : Json(s.error)},
            {"remedy", s.remedy.empty() ? Json(nullptr) : Json(s.remedy)},
            {"token_ends", instant_json(s.token_ends)},
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

Json items_json(const std::vector<LetterItem>& items) {
    return list_json(items, [](const LetterItem& item) {
        return Json{{"text", item.text}, {"url", item.url}, {"notes", item.notes}};
    });
}

Json curve_json(const DigestCurve& curve) {
    return {{"target", curve.target},
            {"goal", figure_json(curve.goal)},
            {"points", list_json(curve.points, [](const CurvePoint& p) {
                 return Json{{"at", format_utc(p.at)},
                             {"value", figure_json(p.value)},
                             {"expected", figure_json(p.expected)}};
             })}};
}

Json activity_json(const DigestActivity& a) {
    return {{"source", a.source}, {"posts", a.posts}, {"weeks_before", a.before}};
}

Json ending_json(const DigestEnding& e) {
    return {{"what", e.what}, {"at", date::format("%F", e.at)}, {"instead", e.instead}};
}

Json restatement_json(const DigestRestatement& r) {
    return {{"target", r.target},
            {"at", format_utc(r.restatement.at)},
            {"before", figure_json(r.restatement.before)},
            {"after", figure_json(r.restatement.after)},
            {"restated_at", format_utc(r.restatement.restated_at)}};
}

Json review_json(const ForecastReview& r) {
    return {{"target", r.target},
            {"value", figure_json(r.forecast.value)},
            {"low", figure_json(r.forecast.low)},
            {"high", figure_json(r.forecast.high)},
            {"truth", figure_json(r.truth)},
            {"inside", r.inside()}};
}

}  // namespace

std::string render_json(const DigestWeek& week, std::string_view language) {
    const auto zone = Zone::find(week.zone);
    if (!zone) return "null\n";
    const Letter letter = compose_letter(week, *zone, language);
    const Catalogue words{language};
    const Json json{
        {"week", to_string(week.week)},
        {"from", zone->format(week.span.from)},
        {"to", zone->format(week.span.to)},
        {"as_of", zone->format(week.as_of)},
        {"zone", week.zone},
        {"complete", week.complete},
        {"late", week.late},
        {"composed_at", zone->format(week.composed_at)},
        {"revision", week.revision},
        {"language", language},
        {"plan", week.plan_id},
        {"subject", letter.subject},
        {"sentence", letter.sentence},
        {"todo",
         list_json(advice_for(week, language),
                   [](const Advice& a) { return Json{{"target", a.target}, {"text", a.text}}; })},
        {"targets", targets_json(week, *zone, language)},
        {"forecasts", list_json(week.forecasts, review_json)},
        {"moved", items_json(what_moved(week, words))},
        {"activity", list_json(week.activity, activity_json)},
        {"curves", list_json(week.curves, curve_json)},
        {"evidence", list_json(week.evidence, evidence_json)},
        {"press", posts_json(week.press)},
        {"corrections", list_json(week.corrections,
                                  [](const DigestCorrection& c) {
                                      Json json = decision_json(c.decision);
                                      json["post"] = post_json(c.post);
                                      return json;
                                  })},
        {"waiting", items_json(waiting_for_people(week, *zone, words))},
        {"sources", list_json(week.sources, source_json)},
        {"endings", list_json(week.endings, ending_json)},
        {"restated", list_json(week.restated, restatement_json)},
        {"config_error", week.config_error.empty() ? Json(nullptr) : Json(week.config_error)},
        {"rules", week.rules},
        {"program", week.program}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace narvaro
