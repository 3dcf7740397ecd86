#include "config/secrets.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace narvaro {
namespace {

/// A descriptor that is closed on the way out.
class File {
  public:
    explicit File(const std::string& path)
        : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    int get() const { return descriptor_; }

  private:
    int descriptor_;
};

tl::unexpected<Error> unreadable(const std::string& reference, const std::string& path) {
    const int error = errno;
    return fail(Fault::config,
                reference + " cannot be read: " + std::generic_category().message(error),
                error == EACCES ? "let the user that narvaro runs as read " + path
                                : "store the secret in " + path);
}

/// The permissions are those of the file that is read, not of one that had its name before.
Result<std::string> read_secret_file(const std::string& path, const std::string& reference,
                                     bool must_be_private) {
    const File file{path};
    struct stat about = {};
    if (file.get() < 0 || ::fstat(file.get(), &about) != 0) return unreadable(reference, path);
    if (!S_ISREG(about.st_mode)) {
        return fail(Fault::config, reference + " is not a file", "store the secret in a file");
    }
    if (must_be_private && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(Fault::config, reference + " is open to others than its owner",
                    "chmod 600 " + path);
    }
    constexpr std::size_t kMost = 64U << 10U;
    std::string text;
    std::array<char, 4096> piece{};
    for (;;) {
        const ssize_t got = ::read(file.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unreadable(reference, path);
        if (got == 0) return text;
        text.append(piece.data(), static_cast<std::size_t>(got));
        if (text.size() > kMost) {
            return fail(Fault::config, reference + " is larger than 64 KiB",
                        "store the secret alone in " + path);
        }
    }
}

Result<std::string> raw_secret(const SecretRef& ref, const Environment& environment) {
    if (ref.kind == SecretRef::Kind::file) return read_secret_file(ref.name, to_string(ref), true);
    if (ref.kind == SecretRef::Kind::environment) {
        if (auto value = environment(ref.name)) return std::move(*value);
        return fail(Fault::config, to_string(ref) + " is not set",
                    "set the variable where narvaro is started");
    }
    const auto directory = environment("CREDENTIALS_DIRECTORY");
    if (directory && !directory->empty()) {
        return read_secret_file(*directory + "/" + ref.name, to_string(ref), false);
    }
    return fail(Fault::config, to_string(ref) + " is not given: there is no $CREDENTIALS_DIRECTORY",
                "run under systemd with LoadCredential=" + ref.name +
                    ", set CREDENTIALS_DIRECTORY, or configure file:PATH");
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

}  // namespace

std::optional<SecretRef> parse_secret_ref(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos || colon + 1 == text.size()) return {};
    const std::string kind = text.substr(0, colon);
    std::string name = text.substr(colon + 1);
    if (std::any_of(name.begin(), name.end(), is_control)) return {};
    if (kind == "file") return SecretRef{SecretRef::Kind::file, std::move(name)};
    const bool is_path = name.find('/') != std::string::npos || name == "." || name == "..";
    if (is_path) return {};
    if (kind == "credential") return SecretRef{SecretRef::Kind::credential, std::move(name)};
    if (kind == "env" && name.find('=') == std::string::npos) {
        return SecretRef{SecretRef::Kind::environment, std::move(name)};
    }
    return {};
}

std::string to_string(const SecretRef& ref) {
    switch (ref.kind) {
        case SecretRef::Kind::credential:
            return "credential:" + ref.name;
        case SecretRef::Kind::file:
            return "file:" + ref.name;
        case SecretRef::Kind::environment:
            return "env:" + ref.name;
    }
    return ref.name;
}

Result<Secret> resolve(const SecretRef& ref, const Environment& environment) {
    auto value = raw_secret(ref, environment);
    if (!value) return tl::unexpected{value.error()};
    while (value->ends_with('\n') || value->ends_with('\r')) value->pop_back();
    if (value->empty()) {
        return fail(Fault::config, to_string(ref) + " is empty", "store the secret there again");
    }
    if (std::any_of(value->begin(), value->end(), is_control)) {
        return fail(Fault::config, to_string(ref) + " holds more than one line",
                    "store the secret alone, on one line");
    }
    return Secret{std::move(*value)};
}

}  // namespace narvaro
