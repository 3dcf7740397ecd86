#include "config/file_text.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace narvaro {

namespace fs = std::filesystem;

Result<std::string> file_text(const fs::path& path) {
    constexpr std::size_t kMost = 16U << 20U;
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error) return fail(Fault::config, error.message());
    if (fs::is_directory(status)) return fail(Fault::config, "it is a directory");
    errno = 0;
    std::ifstream in{path, std::ios::binary};
    if (!in) return fail(Fault::config, std::generic_category().message(errno));
    std::string text;
    char piece[8192];
    while (in.read(piece, sizeof piece) || in.gcount() > 0) {
        text.append(piece, static_cast<std::size_t>(in.gcount()));
        if (text.size() > kMost) return fail(Fault::config, "it is larger than 16 MiB");
    }
    if (in.bad()) return fail(Fault::config, std::generic_category().message(errno));
    return text;
}

Result<std::vector<fs::path>> toml_files_in(const fs::path& directory) {
    std::vector<fs::path> files;
    std::error_code error;
    if (!fs::exists(directory, error) && !error) return files;
    fs::directory_iterator at{directory, error};
    for (; !error && at != fs::directory_iterator{}; at.increment(error)) {
        const fs::path& path = at->path();
        std::error_code unknown;
        const bool hidden = path.filename().string().starts_with('.');
        if (path.extension() == ".toml" && !hidden && !fs::is_directory(path, unknown)) {
            files.push_back(path);
        }
    }
    if (error) return fail(Fault::config, error.message());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace narvaro
