// narvaro rules diff: what changed rules would change, before they hold.
#include <iostream>

#include "daemon/commands/commands.h"
#include "daemon/digest_week.h"
#include "daemon/post_json.h"
#include "daemon/press_archive.h"
#include "daemon/rehearsal.h"
#include "daemon/table.h"
#include "digest/plain_text.h"
#include "digest/target_json.h"
#include "digest/week.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

Json flip_json(const Flip& flip) {
    return {{"id", flip.post.id},
            {"label", flip.after.label},
            {"from", flip.before.value},
            {"to", flip.after.value},
            {"decided", flip.decided},
            {"text", judged_text(flip.post)},
            {"before", verdict_json(flip.before)},
            {"after", verdict_json(flip.after)}};
}

Json side_json(const TargetResult& result) {
    return {{"value", figure_json(result.value)}, {"state", name_of(result.state)}};
}

Json diff_json(const RulesDiff& diff) {
    Json flips = Json::array();
    for (const Flip& flip : diff.flips) flips.push_back(flip_json(flip));
    Json targets = Json::array();
    for (const TargetMove& move : diff.targets) {
        targets.push_back({{"plan", move.plan->id},
                           {"id", move.target->id},
                           {"moves", move.moves()},
                           {"before", side_json(move.before)},
                           {"after", side_json(move.after)}});
    }
    return {{"posts", diff.posts}, {"flips", std::move(flips)}, {"targets", std::move(targets)}};
}

std::string reasons_words(const Verdict& verdict) {
    std::string out;
    for (const Reason& reason : verdict.reasons) {
        if (out.size() > 120) return out + " …";
        out += (out.empty() ? "" : ", ") + harmless_line(reason.text);
    }
    return out;
}

/// @param to  the posts that become this
void print_flips(const RulesDiff& diff, bool to) {
    for (const Flip& flip : diff.flips) {
        if (flip.after.value != to) continue;
        std::cout << (to ? "  + " : "  - ") << flip.after.label << "  "
                  << harmless_line(flip.post.id) << "  "
                  << digest_post({flip.post, {}, {}}, {}).headline << "\n      "
                  << reasons_words(to ? flip.after : flip.before) << "\n";
        if (flip.decided) std::cout << "      a person decided: the label stays as it is\n";
    }
}

void print_diff(const RulesDiff& diff, const std::string& language) {
    std::size_t gained = 0;
    for (const Flip& flip : diff.flips) gained += flip.after.value ? 1 : 0;
    std::cout << diff.posts << " posts judged by both; " << gained << " would get a label, "
              << diff.flips.size() - gained << " would lose one. Nothing is stored.\n";
    print_flips(diff, true);
    print_flips(diff, false);
    Table table{{{"TARGET"}, {"BEFORE"}, {"AFTER"}}};
    for (const TargetMove& move : diff.targets) {
        if (!move.moves()) continue;
        const auto side = [&](const TargetResult& result) {
            return value_words(result, *move.target, language) + ", " +
                   state_word(result.state, language);
        };
        table.add({move.target->id, side(move.before), side(move.after)});
    }
    if (table.empty())
        std::cout << "\nNo target moves.\n";
    else
        std::cout << "\nTargets that move:\n" << table.text();
}

}  // namespace

int run(const RulesDiffCommand& command, App& app) {
    const auto changed =
        rules_with(app.settings.rules, {command.files.begin(), command.files.end()});
    if (!changed) {
        for (const Problem& problem : changed.error()) std::cerr << to_string(problem) << "\n";
        return kExitConfiguration;
    }
    const auto diff = compare_rules(app, *changed);
    if (!diff) return complain(diff.error());
    if (command.format == Format::json)
        std::cout << diff_json(*diff).dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    else
        print_diff(*diff, app.settings.language);
    return kExitWell;
}

}  // namespace narvaro
