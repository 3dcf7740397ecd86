#pragma once
#include <cstddef>
#include <optional>
#include <string>

namespace narvaro {

/// A progress bar on stderr for work that takes a while. It shows only when stderr is a terminal,
/// redraws at most ten times a second and leaves one finished line behind.
class Progress {
  public:
    /// @param total  how much there is to do; empty: not known, a count is shown
    Progress(std::string what, std::optional<std::size_t> total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void set(std::size_t done, const std::string& note = {});

  private:
    void draw(const std::string& note) const;
    std::string what_;
    std::optional<std::size_t> total_;
    std::size_t done_ = 0;
    long long drawn_at_ms_ = -1;
    bool shows_;
};

}  // namespace narvaro
