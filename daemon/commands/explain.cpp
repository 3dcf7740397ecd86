// narvaro explain: what a target counted and what it nearly counted; why a post has its labels.
#include <algorithm>
#include <iostream>

#include "analytics/targets.h"
#include "daemon/commands/commands.h"
#include "daemon/digest_week.h"
#include "daemon/find_target.h"
#include "daemon/post_json.h"
#include "daemon/record_json.h"
#include "daemon/stored_facts.h"
#include "daemon/target_evidence.h"
#include "daemon/verdict_words.h"
#include "digest/figures.h"
#include "digest/plain_text.h"
#include "digest/standing_words.h"
#include "digest/target_json.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

/// A target of a plan, and what counts towards it in a span.
struct Explained {
    const Plan* plan;
    const Target* target;
    Span span;
    TargetResult result;
    TargetEvidence evidence;
};

Result<Span> span_of(const Plan& plan, const Zone& zone, const std::string& month) {
    if (month.empty()) return Span{zone.start_of(plan.from), zone.day(plan.to).to};
    const auto parsed = parse_month(month);
    if (!parsed) {
        return fail(Fault::usage, "--month: \"" + month + "\" is not a month",
                    "write it as 2021-11");
    }
    return zone.month(*parsed);
}

Result<Explained> explained(const App& app, const ExplainCommand& command) {
    const auto found = find_target(app.settings, command.what);
    if (!found) return tl::unexpected{found.error()};
    const auto& [plan, target] = *found;
    const auto zone = Zone::find(plan->zone);
    if (!zone) return tl::unexpected{zone.error()};
    const auto span = span_of(*plan, *zone, command.month);
    if (!span) return tl::unexpected{span.error()};
    const auto at =
        command.as_of.empty() ? Result<sys_seconds>{app.now} : parse_as_of(command.as_of, *zone);
    if (!at) return tl::unexpected{at.error()};
    const AsOf as_of = command.known_then ? as_known_at(*at) : AsOf{*at};
    const StoredFacts facts{app.store, as_of};
    auto result = evaluate(*target, *plan, *zone, app.settings.places, facts, *at);
    if (!result) return tl::unexpected{result.error()};
    auto evidence = evidence_of(app.store, *target, *span, as_of);
    if (!evidence) return tl::unexpected{evidence.error()};
    return Explained{plan, target, *span, std::move(*result), std::move(*evidence)};
}

Json evidence_json(const Evidence& evidence) {
    Json verdicts = Json::array();
    for (const StoredVerdict& v : evidence.verdicts) verdicts.push_back(verdict_json(v.verdict));
    Json decisions = Json::array();
    for (const StoredDecision& d : evidence.decisions) {
        decisions.push_back({{"label", d.decision.label},
                             {"value", d.decision.value ? Json(*d.decision.value) : Json(nullptr)},
                             {"who", d.decision.who},
                             {"when", format_utc(d.decision.when)},
                             {"note", d.decision.note}});
    }
    Json json = post_json(evidence.post);
    json["verdicts"] = std::move(verdicts);
    json["decisions"] = std::move(decisions);
    return json;
}

template <class T, class F>
Json list_json(const std::vector<T>& values, F to_json) {
    Json list = Json::array();
    for (const T& value : values) list.push_back(to_json(value));
    return list;
}

Json explained_json(const Explained& e, const Zone& zone, const std::string& language) {
    return {{"target", target_json(*e.target, e.result, zone, language)},
            {"from", zone.format(e.span.from)},
            {"to", zone.format(e.span.to)},
            {"counted", list_json(e.evidence.counted, evidence_json)},
            {"near", list_json(e.evidence.near, evidence_json)},
            {"records", list_json(e.evidence.records, record_json)},
            {"samples", list_json(e.evidence.samples,
                                  [](const Sample& s) {
                                      Json json{{"at", format_utc(s.at)},
                                                {"value", figure_json(s.value)}};
                                      if (!s.by.empty()) json["by"] = s.by;
                                      return json;
                                  })},
            {"audiences", list_json(e.evidence.audiences,
                                    [](const Audience& a) {
                                        Json places = Json::array();
                                        for (const auto& p : a.places) places.push_back(p.name);
                                        return Json{{"id", a.remote_id},
                                                    {"kind", a.kind},
                                                    {"name", a.name},
                                                    {"places", std::move(places)}};
                                    })},
            {"record_history", list_json(e.evidence.history, record_json)},
            {"restated", list_json(e.evidence.restated, [](const Restatement& r) {
                 return Json{{"at", format_utc(r.at)},
                             {"before", figure_json(r.before)},
                             {"after", figure_json(r.after)},
                             {"restated_at", format_utc(r.restated_at)}};
             })}};
}

