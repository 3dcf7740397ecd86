#include "config/plan_file.h"

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
    top.finish();
    if (!plan || report.count() > before) return {};
    plan->targets = std::move(read);
    return plan;
}

}  // namespace narvaro
