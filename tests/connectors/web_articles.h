#pragma once
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

#include "core/time.h"

namespace narvaro {

/// An article of a WordPress site of the test's own making, and how the site shows it.
struct Article {
    int id = 0;
    sys_seconds published;
    std::string html = "<p>Text</p>";
    std::string title = "Rubrik";
    std::string guid() const { return "https://site.example/?p=" + std::to_string(id); }
    std::string link() const { return "https://site.example/artikel-" + std::to_string(id) + "/"; }
};

/// Articles `newest` down to `oldest` by number, a day apart; number N is from day N of 2021.
inline std::vector<Article> articles(int newest, int oldest) {
    std::vector<Article> all;
    for (int id = newest; id >= oldest; --id) {
        const auto day = date::sys_days{date::year{2021} / 1 / 1} + date::days{id - 1};
        all.push_back({id, day + std::chrono::hours{12}, "<p>Text " + std::to_string(id) + "</p>",
                       "Rubrik " + std::to_string(id)});
    }
    return all;
}

inline std::string feed_xml(const std::vector<Article>& items, bool full_text = true) {
    std::ostringstream out;
    out << R"(<?xml version="1.0" encoding="UTF-8"?>)"
        << R"(<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>)"
        << "<title>Sajten</title><link>https://site.example</link>\n";
    for (const Article& a : items) {
        out << "<item><title>" << a.title << "</title><link>" << a.link() << "</link><pubDate>"
            << date::format("%a, %d %b %Y %H:%M:%S +0000", a.published)
            << R"(</pubDate><guid isPermaLink="false">)" << a.guid()
            << "</guid><description><![CDATA[<p>Kort</p>]]></description>";
        if (full_text) out << "<content:encoded><![CDATA[" << a.html << "]]></content:encoded>";
        out << "</item>\n";
    }
    out << "</channel></rss>\n";
    return out.str();
}

inline std::string rest_json(const std::vector<Article>& items) {
    std::ostringstream out;
    out << "[";
    for (const Article& a : items) {
        if (out.tellp() > 1) out << ",";
        out << R"({"id":)" << a.id << R"(,"date_gmt":")"
            << date::format("%Y-%m-%dT%H:%M:%S", a.published) << R"(","guid":{"rendered":)"
            << std::quoted(a.guid()) << R"(},"link":)" << std::quoted(a.link())
            << R"(,"title":{"rendered":)" << std::quoted(a.title) << R"(},"content":{"rendered":)"
            << std::quoted(a.html)
            << R"(,"protected":false},"excerpt":{"rendered":"<p>Kort</p>"}})";
    }
    out << "]";
    return out.str();
}

}  // namespace narvaro
