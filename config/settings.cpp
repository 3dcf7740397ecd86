#include "config/settings.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "config/file_text.h"
#include "config/plan_file.h"
#include "config/sections.h"
#include "core/label.h"

namespace narvaro {
namespace {

namespace fs = std::filesystem;

/// A file that another file names, and where.
struct NamedFile {
    fs::path path;
    std::string named_in;
    Position at;
};

/// Reads the files one after the other into one Settings.
class Loader {
  public:
    explicit Loader(const fs::path& main) { settings_.file = main; }

    tl::expected<Settings, std::vector<Problem>> load() {
        read_file(settings_.file);
        read_directory(settings_.file.parent_path() / "conf.d");
        check_tokens();
        settings_.rules = load_rules(settings_.rules_directory, problems_);
        load_plans();
        choose_languages();
        if (problems_.empty()) return std::move(settings_);
        std::sort(problems_.begin(), problems_.end());
        problems_.erase(std::unique(problems_.begin(), problems_.end()), problems_.end());
        return tl::unexpected{std::move(problems_)};
    }

  private:
    /// Who names no language reads the configuration's, whichever file says that.
    void choose_languages() {
        if (!settings_.digest) return;
        for (Recipient& to : settings_.digest->to) {
            if (to.language.empty()) to.language = settings_.language;
        }
    }

    void read_directory(const fs::path& directory) {
        const auto files = toml_files_in(directory);
        if (!files) {
            problems_.push_back(
                {directory.string(), 1, 1, "cannot be read: " + files.error().what});
            complete_ = false;
            return;
        }
        for (const fs::path& file : *files) read_file(file);
    }

    void read_file(const fs::path& file) {
        const Report report{file.string(), problems_};
        const auto text = file_text(file);
        if (!text) {
            const bool main = file == settings_.file;
            report.add({}, "cannot be read: " + text.error().what +
                               (main ? "; name another file with --config or NARVARO_CONFIG" : ""));
            complete_ = false;
            return;
        }
        const auto document = parse_toml(*text, file.string());
        if (!document) {
            problems_.push_back(document.error());
            complete_ = false;
            return;
        }
        TableReader top{*document, "", report};
        read_scalars(top, file.parent_path());
        if (auto meta = section(top, "meta")) {
            names_token_ = meta->has("token");
            read_meta(*meta, settings_.meta);
        }
        if (auto places = section(top, "places")) read_places(*places, settings_.places);
        if (auto sources = top.table("source")) read_sources(*sources);
        if (auto digest = section(top, "digest")) settings_.digest = read_digest(*digest);
        if (settings_.digest && settings_.digest->ca_file.is_relative() &&
            !settings_.digest->ca_file.empty()) {
            settings_.digest->ca_file = file.parent_path() / settings_.digest->ca_file;
        }
        if (auto web = section(top, "web")) settings_.web = read_web(*web);
        top.finish();
    }

    /// A key or table that an earlier file gives already is a mistake.
    bool is_first(const Report& report, Position at, const std::string& shown) {
        const auto [known, fresh] = given_in_.emplace(shown, report.file());
        if (!fresh) report.add(at, shown + " is given twice; the first is in " + known->second);
        return fresh;
    }

    std::optional<TableReader> section(TableReader& top, const std::string& key) {
        auto table = top.table(key);
        if (table && !is_first(top.report(), table->at(), table->name())) return {};
        return table;
    }

    void read_scalars(TableReader& top, const fs::path& directory) {
        for (const char* key : {"language", "state", "plans", "rules"}) {
            if (top.has(key)) is_first(top.report(), top.at(key), std::string{"\""} + key + "\"");
        }
        if (auto language = top.one_of("language", {"sv", "en"})) settings_.language = *language;
        if (const auto state = top.filled("state")) settings_.state = directory / *state;
        if (const auto rules = top.filled("rules")) settings_.rules_directory = directory / *rules;
        for (const PlacedText& plan : top.placed_texts("plans")) {
            plans_.push_back({directory / plan.text, top.report().file(), plan.at});
        }
    }

