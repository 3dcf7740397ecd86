// narvaro rules test: how a text or a stored post is judged, and why; nothing is stored.
#include <iostream>

#include "config/rules_file.h"
#include "daemon/commands/commands.h"
#include "daemon/labelling.h"
#include "daemon/post_json.h"
#include "daemon/rehearsal.h"
#include "daemon/verdict_words.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

SourceKind channel_of(const std::string& name) {
    if (name == "ig" || name == "instagram") return SourceKind::instagram;
    return name == "website" ? SourceKind::website : SourceKind::facebook;
}

void print(const std::vector<Verdict>& verdicts, Format format, const std::string& language) {
    if (format == Format::json) {
        Json list = Json::array();
        for (const Verdict& v : verdicts) list.push_back(verdict_json(v));
        std::cout << Json{{"verdicts", std::move(list)}}.dump(2, ' ', false,
                                                              Json::error_handler_t::replace)
                  << "\n";
        return;
    }
    const Catalogue words{language};
    for (const Verdict& v : verdicts) std::cout << verdict_words(v, words, "");
}

/// A stored post has links, mentions and the press around it, too.
Result<std::vector<Verdict>> judge_post(const RulesTestCommand& command, const Rules& rules,
                                        const App& app) {
    auto post = app.store.post(command.post, kKnownToday);
    if (!post) return tl::unexpected{post.error()};
    if (!*post) {
        return fail(Fault::not_found, "there is no post \"" + command.post + "\"",
                    "narvaro posts lists them with their ids");
    }
    if (!command.channel.empty()) (*post)->source_kind = channel_of(command.channel);
    const Labeller labeller{rules};
    PressArchive press = labeller.press(app.store);
    const auto judged = labeller.judge({**post}, press);
    if (!judged) return tl::unexpected{judged.error()};
    std::vector<Verdict> verdicts;
    for (const PostVerdict& one : *judged) verdicts.push_back(one.verdict);
    return verdicts;
}

int report(const std::vector<Problem>& problems) {
    for (const Problem& problem : problems) std::cerr << to_string(problem) << "\n";
    return kExitConfiguration;
}

int test_post(const RulesTestCommand& command, const std::string& config) {
    auto app = open_app(config);
    if (!app) return app.error();
    const auto rules =
        rules_with(app->settings.rules, {command.rules.begin(), command.rules.end()});
    if (!rules) return report(rules.error());
    const auto verdicts = judge_post(command, *rules, *app);
    if (!verdicts) return complain(verdicts.error());
    print(*verdicts, command.format, app->settings.language);
    return kExitWell;
}

}  // namespace

int run(const RulesTestCommand& command, const std::string& config) {
    if (!command.post.empty()) return test_post(command, config);
    Rules base = builtin_rules();
    std::string language = "en";
    if (!config.empty()) {
        auto settings = read_settings(config);
        if (!settings) return settings.error();
        base = settings->rules;
        language = settings->language;
    }
    const auto rules = rules_with(std::move(base), {command.rules.begin(), command.rules.end()});
    if (!rules) return report(rules.error());
    JudgeInput input;
    input.text = command.text;
    input.channel = channel_of(command.channel);
    input.mentions = command.mentions;
    print(Judge{*rules}.judge(input), command.format, language);
    return kExitWell;
}

}  // namespace narvaro
