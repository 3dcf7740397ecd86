#include "digest/catalogue.h"

#include <locale>
#include <vector>

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>

#include "catalogues.h"

namespace narvaro {
namespace {

namespace gettext = boost::locale::gnu_gettext;

std::locale load(const std::string& language) {
    const std::string_view bytes = embedded::catalogues(language + ".mo");
    if (bytes.empty()) return std::locale::classic();
    gettext::messages_info info;
    info.language = language;
    info.encoding = "UTF-8";
    info.paths.emplace_back("");
    info.domains.emplace_back("narvaro");
    info.callback = [bytes](const std::string&, const std::string&) {
        return std::vector<char>{bytes.begin(), bytes.end()};
    };
    return {std::locale::classic(), gettext::create_messages_facet<char>(info)};
}

const std::locale& locale_for(const std::string& language) {
    static const std::locale swedish = load("sv");
    static const std::locale english = std::locale::classic();
    return language == "sv" ? swedish : english;
}

}  // namespace

Catalogue::Catalogue(std::string_view language) : language_(language == "sv" ? "sv" : "en") {}

std::string Catalogue::text(const char* id) const {
    return boost::locale::translate(id).str(locale_for(language_));
}

std::string Catalogue::plural(const char* one, const char* many, long long count) const {
    return boost::locale::translate(one, many, static_cast<int>(count)).str(locale_for(language_));
}

}  // namespace narvaro
