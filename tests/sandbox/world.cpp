#include "world.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <tuple>

#include "local_time.h"
#include "script.h"

namespace narvaro::sandbox {
namespace {

constexpr std::array<const char*, 6> kPlaces{"Vallentuna", "Lindholmen", "Brottby",
                                             "Kårsta",     "Ormsta",     "Bällsta"};

/// Ids as the platforms give them: 17 and 18 digits, growing.
void number(World& world) {
    long facebook = 122100000000000000;
    long instagram = 17900000000000000;
    long article = 100;
    for (Publication& p : world.publications) {
        switch (p.channel) {
            case Channel::facebook:
                facebook += 37;
                p.id = (p.form == Form::own ? kPage : p.owner) + ("_" + std::to_string(facebook));
                break;
            case Channel::instagram:
                instagram += 41;
                p.id = std::to_string(instagram % 5 == 0 ? instagram * 10 + 3 : instagram);
                break;
            case Channel::website:
                p.id = std::to_string(article += 3);
                break;
        }
    }
}

World make_world() {
    World out;
    out.press = script_press();
    script_months(out.publications, out.press);
    script_edges(out.publications, out.press);
    script_others(out.publications);
    script_articles(out.publications);
    std::sort(out.publications.begin(), out.publications.end(), [](const auto& a, const auto& b) {
        return std::tie(a.at, a.channel, a.form, a.text) <
               std::tie(b.at, b.channel, b.form, b.text);
    });
    number(out);
    Dice dice{2021};
    for (Publication& p : out.publications) {
        if (p.channel == Channel::instagram && p.owner.empty()) p.owner = kHandle;
        p.reactions = dice.roll(60);
        p.comments = dice.roll(9);
        p.shares = std::max(0, dice.roll(8) - 3);
    }
    return out;
}

}  // namespace

int Dice::roll(int below) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    z ^= z >> 31U;
    return static_cast<int>(z % static_cast<std::uint64_t>(below));
}

std::string placed(const char* text, int n) {
    std::string out = text;
    const std::size_t at = out.find("{place}");
    if (at != std::string::npos) out.replace(at, 7, kPlaces[static_cast<std::size_t>(n) % 6]);
    return out;
}

std::string slug_of(const std::string& title) {
    std::string out;
    for (std::size_t i = 0; i < title.size(); ++i) {
        const auto c = static_cast<unsigned char>(title[i]);
        if (c == 0xC3 && i + 1 < title.size()) {
            const auto next = static_cast<unsigned char>(title[++i]);
            out += next == 0xB6 || next == 0x96 ? 'o' : next == 0xA9 ? 'e' : 'a';
        } else if (c < 128 && std::isalnum(c) != 0) {
            out += static_cast<char>(std::tolower(c));
        } else if (!out.empty() && out.back() != '-' && c < 128) {
            out += '-';
        }
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

void set_month(Publication& p) {
    const Local l = stockholm(p.at);
    p.year = l.year;
    p.month = l.month;
}

const World& world() {
    static const World kWorld = make_world();
    return kWorld;
}

std::string with_base(std::string_view text, std::string_view base) {
    std::string out{text};
    for (std::size_t at = 0; (at = out.find(kBase, at)) != std::string::npos; at += base.size()) {
        out.replace(at, kBase.size(), base);
    }
    return out;
}

}  // namespace narvaro::sandbox