    void read_sources(TableReader& sources) {
        for (const TomlEntry& entry : sources.entries()) {
            if (auto table = sources.table(entry.key, "[source." + entry.key + "]")) {
                if (is_first(table->report(), table->at(), table->name())) {
                    read_one_source(entry.key, *table);
                }
            }
            if (!is_configured(entry.key)) context_.broken_sources.insert(entry.key);
        }
    }

    bool is_configured(const std::string& id) const {
        return std::any_of(settings_.sources.begin(), settings_.sources.end(),
                           [&](const ConfiguredSource& s) { return s.source.id == id; });
    }

    void read_one_source(const std::string& id, const TableReader& table) {
        auto source = read_source(id, table);
        if (!source) return;
        const Source& fresh = source->source;
        for (const ConfiguredSource& other : settings_.sources) {
            const bool same_platform = other.source.kind == fresh.kind ||
                                       (!is_meta(other.source.kind) && !is_meta(fresh.kind));
            if (!same_platform || other.source.address != fresh.address) continue;
            table.report().add(table.at(), table.name() + " has the address of [source." +
                                               other.source.id + "]; every address is polled once");
        }
        places_of_[id] = {table.report().file(), table.at().line, table.at().column, ""};
        settings_.sources.push_back(std::move(*source));
    }

    void check_tokens() {
        if (!complete_) return;  // [meta] may stand in the file that could not be read
        for (const ConfiguredSource& s : settings_.sources) {
            if (!is_meta(s.source.kind) || s.token || names_token_) continue;
            Problem problem = places_of_[s.source.id];
            problem.text =
                "[source." + s.source.id +
                "] has no token; write token = \"credential:meta-token\" under [meta] or here";
            problems_.push_back(std::move(problem));
        }
    }

    void load_plans() {
        for (const ConfiguredSource& s : settings_.sources) context_.sources.push_back(s.source);
        context_.complete = complete_;
        for (const auto& [group, names] : settings_.places.groups) context_.places.push_back(group);
        for (const LabelRules& rules : settings_.rules.labels) {
            context_.labels.push_back(rules.label);
        }
        context_.labels.emplace_back(kNewsHook);
        std::sort(context_.labels.begin(), context_.labels.end());
        std::map<std::string, std::string> file_of;
        for (const NamedFile& named : plans_) load_plan(named, file_of);
    }

    void load_plan(const NamedFile& named, std::map<std::string, std::string>& file_of) {
        const std::string file = named.path.string();
        const auto text = file_text(named.path);
        if (!text) {
            problems_.push_back({named.named_in, named.at.line, named.at.column,
                                 "the plan " + file + " cannot be read: " + text.error().what});
            return;
        }
        auto plan = read_plan(*text, file, context_, problems_);
        if (!plan) return;
        const auto [known, fresh] = file_of.emplace(plan->id, file);
        if (!fresh) {
            problems_.push_back({named.named_in, named.at.line, named.at.column,
                                 "the plan " + file + " has the id \"" + plan->id + "\", as " +
                                     known->second + " has; every plan needs its own"});
            return;
        }
        settings_.plans.push_back(std::move(*plan));
    }

    Settings settings_;
    std::vector<Problem> problems_;
    bool complete_ = true;                         ///< every file could be read
    bool names_token_ = false;                     ///< [meta] does, well or badly
    std::map<std::string, std::string> given_in_;  ///< "[meta]" -> file
    std::map<std::string, Problem> places_of_;     ///< source -> where it stands
    std::vector<NamedFile> plans_;
    PlanContext context_;
};

}  // namespace

tl::expected<Settings, std::vector<Problem>> load_settings(const fs::path& file) {
    return Loader{file}.load();
}

fs::path config_path(const std::string& given) {
    if (!given.empty()) return given;
    const char* named = std::getenv("NARVARO_CONFIG");
    return named != nullptr && *named != '\0' ? named : "/etc/narvaro/narvaro.toml";
}

}  // namespace narvaro