void print_evidence(const Evidence& e, const Zone& zone, const Catalogue& words) {
    const DigestPost post = digest_post(e, {});
    std::cout << "  " << (post.published ? instant_words(*post.published, zone, words) : "-")
              << "  " << post.id << "  \"" << post.headline << "\"\n";
    if (!post.url.empty()) std::cout << "      " << harmless_line(post.url) << "\n";
    for (const StoredVerdict& v : e.verdicts)
        std::cout << verdict_words(v.verdict, words, "      ");
    for (const StoredDecision& d : e.decisions) {
        const char* value = !d.decision.value ? "auto" : *d.decision.value ? "yes" : "no";
        std::cout << "      " << d.decision.label << " = " << value << ", decided by "
                  << harmless_line(d.decision.who) << " " << zone.format(d.decision.when)
                  << (d.decision.note.empty() ? "" : ": ") << harmless_line(d.decision.note)
                  << "\n";
    }
    if (e.post.edited_after_decision) {
        std::cout << "      the text changed after a person decided: look again\n";
    }
}

void print_explained(const Explained& e, const Zone& zone, const std::string& language) {
    const Catalogue words{language};
    std::cout << e.target->name.in(language) << " (" << e.target->id << ")\n  "
              << value_words(e.result, *e.target, language) << ", "
              << state_word(e.result.state, language);
    const std::string needed = needed_words(e.result, *e.target, zone, language);
    if (!needed.empty()) std::cout << ", " << needed;
    const std::string reason = reason_words(e.result, language);
    if (!reason.empty()) std::cout << ", " << reason;
    for (const Standing& standing : e.result.standings) {
        std::cout << "\n  " << standing_words(standing, zone, language);
    }
    for (const Caution caution : e.result.cautions) {
        std::cout << "\n  " << caution_words(caution, language);
    }
    std::cout << "\n  " << zone.format(e.span.from) << " - " << zone.format(e.span.to) << "\n";
    if (!e.evidence.counted.empty())
        std::cout << "\nCounted: " << e.evidence.counted.size() << "\n";
    for (const Evidence& post : e.evidence.counted) print_evidence(post, zone, words);
    if (!e.evidence.records.empty())
        std::cout << "\nRecords: " << e.evidence.records.size() << "\n";
    for (const Record& r : e.evidence.records) {
        std::cout << "  " << date_words(zone.day_of(r.at), words) << "  " << harmless_line(r.name)
                  << " " << (r.value ? number_words(*r.value, words) : "") << "  "
                  << harmless_line(r.note) << "\n";
    }
    if (!e.evidence.samples.empty())
        std::cout << "\nFigures: " << e.evidence.samples.size() << "\n";
    for (const Sample& s : e.evidence.samples) {
        std::cout << "  " << instant_words(s.at, zone, words) << "  "
                  << number_words(s.value, words)
                  << (s.by.empty() ? "" : "  " + harmless_line(s.by)) << "\n";
    }
    if (!e.evidence.restated.empty()) std::cout << "\nTold otherwise later:\n";
    for (const Restatement& r : e.evidence.restated) {
        std::cout << "  " << instant_words(r.at, zone, words) << "  "
                  << number_words(r.before, words) << " -> "
                  << (r.after ? number_words(*r.after, words) : "-") << "  "
                  << zone.format(r.restated_at) << "\n";
    }
    if (!e.evidence.near.empty())
        std::cout << "\nAlmost counted: " << e.evidence.near.size() << "\n";
    for (const Evidence& post : e.evidence.near) print_evidence(post, zone, words);
}

int explain_post(const ExplainCommand& command, const App& app) {
    if (command.post.empty()) {
        return complain({Fault::usage, "which post?", "write narvaro explain post fb/1000_1", {}});
    }
    const auto post = app.store.post(command.post, kKnownToday);
    if (!post) return complain(post.error());
    if (!*post) {
        return complain({Fault::not_found,
                         "there is no post \"" + command.post + "\"",
                         "narvaro posts lists them with their ids",
                         {}});
    }
    const auto verdicts = app.store.verdicts((*post)->id, kKnownToday);
    if (!verdicts) return complain(verdicts.error());
    const auto decisions = app.store.decisions((*post)->id, kKnownToday);
    if (!decisions) return complain(decisions.error());
    const Evidence evidence{**post, *verdicts, *decisions};
    if (command.format == Format::json) {
        std::cout << evidence_json(evidence).dump(2, ' ', false, Json::error_handler_t::replace)
                  << "\n";
    } else {
        print_evidence(evidence, app.zone, Catalogue{app.settings.language});
        std::cout << "\n" << harmless_line((*post)->post.text) << "\n";
    }
    return kExitWell;
}

}  // namespace

int run(const ExplainCommand& command, App& app) {
    if (command.what == "post") return explain_post(command, app);
    const auto e = explained(app, command);
    if (!e) return complain(e.error());
    const auto zone = Zone::find(e->plan->zone);
    if (!zone) return complain(zone.error());
    if (command.format == Format::json) {
        std::cout << explained_json(*e, *zone, app.settings.language)
                         .dump(2, ' ', false, Json::error_handler_t::replace)
                  << "\n";
    } else {
        print_explained(*e, *zone, app.settings.language);
    }
    return kExitWell;
}

}  // namespace narvaro
