#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace narvaro {

/// Where repaired XML goes, piece by piece, in order. A piece is valid during the call only.
class XmlSink {
  public:
    virtual ~XmlSink() = default;
    virtual void write(std::string_view piece) = 0;
};

/// What had to be mended, counted.
struct RepairCount {
    std::size_t characters = 0;  ///< forbidden by XML and dropped
    std::size_t references = 0;  ///< bare "&" and names that were not declared
    std::size_t tags = 0;        ///< missing, stray or malformed tags and attributes
    std::size_t left_out = 0;    ///< tags beyond the depth, attributes beyond the number allowed

    /// A line for each kind that occurred.
    std::vector<std::string> warnings() const;
};

/// Reads ill-formed XML (UTF-8) and writes it to `sink` so that a strict parser gets through it:
/// - declaration, DOCTYPE, comments and processing instructions are left out; no entity that
///   refers to another is ever expanded;
/// - characters that XML 1.0 forbids are dropped; bare "&" and "<" are escaped; names of HTML
///   entities become characters; CDATA that is never closed ends with its element;
/// - every start tag gets its end tag, stray end tags are dropped, an <item> or <entry> ends the
///   one before it, attributes are quoted; all stays within one root;
/// - at most 256 elements deep, 256 attributes a tag.
/// One pass, no copy of what needs no repair; time and memory grow with the size alone.
RepairCount repair_xml(std::string_view text, XmlSink& sink);

/// The text without the characters that XML 1.0 forbids; `text` itself when it has none, else a
/// copy kept in `storage`. Adds their number to `dropped`.
std::string_view without_forbidden(std::string_view text, std::string& storage,
                                   std::size_t& dropped);

}  // namespace narvaro
