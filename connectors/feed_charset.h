#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace narvaro {

/// The bytes of a feed as UTF-8, without a byte order mark.
class DecodedText {
  public:
    /// Settles the charset: a byte order mark, else the HTTP charset if the bytes are valid in it,
    /// else the XML declaration, else UTF-8 if valid, else windows-1252. ISO-8859-1 is read as
    /// windows-1252; bytes declared as a single-byte charset that are valid multi-byte UTF-8 are
    /// UTF-8. `bytes` must outlive this: what needs no conversion is not copied.
    DecodedText(std::string_view bytes, std::string_view content_type);
    DecodedText(const DecodedText&) = delete;
    DecodedText& operator=(const DecodedText&) = delete;

    std::string_view text() const { return converted_ ? std::string_view{storage_} : view_; }
    /// Whether its texts may need mend_mojibake.
    bool mojibake() const { return mojibake_; }
    /// What could not be decoded or was declared wrongly, a line each.
    const std::vector<std::string>& warnings() const { return warnings_; }

  private:
    void keep(std::string_view text);
    void convert(std::string text, std::size_t replaced);
    bool decode_marked(std::string_view bytes);
    void decode_unmarked(std::string_view bytes, const std::string& http);
    bool decode_invalid_as(const std::string& charset, std::string_view bytes);

    std::string storage_;
    std::string_view view_;
    bool converted_ = false;
    bool mojibake_ = false;
    std::vector<std::string> warnings_;
};

/// The encoding that an XML declaration at the front of `text` names, in lower case; empty: none.
std::string declared_encoding(std::string_view text);

}  // namespace narvaro
