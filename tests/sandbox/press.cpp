#include "local_time.h"
#include "markup.h"
#include "sites.h"
#include "visible.h"

namespace narvaro::sandbox {
namespace {

constexpr std::size_t kShown = 20;

using Items = std::vector<const PressItem*>;

std::string link_of(const State& state, const PressItem& item) { return state.base() + item.path; }

/// The title, unless a fault "edit" {"id", "text"} has changed it.
std::string title_of(const State& state, const PressItem& item) {
    for (const Json& edit : state.values_of("edit")) {
        if (edit.is_object() && edit.value("id", "") == item.id) return edit.value("text", "");
    }
    return item.title;
}

std::string rss_item(const State& state, const PressItem& item, const std::string& date) {
    return "<item>\n<title>" + escaped(title_of(state, item)) + "</title>\n<link>" +
           link_of(state, item) + "</link>\n<guid isPermaLink=\"false\">" + item.id +
           "</guid>\n<description>" + escaped(item.summary) + "</description>\n<pubDate>" + date +
           "</pubDate>\n</item>\n";
}

std::string mitti(const State& state, const Items& items) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel>\n<title>Mitti "
        "Vallentuna</title>\n<link>" +
        state.base() + "/press/mitti/</link>\n<description>Lokalt</description>\n<ttl>30</ttl>\n";
    for (const PressItem* item : items) {
        out += rss_item(state, *item, mail_date(item->at, "GMT"));
    }
    return out + "</channel></rss>\n";
}

/// Declared and written in windows-1252, with Swedish names in the dates.
std::string roslagen(const State& state, const Items& items) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<rss version=\"2.0\"><channel>\n"
        "<title>Roslagens Posten</title>\n<link>" +
        state.base() +
        "/press/roslagen/</link>\n<description>Nyheter från Roslagen</description>\n";
    for (const PressItem* item : items) out += rss_item(state, *item, swedish_date(item->at));
    return windows_1252(out + "</channel></rss>\n");
}

std::string norrort(const State& state, const Items& items) {
    const sys_seconds newest = items.empty() ? utc(2019, 1, 1) : items.front()->at;
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
        "xml:lang=\"sv\">\n<title>Norrorts Nytt</title>\n<id>urn:sandbox:norrort</id>\n<updated>" +
        format_utc(newest) + "</updated>\n<link href=\"" + state.base() + "/press/norrort/\"/>\n";
    for (const PressItem* item : items) {
        out += "<entry>\n<title>" + escaped(title_of(state, *item)) + "</title>\n<link href=\"" +
               link_of(state, *item) + "\"/>\n<id>urn:sandbox:" + item->id + "</id>\n<published>" +
               format_utc(item->at) + "</published>\n<updated>" + format_utc(item->at) +
               "</updated>\n<summary>" + escaped(item->summary) + "</summary>\n</entry>\n";
    }
    return out + "</feed>\n";
}

Response article(const State& state, const Request& request, const std::string& feed) {
    for (const PressItem* item : visible_press(state, feed)) {
        if (item->path != request.path) continue;
        return text_response(
            200, "text/html; charset=utf-8",
            "<!DOCTYPE html>\n<html lang=\"sv\"><head><meta charset=\"utf-8\"><title>" +
                escaped(item->title) + "</title></head><body><p>" + escaped(item->summary) +
                "</p></body></html>\n");
    }
    return not_found();
}

}  // namespace

Response press(State& state, const Request& request) {
    const std::string rest = request.path.substr(std::string_view{"/press/"}.size());
    const std::string feed = rest.substr(0, rest.find('/'));
    const std::string file = rest.find('/') == std::string::npos ? "" : rest.substr(rest.find('/'));
    Items items = visible_press(state, feed);
    const sys_seconds newest = items.empty() ? utc(2019, 1, 1) : items.front()->at;
    if (items.size() > kShown) items.resize(kShown);
    Response response;
    // It has a later address as well, for feeds that move.
    if (feed == "mitti" && (file == "/rss" || file == "/feed.xml")) {
        response = text_response(200, "application/rss+xml; charset=utf-8", mitti(state, items));
    } else if (feed == "norrort" && file == "/atom") {
        response = text_response(200, "application/atom+xml", norrort(state, items));
    } else if (feed == "roslagen" && file == "/rss") {
        response = text_response(200, "text/xml; charset=windows-1252", roslagen(state, items));
    } else {
        return article(state, request, feed);
    }
    return conditional(request, std::move(response), mail_date(newest, "GMT"));
}

}  // namespace narvaro::sandbox
