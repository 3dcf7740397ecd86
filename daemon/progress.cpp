#include "daemon/progress.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <unistd.h>

#include "digest/plain_text.h"

namespace narvaro {
namespace {

long long now_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Progress::Progress(std::string what, std::optional<std::size_t> total)
    : what_(std::move(what)), total_(total), shows_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
    if (!shows_ || drawn_at_ms_ < 0) return;
    draw({});
    std::fputc('\n', stderr);
}

void Progress::set(std::size_t done, const std::string& note) {
    constexpr long long kBetweenDrawings = 100;
    done_ = done;
    if (!shows_ || (drawn_at_ms_ >= 0 && now_ms() - drawn_at_ms_ < kBetweenDrawings)) return;
    drawn_at_ms_ = now_ms();
    draw(note);
}

void Progress::draw(const std::string& note) const {
    constexpr std::size_t kBar = 24;
    std::string line = what_ + " ";
    if (total_ && *total_ > 0) {
        const std::size_t full = std::min(kBar, done_ * kBar / *total_);
        for (std::size_t i = 0; i < kBar; ++i) line += i < full ? "█" : "░";
        line += " " + std::to_string(std::min(std::size_t{100}, done_ * 100 / *total_)) + " %";
    } else {
        line += std::to_string(done_);
    }
    if (!note.empty()) line += "  " + note;
    std::fprintf(stderr, "\r%s\x1b[K", shortened(harmless_line(line), 78).c_str());
    std::fflush(stderr);
}

}  // namespace narvaro
