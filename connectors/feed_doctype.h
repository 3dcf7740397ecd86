#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace narvaro {

/// The plain words that a DOCTYPE declares: <!ENTITY copy "©">. A value that refers to another
/// entity, holds markup, or is longer than 64 bytes is no plain word and is left out.
class Doctype {
  public:
    /// Reads a DOCTYPE at the front of `text` ("<!DOCTYPE").
    /// @return its length, to be left out of the document
    std::size_t read(std::string_view text);

    /// What a name stands for; empty for a name that was not declared.
    std::string_view word(std::string_view name) const;

  private:
    std::size_t read_subset(std::string_view text, std::size_t at);
    void declare(std::string_view declaration);
    std::vector<std::pair<std::string_view, std::string>> words_;
};

}  // namespace narvaro
