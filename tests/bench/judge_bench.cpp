// Posts judged a second on one core, against utf8proc's normalisation of the same texts; and hooks
// found among a large press, against a plain comparison of all with all on a sample.
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <utf8proc.h>

#include "analytics/hooks.h"
#include "analytics/judge.h"
#include "config/rules_file.h"

namespace narvaro {
namespace {

constexpr std::size_t kCharacters = 300;

/// Posts of some 300 characters, from the words that a local party writes.
std::vector<std::string> texts(std::size_t count) {
    const std::vector<std::string> words{
        "vi",          "kommunen",  "skolan",     "bussen",      "klimatet",  "Vallentuna",  "på",
        "torsdag",     "äldre",     "omsorgen",   "och",         "att",       "miljonerna",  "är",
        "hyran",       "för",       "utsläppen",  "arbetsmiljö", "lördag",    "träffas",     "du",
        "lönen",       "möte",      "#välfärd",   "🌍",          "föräldrar", "fullmäktige", "inte",
        "biblioteket", "studenten", "cykelvägen", "kl",          "18.30",     "vill",        "ska",
        "det",         "en",        "i"};
    std::mt19937 random{7};
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i) {
        std::string text;
        for (std::size_t letters = 0; letters < kCharacters;) {
            const std::string& word = words[random() % words.size()];
            text += word + (random() % 9 == 0 ? ". " : " ");
            letters += word.size() + 1;
        }
        out.push_back(std::move(text));
    }
    return out;
}

void posts_judged(benchmark::State& state) {
    const Judge judge{builtin_rules()};
    const auto posts = texts(2000);
    for (auto _ : state) {
        for (const std::string& text : posts) {
            JudgeInput input;
            input.text = text;
            benchmark::DoNotOptimize(judge.judge(input));
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(posts.size()));
}
BENCHMARK(posts_judged);

void utf8proc_alone(benchmark::State& state) {
    const auto posts = texts(2000);
    for (auto _ : state) {
        for (const std::string& text : posts) {
            const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.c_str());
            utf8proc_uint8_t* folded = utf8proc_NFKC_Casefold(bytes);
            benchmark::DoNotOptimize(folded);
            std::free(folded);
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(posts.size()));
}
BENCHMARK(utf8proc_alone);

std::string made_up_word(std::mt19937& random) {
    static const std::vector<std::string> first{"skol", "buss", "bad", "bro", "lek", "tand", "gym"};
    static const std::vector<std::string> last{"huset", "planen", "hallen", "vägen", "avgiften"};
    return first[random() % first.size()] + std::to_string(random() % 4000) +
           last[random() % last.size()];
}

struct Press {
    std::vector<PressItem> items;
    std::vector<HookInput> posts;
};

/// `size` items, one every ten minutes, and posts that each take up one of them.
Press press(std::size_t size, std::size_t posts) {
    std::mt19937 random{11};
    Press out;
    const auto start = parse_instant("2020-01-01T00:00:00Z").value_or(sys_seconds{});
    for (std::size_t i = 0; i < size; ++i) {
        PressItem item;
        item.id = "m" + std::to_string(i);
        item.source = "mitti";
        item.url = "https://mitti.example/nyheter/" + item.id + "-artikel";
        item.title = "Kommunen stänger " + made_up_word(random) + " i " + made_up_word(random);
        item.summary = "Beslutet om " + made_up_word(random) + " väcker frågor hos många boende.";
        item.published = start + std::chrono::minutes{10 * i};
        out.items.push_back(std::move(item));
    }
    for (std::size_t i = 0; i < posts; ++i) {
        const PressItem& item = out.items[random() % size];
        out.posts.push_back({"Vi svarar: " + item.title,
                             {},
                             *item.published + std::chrono::hours{5},
                             SourceKind::facebook});
    }
    return out;
}

void hooks_among_press(benchmark::State& state) {
    const Press made = press(static_cast<std::size_t>(state.range(0)), 10'000);
    const HookMatcher matcher{builtin_rules().hooks, made.items};
    std::int64_t found = 0;
    for (auto _ : state) {
        found = 0;
        for (const HookInput& post : made.posts) found += matcher.match(post).value ? 1 : 0;
    }
    state.counters["found"] = static_cast<double>(found);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(made.posts.size()));
}
BENCHMARK(hooks_among_press)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

/// All with all: a post asks each item alone, as without an index. On 20 posts and 2,000 items;
/// an item processed is one pair.
void hooks_all_with_all(benchmark::State& state) {
    const Press made = press(2'000, 20);
    std::vector<HookMatcher> each;
    for (const PressItem& item : made.items) {
        each.emplace_back(builtin_rules().hooks, std::vector<PressItem>{item});
    }
    for (auto _ : state) {
        for (const HookInput& post : made.posts)
            for (const HookMatcher& matcher : each) benchmark::DoNotOptimize(matcher.match(post));
    }
    state.SetItemsProcessed(state.iterations() * 20 * 2'000);
}
BENCHMARK(hooks_all_with_all)->Unit(benchmark::kMillisecond)->Iterations(1);

void press_indexed(benchmark::State& state) {
    const Press made = press(static_cast<std::size_t>(state.range(0)), 1);
    for (auto _ : state) {
        benchmark::DoNotOptimize(HookMatcher{builtin_rules().hooks, made.items});
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(press_indexed)->Arg(100'000)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace narvaro
