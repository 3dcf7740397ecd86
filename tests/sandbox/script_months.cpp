#include <array>

#include "drafts.h"
#include "local_time.h"
#include "script.h"

namespace narvaro::sandbox {
namespace {

using Counts = std::array<int, 12>;  ///< January to December

/// How many posts of each sort a channel publishes in each month of a year.
struct Year {
    Channel channel;
    int year;
    Counts both;  ///< climate, aimed at the young
    Counts climate;
    Counts youth;
    Counts neither;
    Counts hooks;
    Counts ung_vanster;  ///< Instagram: captions; Facebook: shares of Ung Vänster's posts
    Counts wordless;     ///< a picture without a text
};

constexpr Counts kOneEach{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

constexpr Year kYears[] = {
    {Channel::facebook,
     2020,
     {1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0},
     kOneEach,
     {0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0},
     {5, 5, 6, 5, 5, 4, 3, 5, 6, 5, 5, 5},
     {0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0},
     {0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0},
     kOneEach},
    {Channel::instagram,
     2020,
     {0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1},
     kOneEach,
     {1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1},
     {4, 4, 4, 5, 4, 4, 2, 4, 5, 4, 4, 4},
     {0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0},
     {0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1},
     kOneEach},
    {Channel::facebook,
     2021,
     {1, 1, 0, 0, 1, 1, 0, 1, 2, 1, 1, 0},
     {1, 2, 1, 2, 1, 1, 1, 1, 2, 1, 2, 1},
     {1, 0, 1, 1, 1, 2, 0, 1, 1, 0, 1, 0},
     {4, 3, 4, 4, 4, 3, 2, 3, 4, 4, 4, 4},
     {1, 1, 1, 1, 2, 1, 0, 1, 1, 1, 1, 1},
     {0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0},
     kOneEach},
    {Channel::instagram,
     2021,
     {1, 1, 0, 1, 1, 1, 0, 1, 2, 1, 1, 1},
     {1, 1, 1, 1, 2, 1, 0, 1, 1, 1, 1, 1},
     {1, 1, 1, 0, 1, 2, 1, 1, 1, 1, 0, 1},
     {3, 3, 4, 3, 3, 3, 2, 3, 4, 3, 3, 3},
     {1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1},
     {1, 0, 0, 1, 0, 0, 0, 0, 2, 1, 1, 0},
     kOneEach},
};

constexpr std::array<const char*, 5> kFacebookMedia{"photo", "status", "album", "link", "video"};
constexpr std::array<const char*, 4> kInstagramMedia{"IMAGE", "CAROUSEL_ALBUM", "VIDEO", "IMAGE"};
constexpr std::array<const char*, 3> kOutsideLinks{"https://www.vansterpartiet.se/politik/",
                                                   "https://www.riksdagen.se/sv/dokument/",
                                                   "https://www.vansterpartiet.se/bli-medlem/"};

enum class Sort { both, climate, youth, neither, ung_vanster, wordless };

/// Writes one month of one channel; drafts follow each other through the year.
class Writer {
  public:
    Writer(const Year& year, std::vector<Publication>& out)
        : year_(year),
          dice_(static_cast<std::uint64_t>(year.year) * 10 +
                static_cast<std::uint64_t>(year.channel)),
          out_(out) {}

    void month(int month) {
        const auto m = static_cast<std::size_t>(month - 1);
        std::vector<Sort> sorts;
        const std::pair<Sort, int> wanted[] = {{Sort::both, year_.both[m]},
                                               {Sort::climate, year_.climate[m]},
                                               {Sort::youth, year_.youth[m]},
                                               {Sort::neither, year_.neither[m]},
                                               {Sort::ung_vanster, year_.ung_vanster[m]},
                                               {Sort::wordless, year_.wordless[m]}};
        for (const auto& [sort, count] : wanted) {
            for (int i = 0; i < count; ++i) sorts.push_back(sort);
        }
        for (std::size_t i = sorts.size(); i > 1; --i) {
            std::swap(sorts[i - 1],
                      sorts[static_cast<std::size_t>(dice_.roll(static_cast<int>(i)))]);
        }
        const int days = days_in_month(year_.year, month);
        const int count = static_cast<int>(sorts.size());
        for (int k = 0; k < count; ++k) {
            const int day = 1 + k * days / count;
            write(sorts[static_cast<std::size_t>(k)], month, day);
        }
    }

  private:
    void write(Sort sort, int month, int day) {
        Publication p;
        p.channel = year_.channel;
        p.year = year_.year;
        p.month = month;
        p.at = from_stockholm(
            {year_.year, month, day, 8 + dice_.roll(13), dice_.roll(60), dice_.roll(60)});
        p.media = facebook() ? kFacebookMedia[static_cast<std::size_t>(dice_.roll(5))]
                             : kInstagramMedia[static_cast<std::size_t>(dice_.roll(4))];
        if (p.media == "link") p.link = kOutsideLinks[static_cast<std::size_t>(dice_.roll(3))];
        set_text(sort, p);
        out_.push_back(std::move(p));
    }

    void set_text(Sort sort, Publication& p) {
        const Drafts d = drafts();
        p.labels.climate = sort == Sort::both || sort == Sort::climate;
        p.labels.youth = sort == Sort::both || sort == Sort::youth;
        p.labels.ung_vanster = sort == Sort::ung_vanster;
        if (sort == Sort::wordless) {
            p.media = facebook() ? "photo" : "IMAGE";
            p.link.clear();
        } else if (sort == Sort::ung_vanster && facebook()) {
            share(p);
        } else {
            p.text = words(sort == Sort::both          ? d.climate_and_youth
                           : sort == Sort::climate     ? d.climate
                           : sort == Sort::youth       ? d.youth
                           : sort == Sort::ung_vanster ? d.ung_vanster
                                                       : d.neither,
                           sort);
        }
    }

    /// Every other share tells where it comes from; Meta leaves the parent out at times.
    void share(Publication& p) {
        const int n = shares_++;
        p.media = "share";
        p.link = "https://www.facebook.com/ungvanster/posts/" + std::to_string(700000000000100 + n);
        if (n % 2 == 0) {
            p.parent = std::string{kUngVansterPage} + "_" + std::to_string(800000000000100 + n);
        }
    }

    std::string words(std::span<const char* const> texts, Sort sort) {
        int& next = next_[static_cast<std::size_t>(sort)];
        const int n = next++ + (facebook() ? 0 : 3) + (year_.year - 2020) * 5;
        std::string text = placed(texts[static_cast<std::size_t>(n) % texts.size()], n);
        const auto closings = drafts().closings;
        const std::string closing = closings[static_cast<std::size_t>(n) % closings.size()];
        return closing.empty() ? text : text + " " + closing;
    }

    bool facebook() const { return year_.channel == Channel::facebook; }

    const Year& year_;
    Dice dice_;
    std::array<int, 6> next_{};
    int shares_ = 0;
    std::vector<Publication>& out_;
};

/// Some hours later, by turns; the last is near the end of the 72.
constexpr std::array<int, 6> kHoursLater{3, 9, 20, 30, 44, 62};

Publication hook_of(const PressItem& item, Channel channel, int n) {
    Publication p;
    p.channel = channel;
    p.at = item.at +
           seconds{kHoursLater[static_cast<std::size_t>(n) % kHoursLater.size()] * 3600 + 700};
    set_month(p);
    p.labels.news_hook = true;
    p.hook = item.id;
    p.text = item.reply;
    p.media = channel == Channel::facebook ? "photo" : "IMAGE";
    if (channel == Channel::facebook && n % 2 == 0) {
        p.media = "link";
        p.link = std::string{kBase} + item.path;
        if (n % 4 == 0) p.text = "Läs och begrunda. Så här får det inte fortsätta.";
    }
    return p;
}

void script_hooks(const Year& year, std::vector<Publication>& out,
                  const std::vector<PressItem>& press) {
    int n = 0;
    for (int month = 1; month <= 12; ++month) {
        std::vector<const PressItem*> answerable;
        for (const PressItem& item : press) {
            const Local l = stockholm(item.at);
            if (l.year == year.year && l.month == month && l.day < 27 && !item.reply.empty()) {
                answerable.push_back(&item);
            }
        }
        const std::size_t first = year.channel == Channel::facebook ? 0 : 1;
        for (int i = 0; i < year.hooks[static_cast<std::size_t>(month - 1)]; ++i) {
            const PressItem* item = answerable.at(first + 2 * static_cast<std::size_t>(i));
            out.push_back(hook_of(*item, year.channel, n++));
        }
    }
}

}  // namespace

void script_months(std::vector<Publication>& out, const std::vector<PressItem>& press) {
    for (const Year& year : kYears) {
        Writer writer{year, out};
        for (int month = 1; month <= 12; ++month) writer.month(month);
        script_hooks(year, out, press);
    }
    for (int year = 2020; year <= 2021; ++year) {
        for (const Seasonal& s : seasonal()) {
            Publication p;
            p.at = from_stockholm({year, s.month, s.day, 9, 15, 0});
            p.year = year;
            p.month = s.month;
            p.labels.climate = s.climate;
            p.text = s.text;
            p.media = "photo";
            out.push_back(std::move(p));
        }
    }
}

}  // namespace narvaro::sandbox
