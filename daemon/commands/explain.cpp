// narvaro explain: what a target counted and what it nearly counted; why a post has its labels.
#include <algorithm>
#include <iostream>

#include "analytics/targets.h"
#include "daemon/commands/commands.h"
#include "daemon/digest_week.h"
#include "daemon/post_json.h"
#include "daemon/stored_facts.h"
#include "daemon/verdict_words.h"
#include "digest/figures.h"
#include "digest/plain_text.h"
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
    std::vector<Evidence> counted;
    std::vector<Evidence> near;
    std::vector<Record> records;
    std::vector<Sample> samples;
};

Result<std::pair<const Plan*, const Target*>> find_target(const App& app, const std::string& id) {
    std::string known;
    for (auto plan = app.settings.plans.rbegin(); plan != app.settings.plans.rend(); ++plan) {
        for (const Target& target : plan->targets) {
            if (target.id == id) return std::pair{&*plan, &target};
            known += (known.empty() ? "" : ", ") + target.id;
        }
    }
    return fail(Fault::usage, "there is no target \"" + id + "\"; the plans have: " + known,
                "narvaro explain post POST explains a post");
}

Result<Span> span_of(const Plan& plan, const Zone& zone, const std::string& month) {
    if (month.empty()) return Span{zone.start_of(plan.from), zone.day(plan.to).to};
    const auto parsed = parse_month(month);
    if (!parsed) {
        return fail(Fault::usage, "--month: \"" + month + "\" is not a month",
                    "write it as 2021-11");
    }
    return zone.month(*parsed);
}

Result<void> add_evidence(const App& app, Explained& e) {
    const AsOf as_of{app.now, false};
    if (e.target->posts) {
        auto counted = app.store.evidence(*e.target->posts, e.span, as_of);
        if (!counted) return tl::unexpected{counted.error()};
        auto near = app.store.near_misses(*e.target->posts, e.span, as_of);
        if (!near) return tl::unexpected{near.error()};
        e.counted = std::move(*counted);
        e.near = std::move(*near);
    }
    if (!e.target->records.empty()) {
        auto records = app.store.records(e.target->records, e.span, as_of);
        if (!records) return tl::unexpected{records.error()};
        e.records = std::move(*records);
    }
    if (e.target->series) {
        auto samples = app.store.samples(*e.target->series, e.span, as_of);
        if (!samples) return tl::unexpected{samples.error()};
        e.samples = std::move(*samples);
    }
    return {};
}

Result<Explained> explained(const App& app, const ExplainCommand& command) {
    const auto found = find_target(app, command.what);
    if (!found) return tl::unexpected{found.error()};
    const auto zone = Zone::find(found->first->zone);
    if (!zone) return tl::unexpected{zone.error()};
    const auto span = span_of(*found->first, *zone, command.month);
    if (!span) return tl::unexpected{span.error()};
    const StoredFacts facts{app.store, {app.now, false}};
    auto result =
        evaluate(*found->second, *found->first, *zone, app.settings.places, facts, app.now);
    if (!result) return tl::unexpected{result.error()};
    Explained e{found->first, found->second, *span, std::move(*result), {}, {}, {}, {}};
    if (const auto added = add_evidence(app, e); !added) return tl::unexpected{added.error()};
    return e;
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
            {"counted", list_json(e.counted, evidence_json)},
            {"near", list_json(e.near, evidence_json)},
            {"records", list_json(e.records,
                                  [](const Record& r) {
                                      return Json{{"name", r.name},
                                                  {"at", format_utc(r.at)},
                                                  {"value", figure_json(r.value)},
                                                  {"note", r.note},
                                                  {"link", r.link}};
                                  })},
            {"samples", list_json(e.samples, [](const Sample& s) {
                 return Json{{"at", format_utc(s.at)}, {"value", figure_json(s.value)}};
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
    std::cout << "\n  " << zone.format(e.span.from) << " - " << zone.format(e.span.to) << "\n";
    if (!e.counted.empty()) std::cout << "\nCounted: " << e.counted.size() << "\n";
    for (const Evidence& post : e.counted) print_evidence(post, zone, words);
    if (!e.records.empty()) std::cout << "\nRecords: " << e.records.size() << "\n";
    for (const Record& r : e.records) {
        std::cout << "  " << date_words(zone.day_of(r.at), words) << "  " << harmless_line(r.name)
                  << " " << (r.value ? number_words(*r.value, words) : "") << "  "
                  << harmless_line(r.note) << "\n";
    }
    if (!e.samples.empty()) std::cout << "\nFigures: " << e.samples.size() << "\n";
    for (const Sample& s : e.samples) {
        std::cout << "  " << instant_words(s.at, zone, words) << "  "
                  << number_words(s.value, words) << "\n";
    }
    if (!e.near.empty()) std::cout << "\nAlmost counted: " << e.near.size() << "\n";
    for (const Evidence& post : e.near) print_evidence(post, zone, words);
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
