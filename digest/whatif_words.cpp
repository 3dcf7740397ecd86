#include "digest/whatif_words.h"

#include <fmt/format.h>

#include "digest/figures.h"
#include "digest/week.h"

namespace narvaro {
namespace {

template <class... Arguments>
std::string filled(const std::string& pattern, const Arguments&... arguments) {
    return fmt::format(fmt::runtime(pattern), arguments...);
}

/// What comes: "2 posts more", in the unit of the target.
std::string units_words(const WhatIfWords& asked, const Catalogue& words) {
    const bool posts = asked.target.posts.has_value();
    const std::string pattern = posts ? words.plural("{n} more post", "{n} more posts", asked.posts)
                                      : words.plural("{n} more", "{n} more", asked.posts);
    std::string text =
        filled(pattern, fmt::arg("n", number_words(static_cast<double>(asked.posts), words)));
    if (asked.others == 0) return text;
    return text + " " +
           filled(words.plural("and {n} other post", "and {n} other posts", asked.others),
                  fmt::arg("n", asked.others));
}

}  // namespace

std::string what_if_sentence(const WhatIfWords& asked, const Zone& zone,
                             std::string_view language) {
    const Catalogue words{language};
    std::string sentence =
        filled(words.text("{units} by {day} give {value}, where it is {before} now: {state}."),
               fmt::arg("units", units_words(asked, words)),
               fmt::arg("day", day_words(zone.day_of(asked.until), words)),
               fmt::arg("value", value_words(asked.then, asked.target, language)),
               fmt::arg("before", value_words(asked.now, asked.target, language)),
               fmt::arg("state", state_word(asked.then.state, language)));
    if (!asked.enough) return sentence;
    return sentence + " " +
           filled(words.plural("{n} is enough.", "{n} are enough.", *asked.enough),
                  fmt::arg("n", *asked.enough));
}

}  // namespace narvaro
