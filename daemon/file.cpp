#include "daemon/file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace narvaro {
namespace {

/// A descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

  private:
    int fd_;
};

tl::unexpected<Error> write_error(const std::filesystem::path& path, int error) {
    return fail(Fault::storage,
                "cannot write " + path.string() + ": " + std::generic_category().message(error),
                "make room, or give the narvaro user the right to write there");
}

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes, mode_t mode) {
    std::error_code made;
    std::filesystem::create_directories(path.parent_path(), made);
    const std::filesystem::path beside = path.string() + ".new";
    ::unlink(beside.c_str());  // of a run that was cut off; it may have another mode
    {
        const Descriptor file{
            ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
        if (file.get() < 0) return write_error(beside, errno);
        if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0)
            return write_error(beside, errno);
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) return write_error(path, errno);
    return {};
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t at_most) {
    std::ifstream in{path, std::ios::binary};
    if (!in) {
        return fail(Fault::usage,
                    "cannot read " + path.string() + ": " + std::generic_category().message(errno));
    }
    std::string bytes;
    char block[65536];
    while (in.read(block, sizeof block) || in.gcount() > 0) {
        bytes.append(block, static_cast<std::size_t>(in.gcount()));
        if (bytes.size() > at_most) {
            return fail(Fault::usage, path.string() + " is larger than " +
                                          std::to_string(at_most >> 20U) + " MiB");
        }
    }
    if (in.bad()) return fail(Fault::usage, "cannot read " + path.string() + " to its end");
    return bytes;
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
    return replace_file(path, bytes, 0640);
}

Result<void> write_secret(const std::filesystem::path& path, const Secret& secret) {
    return replace_file(path, secret.reveal() + "\n", 0600);
}

}  // namespace narvaro
