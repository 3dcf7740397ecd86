#include "config/settings.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "config/sections.h"

namespace narvaro {
namespace {

std::optional<std::string> text_of(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) return {};
    std::stringstream out;
    out << in.rdbuf();
    if (in.bad()) return {};
    return out.str();
}

/// narvaro.toml and conf.d/*.toml beside it, in name order.
std::vector<std::filesystem::path> files_of(const std::filesystem::path& main) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry :
         std::filesystem::directory_iterator{main.parent_path() / "conf.d", error}) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    files.insert(files.begin(), main);
    return files;
}

/// Reads the files one after the other into one Settings.
class Loader {
  public:
    explicit Loader(const std::filesystem::path& main) { settings_.file = main; }

    tl::expected<Settings, std::vector<Problem>> load() {
        for (const auto& file : files_of(settings_.file)) read_file(file);
        check_whole();
        settings_.rules = load_rules(settings_.rules_directory, problems_);
        for (const auto& [path, named] : plans_) load_plan(path, named);
        check_plan_ids();
        if (problems_.empty()) return std::move(settings_);
        std::sort(problems_.begin(), problems_.end());
        problems_.erase(std::unique(problems_.begin(), problems_.end()), problems_.end());
        return tl::unexpected{std::move(problems_)};
    }

  private:
    void read_file(const std::filesystem::path& file) {
        const Report report{file.string(), problems_};
        const auto text = text_of(file);
        if (!text) {
            report.add(toml::source_position{1, 1},
                       "cannot be read; name a file with --config or NARVARO_CONFIG");
            return;
        }
        const auto table = parse_toml(*text, report);
        if (!table) return;
        TableReader top{*table, "", report};
        read_scalars(top, file.parent_path());
        section(top, "meta", [&](const toml::table& t) { read_meta(t, report, settings_.meta); });
        section(top, "places",
                [&](const toml::table& t) { read_places(t, report, settings_.places); });
        read_sources(top);
        section(top, "digest",
                [&](const toml::table& t) { settings_.digest = read_digest(t, report); });
        section(top, "web", [&](const toml::table& t) { settings_.web = read_web(t, report); });
        top.finish();
    }

    /// A key or table that an earlier file gives already is a mistake.
    bool is_first(TableReader& top, const std::string& key, const std::string& shown) {
        const auto [known, fresh] = given_in_.emplace(shown, top.report().file());
        if (!fresh) top.wrong(key, "is given twice: also in " + known->second);
        return fresh;
    }

    template <class F>
    void section(TableReader& top, const std::string& key, F read) {
        const toml::table* table = top.table(key);
        if (table != nullptr && is_first(top, key, "[" + key + "]")) read(*table);
    }

    void read_scalars(TableReader& top, const std::filesystem::path& directory) {
        for (const char* key : {"language", "state", "plans", "rules"}) {
            if (top.raw().contains(key)) is_first(top, key, key);
        }
        if (const auto language = top.text("language")) {
            settings_.language = *language;
            if (*language != "sv" && *language != "en") {
                top.wrong("language",
                          "is \"" + *language + "\"; " + allowed_names(*language, {"sv", "en"}));
            }
        }
        if (const auto state = top.text("state")) settings_.state = directory / *state;
        for (const std::string& plan : top.texts("plans")) {
            const toml::node* at = top.raw().get("plans");
            plans_.emplace_back(
                directory / plan,
                Problem{top.report().file(), static_cast<int>(at->source().begin.line),
                        static_cast<int>(at->source().begin.column), ""});
        }
        if (const auto rules = top.text("rules")) settings_.rules_directory = directory / *rules;
    }

    void read_sources(TableReader& top) {
        const toml::table* sources = top.table("source");
        if (sources == nullptr) return;
        std::vector<std::pair<toml::source_position, std::string>> ids;
        for (const auto& [key, value] : *sources) {
            ids.emplace_back(value.source().begin, std::string{key.str()});
        }
        std::sort(ids.begin(), ids.end());  // toml++ sorts tables by name; a person by place
        for (const auto& [at, id] : ids) read_one_source(top, *sources, id);
    }

    void read_one_source(TableReader& top, const toml::table& sources, const std::string& id) {
        const toml::node& node = *sources.get(id);
        if (!node.is_table()) {
            top.report().add(
                node, "\"" + id + "\" in [source] must be a table; write [source." + id + "]");
            return;
        }
        const auto [known, fresh] = given_in_.emplace("[source." + id + "]", top.report().file());
        if (!fresh) {
            top.report().add(node, "[source." + id + "] is given twice: also in " + known->second);
            return;
        }
        auto source = read_source(id, *node.as_table(), top.report());
        if (!source) return;
        for (const ConfiguredSource& other : settings_.sources) {
            if (other.source.kind == source->source.kind &&
                other.source.address == source->source.address) {
                top.report().add(node, "[source." + id + "] is the same as [source." +
                                           other.source.id + "]; every source is polled once");
            }
        }
        positions_[id] = {top.report().file(), static_cast<int>(node.source().begin.line),
                          static_cast<int>(node.source().begin.column), ""};
        settings_.sources.push_back(std::move(*source));
    }

    void check_whole() {
        for (const ConfiguredSource& s : settings_.sources) {
            const bool meta =
                s.source.kind != SourceKind::website && s.source.kind != SourceKind::press;
            if (!meta || s.token || settings_.meta.token) continue;
            Problem problem = positions_[s.source.id];
            problem.text =
                "[source." + s.source.id +
                "] has no token; write token = \"credential:meta-token\" under [meta] or here";
            problems_.push_back(std::move(problem));
        }
    }

    void load_plan(const std::filesystem::path& path, const Problem& named) {
        const auto text = text_of(path);
        if (!text) {
            Problem problem = named;
            problem.text = "the plan " + path.string() + " cannot be read";
            problems_.push_back(std::move(problem));
            return;
        }
        auto plan = read_plan(*text, path.string(), settings_, problems_);
        if (plan) settings_.plans.push_back(std::move(*plan));
    }

    void check_plan_ids() {
        for (std::size_t i = 0; i < settings_.plans.size(); ++i) {
            for (std::size_t j = i + 1; j < settings_.plans.size(); ++j) {
                if (settings_.plans[i].id != settings_.plans[j].id) continue;
                problems_.push_back({settings_.file.string(), 1, 1,
                                     "two plans have the id \"" + settings_.plans[i].id + "\""});
            }
        }
    }

    Settings settings_;
    std::vector<Problem> problems_;
    std::map<std::string, std::string> given_in_;  ///< section -> file
    std::map<std::string, Problem> positions_;     ///< source -> where it stands
    std::vector<std::pair<std::filesystem::path, Problem>> plans_;
};

}  // namespace

tl::expected<Settings, std::vector<Problem>> load_settings(const std::filesystem::path& file) {
    return Loader{file}.load();
}

std::filesystem::path config_path(const std::string& given) {
    if (!given.empty()) return given;
    const char* named = std::getenv("NARVARO_CONFIG");
    return named != nullptr && *named != '\0' ? named : "/etc/narvaro/narvaro.toml";
}

std::vector<std::string> plan_remarks(const Plan& plan, const Settings& /*settings*/) {
    std::vector<std::string> remarks;
    for (const Target& t : plan.targets) {
        if (t.kind == TargetKind::growth && !t.baseline) {
            remarks.push_back(
                "target " + t.id +
                " has no baseline: the last figure at or before the plan's first day is taken; "
                "write baseline = { value = …, at = …, note = \"…\" } when it is known");
        }
    }
    return remarks;
}

}  // namespace narvaro
