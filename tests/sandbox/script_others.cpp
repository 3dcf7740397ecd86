#include <array>

#include "drafts.h"
#include "local_time.h"
#include "script.h"

namespace narvaro::sandbox {
namespace {

struct Other {
    Form form;
    Local at;  ///< Stockholm
    const char* owner;
    const char* text;
    bool ung_vanster;
    const char* collaborator;
};

/// A person whose name must not be stored anywhere.
constexpr char kPrivate[] = "anna.exempelsson.privat";

constexpr Other kOthers[] = {
    {Form::collaboration,
     {2020, 10, 14, 18, 0, 0},
     "ungvanster",
     "Gemensam skolkampanj startar nu.",
     true,
     ""},
    {Form::collaboration,
     {2021, 4, 20, 18, 0, 0},
     "vansterpartietstockholm",
     "Regionpolitiken angår alla. Samtal i livesändning.",
     false,
     ""},
    {Form::collaboration,
     {2021, 5, 12, 18, 0, 0},
     "ungvanster",
     "Vi och vänsterpartister runt om i landet säger: höj lönerna.",
     true,
     ""},
    {Form::collaboration,
     {2021, 9, 8, 18, 0, 0},
     "ungvansterroslagen",
     "Torgmöte ihop med moderpartiet i Vallentuna.",
     true,
     ""},
    {Form::tag, {2020, 9, 5, 12, 0, 0}, "ungvanster", "Kampanjdag med fina kamrater.", true, ""},
    {Form::tag, {2021, 3, 14, 12, 0, 0}, kPrivate, "Trevlig söndag med gänget.", false, ""},
    {Form::tag,
     {2021, 6, 5, 12, 0, 0},
     "ungvanster",
     "Tack för att ni kom till vårt torgmöte!",
     true,
     ""},
    {Form::tag, {2021, 6, 19, 12, 0, 0}, kPrivate, "Midsommarkrans och goda vänner.", false, ""},
    {Form::tag, {2021, 9, 18, 12, 0, 0}, kPrivate, "Höstmarknad!", false, ""},
    {Form::tag,
     {2021, 10, 9, 12, 0, 0},
     "ungvansterroslagen",
     "Flygblad utdelade, fötterna värker.",
     true,
     ""},
    {Form::own,
     {2021, 3, 23, 17, 30, 0},
     kHandle,
     "Samtal om regionens ekonomi ikväll.",
     false,
     "vansterpartietstockholm"},
    {Form::own,
     {2021, 8, 24, 17, 30, 0},
     kHandle,
     "Tillsammans för höjda löner i hela landet.",
     true,
     "ungvanster"},
};

struct PageTag {
    Local at;
    const char* from;
    const char* name;
    const char* text;
    bool ung_vanster;
};

void add_watched(std::vector<Publication>& out, const char* owner, int every_days, int first) {
    const auto texts = drafts().watched;
    const long begin = days_of(2020, 1, first);
    const long end = days_of(2022, 1, 1);
    int n = first;
    for (long day = begin; day < end; day += every_days, ++n) {
        const Local date = date_of(day);
        Publication p;
        p.channel = Channel::instagram;
        p.form = Form::watched;
        p.at = from_stockholm({date.year, date.month, date.day, 11 + n % 9, n * 7 % 60, 0});
        set_month(p);
        p.owner = owner;
        p.media = n % 3 == 0 ? "VIDEO" : "IMAGE";
        p.text = texts[static_cast<std::size_t>(n) % texts.size()];
        out.push_back(std::move(p));
    }
}

void add_stories(std::vector<Publication>& out) {
    const Drafts d = drafts();
    for (int year = 2020; year <= 2021; ++year) {
        for (int month = 1; month <= 12; ++month) {
            for (const int day : {6, 14, 22}) {
                Publication p;
                p.channel = Channel::instagram;
                p.form = Form::story;
                p.at = from_stockholm({year, month, day, 13, month * 3, 0});
                p.year = year;
                p.month = month;
                p.media = day == 14 ? "VIDEO" : "IMAGE";
                const auto n = static_cast<std::size_t>(month + year);
                if (day == 6) p.text = d.neither[n % d.neither.size()];
                if (day == 14) {
                    p.labels = {.climate = true, .youth = true};
                    p.text = placed(d.climate_and_youth[n % d.climate_and_youth.size()], month);
                }
                out.push_back(std::move(p));
            }
        }
    }
}

}  // namespace

void script_others(std::vector<Publication>& out) {
    for (const Other& o : kOthers) {
        Publication p;
        p.channel = Channel::instagram;
        p.form = o.form;
        p.at = from_stockholm(o.at);
        p.year = o.at.year;
        p.month = o.at.month;
        p.owner = o.owner;
        p.text = o.text;
        p.labels.ung_vanster = o.ung_vanster;
        p.collaborator = o.collaborator;
        p.media = "IMAGE";
        out.push_back(std::move(p));
    }
    const PageTag tags[] = {
        {{2021, 5, 2, 15, 0, 0}, kUngVansterPage, "Ung Vänster", "Fint firande igår!", true},
        {{2021, 9, 12, 15, 0, 0},
         "300000000000017",
         "Anna Exempelsson",
         "Var det möte idag?",
         false},
    };
    for (const PageTag& t : tags) {
        Publication p;
        p.form = Form::tag;
        p.at = from_stockholm(t.at);
        p.year = t.at.year;
        p.month = t.at.month;
        p.owner = t.from;
        p.title = t.name;
        p.text = t.text;
        p.media = "status";
        p.labels.ung_vanster = t.ung_vanster;
        out.push_back(std::move(p));
    }
    add_watched(out, "ungvanster", 9, 3);
    add_watched(out, "ungvansterroslagen", 23, 8);
    add_stories(out);
}

void script_articles(std::vector<Publication>& out) {
    constexpr std::array<int, 24> kAMonth{1, 1, 2, 1, 1, 1, 0, 1, 2, 1, 1, 1,   // 2020
                                          2, 0, 3, 2, 2, 3, 0, 2, 2, 2, 1, 3};  // 2021
    const auto add = [&](sys_seconds at, std::size_t n) {
        const Article& a = articles()[n % articles().size()];
        Publication p;
        p.channel = Channel::website;
        p.at = at;
        set_month(p);
        p.title = a.title;
        p.text = std::string{a.first} + "\n\n" + a.second;
        p.labels = {.climate = a.climate, .youth = a.youth};
        out.push_back(std::move(p));
    };
    std::size_t n = 0;
    for (int index = 0; index < 24; ++index) {
        const int count = kAMonth[static_cast<std::size_t>(index)];
        for (int k = 0; k < count; ++k) {
            add(from_stockholm({2020 + index / 12, index % 12 + 1, 4 + k * 9, 10 + k, 20, 0}), n++);
        }
    }
    add(utc(2021, 1, 31, 23, 15), n++);  // February's only one
    add(utc(2021, 8, 31, 22, 30), n++);  // September
}

}  // namespace narvaro::sandbox
