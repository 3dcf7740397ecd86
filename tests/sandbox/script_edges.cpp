#include <stdexcept>

#include "drafts.h"
#include "local_time.h"
#include "script.h"

namespace narvaro::sandbox {
namespace {

constexpr Channel kFacebook = Channel::facebook;
constexpr Channel kInstagramChannel = Channel::instagram;
constexpr Labels kPlain{};
constexpr Labels kClimateYouth{.climate = true, .youth = true};
constexpr Labels kClimateOnly{.climate = true};
constexpr Labels kYouthOnly{.youth = true};
constexpr Labels kUngVansterOnly{.ung_vanster = true};

struct Edge {
    Channel channel;
    Local utc;  ///< the instant, in UTC
    int year;   ///< the month in Stockholm
    int month;
    Labels labels;
};

constexpr Edge kEdges[] = {
    {kFacebook, {2019, 12, 31, 23, 30, 0}, 2020, 1, kPlain},
    {kInstagramChannel, {2019, 12, 31, 23, 30, 0}, 2020, 1, kClimateYouth},
    {kFacebook, {2020, 12, 31, 23, 30, 0}, 2021, 1, kPlain},
    {kInstagramChannel, {2020, 12, 31, 23, 30, 0}, 2021, 1, kClimateYouth},
    {kFacebook, {2021, 2, 28, 23, 30, 0}, 2021, 3, kClimateYouth},
    {kInstagramChannel, {2021, 2, 28, 23, 30, 0}, 2021, 3, kUngVansterOnly},
    {kFacebook, {2021, 3, 28, 0, 30, 0}, 2021, 3, kPlain},  // 01:30, an hour before the change
    {kFacebook, {2021, 3, 28, 1, 30, 0}, 2021, 3, kPlain},  // 03:30: 02:30 does not exist
    {kFacebook, {2021, 3, 31, 22, 30, 0}, 2021, 4, kClimateYouth},
    {kInstagramChannel, {2021, 3, 31, 22, 30, 0}, 2021, 4, kClimateOnly},
    {kInstagramChannel, {2021, 4, 30, 21, 59, 59}, 2021, 4, kPlain},
    {kFacebook, {2021, 10, 31, 0, 30, 0}, 2021, 10, kPlain},  // 02:30 for the first time
    {kFacebook, {2021, 10, 31, 1, 30, 0}, 2021, 10, kPlain},  // 02:30 for the second time
    {kFacebook, {2021, 12, 31, 22, 59, 59}, 2021, 12, kPlain},
    {kInstagramChannel, {2021, 12, 31, 22, 59, 59}, 2021, 12, kYouthOnly},
    {kFacebook, {2021, 12, 31, 23, 30, 0}, 2022, 1, kClimateYouth},
    {kInstagramChannel, {2021, 12, 31, 23, 30, 0}, 2022, 1, kClimateYouth},
};

std::span<const char* const> drafts_for(const Labels& labels) {
    const Drafts d = drafts();
    if (labels.ung_vanster) return d.ung_vanster;
    if (labels.climate) return labels.youth ? d.climate_and_youth : d.climate;
    return labels.youth ? d.youth : d.neither;
}

const PressItem& answerable_after(const std::vector<PressItem>& press, sys_seconds t) {
    for (const PressItem& item : press) {
        if (item.at >= t && !item.reply.empty()) return item;
    }
    throw std::logic_error("the script asks for a press item after the last one");
}

/// A post of the Page that is, or just is not, a hook onto the first item after `t`.
Publication near(const PressItem& item, int hours, std::string text, bool link, bool is_hook) {
    Publication p;
    p.at = item.at + seconds{hours * 3600 + 240};
    set_month(p);
    p.text = std::move(text);
    p.media = link ? "link" : "photo";
    if (link) p.link = std::string{kBase} + item.path;
    p.labels.news_hook = is_hook;
    if (is_hook) p.hook = item.id;
    return p;
}

std::string long_text(const PressItem& item) {
    std::string out = item.reply;
    for (int n = 0; out.size() < 700; ++n) {
        const auto d = drafts().neither;
        out += std::string{"\n\n"} + placed(d[static_cast<std::size_t>(n * 5 + 1) % d.size()], n);
    }
    return out;
}

void script_near_misses(std::vector<Publication>& out, const std::vector<PressItem>& press) {
    constexpr char kGeneric[] = "Den här frågan släpper vi inte.";
    const auto at = [&](int month, int day) -> const PressItem& {
        return answerable_after(press, utc(2021, month, day));
    };
    out.push_back(near(at(2, 22), 5, long_text(at(2, 22)), false, false));
    out.push_back(near(at(3, 18), -6, at(3, 18).reply, false, false));
    out.push_back(near(at(5, 19), 5 * 24, kGeneric, true, true));
    out.push_back(near(at(6, 12), 9 * 24, kGeneric, true, false));
    out.push_back(near(at(8, 20), 8, long_text(at(8, 20)), true, false));
    out.push_back(near(at(10, 18), -20, at(10, 18).reply, false, false));
    Publication elsewhere;  // a paper whose feed nobody reads
    elsewhere.at = utc(2021, 11, 23, 16, 20);
    set_month(elsewhere);
    elsewhere.text = kGeneric;
    elsewhere.media = "link";
    elsewhere.link = "https://www.svt.se/nyheter/lokalt/stockholm/fler-vill-bli-lokforare";
    elsewhere.labels.news_hook = true;
    out.push_back(std::move(elsewhere));
}

}  // namespace

void script_edges(std::vector<Publication>& out, const std::vector<PressItem>& press) {
    int n = 1;
    for (const Edge& edge : kEdges) {
        const Local& u = edge.utc;
        Publication p;
        p.channel = edge.channel;
        p.at = utc(u.year, u.month, u.day, u.hour, u.minute, u.second);
        p.year = edge.year;
        p.month = edge.month;
        p.labels = edge.labels;
        const auto texts = drafts_for(edge.labels);
        p.text = placed(texts[static_cast<std::size_t>(n) % texts.size()], n);
        p.media = edge.channel == Channel::facebook ? "status" : "IMAGE";
        out.push_back(std::move(p));
        ++n;
    }
    script_near_misses(out, press);
}

}  // namespace narvaro::sandbox
