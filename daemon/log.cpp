#include "daemon/log.h"

#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <sys/uio.h>
#include <vector>

#include <systemd/sd-journal.h>

#include "digest/plain_text.h"

namespace narvaro::log {
namespace {

class Masks {
  public:
    void add(std::string value) {
        const std::lock_guard lock{mutex_};
        values_.push_back(std::move(value));
    }

    std::string applied(std::string text) const {
        const std::lock_guard lock{mutex_};
        for (const std::string& value : values_) {
            for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at)) {
                text.replace(at, value.size(), "***");
            }
        }
        return text;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<std::string> values_;
};

Masks& masks() {
    static Masks all;
    return all;
}

bool journal_listens() { return std::getenv("JOURNAL_STREAM") != nullptr; }

std::string upper(std::string_view key) {
    std::string out;
    for (const char c : key) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out;
}

/// @param priority  as syslog counts: 3 error, 4 warning, 6 info
void write(int priority, std::string_view message, Fields fields) {
    const std::string line = format_line(message, fields);
    if (!journal_listens()) {
        std::fprintf(stderr, "%s\n", line.c_str());
        return;
    }
    std::vector<std::string> entries{"MESSAGE=" + line, "PRIORITY=" + std::to_string(priority),
                                     "SYSLOG_IDENTIFIER=narvarod"};
    for (const auto& [key, value] : fields) {
        entries.push_back(upper(key) + "=" + masks().applied(harmless_line(value)));
    }
    std::vector<iovec> parts;
    parts.reserve(entries.size());
    for (std::string& entry : entries) parts.push_back({entry.data(), entry.size()});
    if (sd_journal_sendv(parts.data(), static_cast<int>(parts.size())) < 0) {
        std::fprintf(stderr, "%s\n", line.c_str());
    }
}

}  // namespace

std::string format_line(std::string_view message, Fields fields) {
    std::string line{message};
    for (const auto& [key, value] : fields) {
        line += " " + std::string{key} + "=\"" + harmless_line(value) + "\"";
    }
    return masks().applied(std::move(line));
}

void error(std::string_view message, Fields fields) { write(3, message, fields); }
void warning(std::string_view message, Fields fields) { write(4, message, fields); }
void info(std::string_view message, Fields fields) { write(6, message, fields); }

void mask(const Secret& secret) {
    constexpr std::size_t kTooShortToBeASecret = 4;
    if (secret.reveal().size() >= kTooShortToBeASecret) masks().add(secret.reveal());
}

}  // namespace narvaro::log
