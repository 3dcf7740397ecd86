// narvaro label: a person's judgement on a post, which wins over the rules.
#include <iostream>

#include "daemon/commands/commands.h"
#include "daemon/who.h"

namespace narvaro {
namespace {

struct Judgement {
    std::string label;
    std::optional<bool> value;
};

/// "climate=yes", "climate=no", "climate=auto"
Result<Judgement> parse_judgement(const std::string& text, const Rules& rules) {
    const auto equals = text.find('=');
    const std::string label = text.substr(0, equals);
    const std::string word = equals == std::string::npos ? "" : text.substr(equals + 1);
    std::string known = kNewsHook;
    bool exists = label == kNewsHook;
    for (const LabelRules& r : rules.labels) {
        known += ", " + r.label;
        exists = exists || r.label == label;
    }
    if (!exists) {
        return fail(Fault::usage, "there is no label \"" + label + "\"; allowed: " + known);
    }
    if (word == "yes" || word == "ja") return Judgement{label, true};
    if (word == "no" || word == "nej") return Judgement{label, false};
    if (word == "auto") return Judgement{label, std::nullopt};
    return fail(Fault::usage, "\"" + text + "\" is no judgement",
                "write " + label + "=yes, =no or =auto");
}

}  // namespace

int run(const LabelCommand& command, App& app) {
    const auto judgement = parse_judgement(command.judgement, app.settings.rules);
    if (!judgement) return complain(judgement.error());
    const Decision decision{judgement->label, judgement->value, who_is_asking(), app.now,
                            command.note};
    const auto kept = app.store.add_decision(command.post, decision);
    if (!kept) return complain(kept.error());
    const auto post = app.store.post(command.post, kKnownToday);
    if (!post) return complain(post.error());
    const bool now =
        *post && (*post)->labels.contains(judgement->label) && (*post)->labels.at(judgement->label);
    std::cout << command.post << ": " << judgement->label << " is now " << (now ? "yes" : "no")
              << (judgement->value ? ", by " + decision.who : ", by the rules") << "\n";
    return kExitWell;
}

}  // namespace narvaro
