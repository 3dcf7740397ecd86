#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "connectors/feed_doctype.h"
#include "connectors/feed_entities.h"
#include "connectors/feed_repair.h"

namespace narvaro {

/// How "&" and what follows it has to be written for a strict parser. Knows the document's own
/// words; what they add to it is at most 1 MiB.
class References {
  public:
    /// Reads a DOCTYPE at the front of `text`. @return its length
    std::size_t read_doctype(std::string_view text) { return doctype_.read(text); }

    /// Appends what `found` has to be written as; one that is not closed is a bare "&".
    /// @return false: it is well as it stands, nothing was appended
    bool mend(const Reference& found, std::string& out, RepairCount& count);

    /// Appends an attribute's value so that it can stand between double quotes.
    void append_value(std::string_view value, std::string& out, RepairCount& count);

  private:
    void append_name(std::string_view name, std::string& out, RepairCount& count);

    Doctype doctype_;
    std::size_t grown_ = 0;
};

}  // namespace narvaro
