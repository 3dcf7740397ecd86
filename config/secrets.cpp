#include "config/secrets.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <system_error>

namespace narvaro {
namespace {

Result<std::string> read_secret_file(const std::filesystem::path& path,
                                     const std::string& reference, bool must_be_private) {
    struct stat about = {};
    if (::stat(path.c_str(), &about) != 0) {
        return fail(Fault::config,
                    reference + " cannot be read: " + std::generic_category().message(errno),
                    "store the secret there");
    }
    if (must_be_private && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(Fault::config, reference + " may be read by others",
                    "chmod 600 " + path.string());
    }
    std::ifstream in{path, std::ios::binary};
    if (!in) {
        return fail(Fault::config, reference + " cannot be read: permission denied",
                    "give the narvaro user the right to read it");
    }
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

Result<std::string> raw_secret(const SecretRef& ref, const Environment& environment) {
    switch (ref.kind) {
        case SecretRef::Kind::environment: {
            const auto value = environment(ref.name);
            if (value) return *value;
            return fail(Fault::config, "env:" + ref.name + " is not set",
                        "set it where narvaro runs");
        }
        case SecretRef::Kind::file:
            return read_secret_file(ref.name, "file:" + ref.name, true);
        case SecretRef::Kind::credential: {
            const auto directory = environment("CREDENTIALS_DIRECTORY");
            if (directory) {
                return read_secret_file(std::filesystem::path{*directory} / ref.name,
                                        "credential:" + ref.name, false);
            }
            return fail(
                Fault::config,
                "credential:" + ref.name + " is not given: there is no $CREDENTIALS_DIRECTORY",
                "run under systemd with LoadCredential=" + ref.name + ", or use file:PATH");
        }
    }
    return fail(Fault::config, "unknown kind of secret");
}

}  // namespace

std::optional<SecretRef> parse_secret_ref(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos || colon + 1 == text.size()) return {};
    const std::string kind = text.substr(0, colon);
    const std::string name = text.substr(colon + 1);
    const bool is_path = name.find('/') != std::string::npos;
    if (kind == "credential" && !is_path && name != "..") {
        return SecretRef{SecretRef::Kind::credential, name};
    }
    if (kind == "file") return SecretRef{SecretRef::Kind::file, name};
    if (kind == "env" && !is_path) return SecretRef{SecretRef::Kind::environment, name};
    return {};
}

Result<Secret> resolve(const SecretRef& ref, const Environment& environment) {
    auto value = raw_secret(ref, environment);
    if (!value) return tl::unexpected{value.error()};
    while (!value->empty() && (value->back() == '\n' || value->back() == '\r')) value->pop_back();
    if (value->empty()) return fail(Fault::config, "the secret is empty", "store it again");
    return Secret{std::move(*value)};
}

}  // namespace narvaro
