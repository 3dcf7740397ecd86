// narvaro classify: judges posts that come as JSON lines, without a database.
#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>

#include <nlohmann/json.hpp>

#include "analytics/hooks.h"
#include "analytics/judge.h"
#include "config/rules_file.h"
#include "config/settings.h"
#include "daemon/commands/commands.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kDeepest = 64;

/// One JSON object of a line; empty with a reason on stderr when it is none.
std::optional<Json> object_of(const std::string& line, const std::string& where) {
    bool too_deep = false;
    const auto limit = [&too_deep](int depth, Json::parse_event_t, Json&) {
        too_deep = too_deep || depth > static_cast<int>(kDeepest);
        return !too_deep;
    };
    constexpr bool kThrow = false;
    Json json = Json::parse(line, limit, kThrow);
    if (!too_deep && json.is_object()) return json;
    std::cerr << "narvaro: " << where << ": not a JSON object" << (too_deep ? ": too deep" : "")
              << "\n";
    return {};
}

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return {};
    return found->is_string() ? found->get<std::string>()
                              : found->dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::string> texts_of(const Json& object, const char* key) {
    std::vector<std::string> out;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array()) return out;
    for (const Json& entry : *found) {
        if (entry.is_string()) out.push_back(entry.get<std::string>());
    }
    return out;
}

SourceKind channel_of(const std::string& name) {
    if (name == "fb" || name == "facebook") return SourceKind::facebook;
    if (name == "ig" || name == "instagram") return SourceKind::instagram;
    return SourceKind::website;
}

/// Reads JSON lines; blank ones are passed over. @return false when a line was no object
bool each_object(std::istream& in, const std::string& name,
                 const std::function<void(const Json&)>& use) {
    bool well = true;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const auto object = object_of(line, name + ":" + std::to_string(number));
        if (object) use(*object);
        well = well && object.has_value();
    }
    return well;
}

PressItem press_item(const Json& object) {
    PressItem item;
    item.id = text_of(object, "id");
    item.source = text_of(object, "source");
    item.url = text_of(object, "url");
    item.title = text_of(object, "title");
    item.summary = text_of(object, "summary");
    item.published = parse_instant(text_of(object, "published"));
    return item;
}

/// Answers one post after another.
class Classifier {
  public:
    Classifier(const Rules& rules, std::optional<HookMatcher> hooks)
        : judge_(rules), hooks_(std::move(hooks)) {}

    Json answer(const Json& post) const {
        JudgeInput input;
        input.channel = channel_of(text_of(post, "channel"));
        input.text = text_of(post, "text");
        input.links = texts_of(post, "links");
        input.mentions = texts_of(post, "mentions");
        Json labels = Json::object();
        Json reasons = Json::array();
        for (const Verdict& verdict : judge_.judge(input)) add(verdict, labels, reasons);
        Json out{{"id", post.value("id", Json(nullptr))}};
        Json hook(nullptr);
        if (hooks_) {
            const Verdict verdict = hooks_->match(
                {input.text, input.links, parse_instant(text_of(post, "created")), input.channel});
            add(verdict, labels, reasons);
            if (verdict.value && !verdict.hook_item.empty()) hook = verdict.hook_item;
        }
        out["labels"] = std::move(labels);
        if (hooks_) out["hook"] = std::move(hook);
        out["reasons"] = std::move(reasons);
        return out;
    }

  private:
    static void add(const Verdict& verdict, Json& labels, Json& reasons) {
        labels[verdict.label] = verdict.value;
        for (const Reason& reason : verdict.reasons) {
            reasons.push_back(
                {{"label", verdict.label}, {"text", reason.text}, {"weight", reason.weight}});
        }
    }

    Judge judge_;
    std::optional<HookMatcher> hooks_;
};

/// The rules of the configuration when one is named, else the built-in ones.
std::optional<Rules> rules_for(const std::string& config) {
    if (config.empty()) return builtin_rules();
    auto settings = load_settings(config);
    if (settings) return std::move(settings->rules);
    for (const Problem& problem : settings.error()) std::cerr << to_string(problem) << "\n";
    return {};
}

}  // namespace

int run(const ClassifyCommand& command, const std::string& config) {
    const auto rules = rules_for(config);
    if (!rules) return kExitConfiguration;
    bool well = true;
    std::optional<HookMatcher> hooks;
    if (!command.press.empty()) {
        std::ifstream in{command.press};
        if (!in) {
            return complain(
                {Fault::usage, "cannot read " + command.press, "name a file of press items"});
        }
        std::vector<PressItem> items;
        well = each_object(in, command.press,
                           [&](const Json& object) { items.push_back(press_item(object)); });
        hooks.emplace(rules->hooks, items);
    }
    const Classifier classifier{*rules, std::move(hooks)};
    well = each_object(std::cin, "standard input",
                       [&](const Json& post) {
                           std::cout << classifier.answer(post).dump(-1, ' ', false,
                                                                     Json::error_handler_t::replace)
                                     << "\n";
                       }) &&
           well;
    return well ? kExitWell : kExitFailed;
}

}  // namespace narvaro
