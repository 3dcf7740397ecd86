// narvaro rules agree: the rules against what people decided. As JSON lines the decisions are a set
// of labelled posts that narvaro classify reads.
#include <iostream>
#include <map>

#include "daemon/commands/commands.h"
#include "daemon/labelling.h"
#include "daemon/post_json.h"
#include "daemon/table.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

/// A person's word that holds, and what the rules say of the post as it stands.
struct Compared {
    StoredPost post;
    Decision decision;
    Verdict verdict;
    bool agrees() const { return verdict.value == *decision.value; }
};

/// The last word on each label of each post; none where it went back to the rules.
std::map<std::pair<std::string, std::string>, Decision> last_words(
    const std::vector<StoredDecision>& decisions) {
    std::map<std::pair<std::string, std::string>, Decision> words;
    for (const StoredDecision& d : decisions) words[{d.post_id, d.decision.label}] = d.decision;
    std::erase_if(words, [](const auto& word) { return !word.second.value; });
    return words;
}

Result<std::vector<Compared>> compared(const App& app) {
    const auto decisions =
        app.store.decisions_within({sys_seconds::min(), sys_seconds::max()}, kKnownToday);
    if (!decisions) return tl::unexpected{decisions.error()};
    const Labeller labeller{app.settings.rules};
    PressArchive press = labeller.press(app.store);
    std::vector<Compared> all;
    for (const auto& [key, decision] : last_words(*decisions)) {
        const auto post = app.store.post(key.first, kKnownToday);
        if (!post) return tl::unexpected{post.error()};
        if (!*post) continue;
        auto judged = labeller.judge({**post}, press);
        if (!judged) return tl::unexpected{judged.error()};
        for (PostVerdict& one : *judged) {
            if (one.verdict.label == key.second)
                all.push_back({**post, decision, std::move(one.verdict)});
        }
    }
    return all;
}

Json compared_json(const Compared& c) {
    const StoredPost& p = c.post;
    return {{"id", p.id},
            {"channel", name_of(p.source_kind)},
            {"created", p.counts_at ? Json(format_utc(*p.counts_at)) : Json(nullptr)},
            {"text", judged_text(p)},
            {"links", p.post.links},
            {"mentions", p.post.mentions},
            {"labels", {{c.decision.label, *c.decision.value}}},
            {"rules", c.verdict.value},
            {"agrees", c.agrees()},
            {"who", c.decision.who},
            {"when", format_utc(c.decision.when)},
            {"note", c.decision.note},
            {"edited_after", p.edited_after_decision},
            {"verdict", verdict_json(c.verdict)}};
}

void print_table(const std::vector<Compared>& all, std::size_t agreed) {
    std::cout << "rules agree with " << agreed << " of " << all.size() << " decisions\n";
    Table table{{{"POST", Table::Align::left, 40},
                 {"LABEL"},
                 {"PERSON"},
                 {"RULES"},
                 {"WHO"},
                 {"TEXT", Table::Align::left, 60}}};
    for (const Compared& c : all) {
        if (c.agrees()) continue;
        table.add({c.post.id, c.decision.label, *c.decision.value ? "yes" : "no",
                   c.verdict.value ? "yes" : "no", c.decision.who, judged_text(c.post)});
    }
    if (!table.empty()) std::cout << "\nThey disagree on:\n" << table.text();
}

}  // namespace

int run(const RulesAgreeCommand& command, App& app) {
    const auto all = compared(app);
    if (!all) return complain(all.error());
    std::size_t agreed = 0;
    for (const Compared& c : *all) agreed += c.agrees() ? 1 : 0;
    if (command.format == Format::jsonl) {
        for (const Compared& c : *all) std::cout << dumped(compared_json(c)) << "\n";
    } else if (command.format == Format::json) {
        Json list = Json::array();
        for (const Compared& c : *all) list.push_back(compared_json(c));
        std::cout << Json{{"decisions", all->size()}, {"agree", agreed}, {"posts", std::move(list)}}
                         .dump(2, ' ', false, Json::error_handler_t::replace)
                  << "\n";
    } else {
        print_table(*all, agreed);
    }
    return kExitWell;
}

}  // namespace narvaro
