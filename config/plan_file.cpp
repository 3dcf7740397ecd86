#include "config/plan_file.h"

#include <algorithm>

namespace narvaro {
namespace {

/// The [plan] table. @return empty without a sound period
std::optional<Plan> read_head(TableReader r) {
    Plan plan;
    if (!r.has("id")) r.missing("id", "id = \"2021\"");
    plan.id = r.filled("id").value_or("");
    plan.name = r.both_languages("name");
    if (plan.name == Text{}) plan.name = {plan.id, plan.id};
    if (!r.has("from")) r.missing("from", "from = 2021-01-01");
    if (!r.has("to")) r.missing("to", "to = 2021-12-31");
    const auto from = r.day("from");
    const auto to = r.day("to");
    plan.zone = r.filled("zone").value_or(plan.zone);
    if (!Zone::find(plan.zone)) {
        r.wrong("zone", "is \"" + plan.zone +
                            "\", no known time zone; allowed: a name as \"Europe/Stockholm\"");
    }
    r.finish();
    if (!from || !to) return {};
    plan.from = *from;
    plan.to = *to;
    if (plan.from <= plan.to) return plan;
    r.wrong("to", "lies before from, " + format_date(plan.from));
    return {};
}

/// [[sentence]]: the plan document's own words, and the targets that count them.
std::optional<Sentence> read_sentence(TableReader r, const std::vector<Target>& targets,
                                      bool all_targets_read) {
    const std::size_t before = r.report().count();
    Sentence sentence;
    if (!r.has("text")) r.missing("text", "text.sv = \"…\"");
    sentence.text = r.both_languages("text");
    sentence.why = r.text("why").value_or("");
    std::vector<std::string> known;
    for (const Target& target : targets) known.push_back(target.id);
    for (PlacedText& id : r.placed_texts("targets")) {
        const bool found = std::find(known.begin(), known.end(), id.text) != known.end();
        if (!found && all_targets_read) {
            r.report().add(id.at, unknown_name("target", id.text, known));
        }
        sentence.targets.push_back(std::move(id.text));
    }
    if (!sentence.targets.empty() && !sentence.why.empty()) {
        r.wrong("why", "says why nothing counts the sentence, but targets do; keep one of them");
    }
    r.finish();
    if (r.report().count() > before) return {};
    return sentence;
}

}  // namespace

std::optional<Plan> read_plan(std::string_view text, const std::string& file,
                              const PlanContext& context, std::vector<Problem>& problems) {
    const auto document = parse_toml(text, file);
    if (!document) {
        problems.push_back(document.error());
        return {};
    }
    const Report report{file, problems};
    const std::size_t before = report.count();
    TableReader top{*document, "", report};
    std::optional<Plan> plan;
    if (!top.has("plan")) top.missing("plan", "[plan] with id, from and to");
    if (const auto head = top.table("plan")) plan = read_head(*head);
    std::vector<Target> read;
    if (auto targets = top.table("target")) {
        for (const TomlEntry& entry : targets->entries()) {
            const auto table = targets->table(entry.key, "[target." + entry.key + "]");
            if (!table) continue;
            if (auto target = read_target(entry.key, *table, plan, context)) {
                read.push_back(std::move(*target));
            }
        }
    }
    const bool all_targets_read = report.count() == before;
    std::vector<Sentence> sentences;
    for (const TableReader& table : top.tables("sentence")) {
        auto sentence = read_sentence(table, read, all_targets_read);
        if (sentence) sentences.push_back(std::move(*sentence));
    }
    top.finish();
    if (!plan || report.count() > before) return {};
    plan->targets = std::move(read);
    plan->sentences = std::move(sentences);
    return plan;
}

}  // namespace narvaro
