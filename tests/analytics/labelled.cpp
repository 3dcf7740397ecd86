#include "labelled.h"

#include <fstream>

#include <nlohmann/json.hpp>

namespace narvaro::testing_rules {
namespace {

SourceKind channel_of(const std::string& name) {
    if (name == "fb") return SourceKind::facebook;
    return name == "ig" ? SourceKind::instagram : SourceKind::website;
}

std::optional<std::vector<nlohmann::json>> read_lines(const std::string& path) {
    std::ifstream file(path);
    if (!file) return std::nullopt;
    std::vector<nlohmann::json> out;
    for (std::string line; std::getline(file, line);)
        if (!line.empty()) out.push_back(nlohmann::json::parse(line));
    return out;
}

}  // namespace

std::optional<std::vector<LabelledPost>> read_posts(const std::string& path) {
    const auto lines = read_lines(path);
    if (!lines) return std::nullopt;
    std::vector<LabelledPost> out;
    for (const auto& j : *lines) {
        LabelledPost post;
        post.id = j.at("id");
        post.trap = j.value("trap", "");
        post.why = j.value("why", "");
        post.input.channel = channel_of(j.at("channel"));
        post.input.text = j.at("text");
        post.input.links = j.value("links", std::vector<std::string>{});
        post.input.mentions = j.value("mentions", std::vector<std::string>{});
        post.labels = j.at("labels").get<std::map<std::string, bool>>();
        out.push_back(std::move(post));
    }
    return out;
}

std::optional<HookSet> read_hooks(const std::string& path) {
    const auto lines = read_lines(path);
    if (!lines) return std::nullopt;
    HookSet out;
    for (const auto& j : *lines) {
        if (j.at("kind") == "item") {
            out.items.push_back({j.at("id"),
                                 j.value("source", ""),
                                 j.at("url"),
                                 j.at("title"),
                                 j.value("summary", ""),
                                 parse_instant(j.at("published").get<std::string>()),
                                 {}});
            continue;
        }
        LabelledHook post;
        post.id = j.at("id");
        post.trap = j.value("trap", "");
        post.input.channel = channel_of(j.at("channel"));
        post.input.text = j.at("text");
        post.input.links = j.value("links", std::vector<std::string>{});
        post.input.published = parse_instant(j.at("created").get<std::string>());
        post.hook = j.at("news_hook");
        if (!j.at("hook").is_null()) post.item = j.at("hook");
        out.posts.push_back(std::move(post));
    }
    return out;
}

}  // namespace narvaro::testing_rules
