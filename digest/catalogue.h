#pragma once
#include <string>
#include <string_view>

namespace narvaro {

/// The program's texts in one language, from the one gettext catalogue (digest/po). The message id
/// is the English text; a language without a catalogue is English. Cheap to look up; safe from any
/// thread.
class Catalogue {
  public:
    /// @param language  "sv", "en"
    explicit Catalogue(std::string_view language);

    const std::string& language() const { return language_; }
    bool swedish() const { return language_ == "sv"; }

    std::string text(const char* id) const;
    /// The form for `count`: "{n} post" / "{n} posts".
    std::string plural(const char* one, const char* many, long long count) const;

  private:
    std::string language_;
};

}  // namespace narvaro
