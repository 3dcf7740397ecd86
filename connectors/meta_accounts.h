#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace narvaro {

/// The accounts that are organisations, and so may be stored: handles, Page ids, and beginnings of
/// handles that end in '*'. Compared without case, dots, underscores, a leading @, and the marks of
/// å ä ö.
class Organisations {
  public:
    explicit Organisations(const std::vector<std::string>& handles);
    bool contains(std::string_view account) const;

  private:
    std::vector<std::string> whole_;
    std::vector<std::string> beginnings_;
};

/// An address on Facebook or Instagram.
struct MetaLink {
    std::string account;  ///< whose it is, as a name or id; empty: it tells nobody's
    bool photo = false;   ///< a bare photo or video page
    bool operator==(const MetaLink&) const = default;
};

/// @return empty for addresses of other sites
std::optional<MetaLink> meta_link(const std::string& url);

/// The address behind Facebook's l.php detour; any other as it is.
std::string unwrapped_link(const std::string& url);

/// The accounts named with @ in a caption, without the @, in order, each once.
std::vector<std::string> handles_in(std::string_view caption);

/// The http and https addresses in a text, in order, each once, without the punctuation after them.
std::vector<std::string> links_in(std::string_view text);

/// Whether it is an Instagram name: letters, digits, dots and underscores, at most 30.
bool is_handle(std::string_view text);

}  // namespace narvaro
