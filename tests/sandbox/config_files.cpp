#include "config_files.h"

#include <fstream>

#include "records.h"
#include "state.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

namespace fs = std::filesystem;

/// A TOML basic string; paths hold no control characters.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

Result<void> write(const fs::path& file, const std::string& text, bool secret) {
    std::error_code ignored;
    fs::remove(file, ignored);
    std::ofstream out{file, std::ios::binary};
    if (secret) {
        // Before a byte of it is written.
        std::error_code error;
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, error);
        if (error) return fail(Fault::config, "cannot protect " + file.string());
    }
    out << text;
    out.close();
    if (!out) return fail(Fault::config, "cannot write " + file.string());
    return {};
}

std::string toml_of(const ConfigWish& wish, const fs::path& out) {
    std::string text = "# Written by narvaro-sandbox: everything is made up and on loopback.\n";
    text += "language = \"sv\"\nstate = " + quoted(fs::absolute(wish.state).string()) +
            "\nplans = [" + quoted(fs::absolute(wish.plan).string()) +
            "]\n\n[meta]\napi = " + quoted(wish.url + "/graph/v26.0") +
            "\ntoken = " + quoted("file:" + (out / "meta-token").string()) + "\n";
    if (wish.app_secret) {
        text += "app_id = " + quoted(kAppId) +
                "\napp_secret = " + quoted("file:" + (out / "app-secret").string()) + "\n";
    }
    text +=
        "pace = \"0s\"\n\n[places]\n"
        "local    = [\"Vallentuna\", \"Lindholmen\", \"Brottby\", \"Kårsta\"]\n"
        "regional = [\"Täby\", \"Danderyd\", \"Österåker\", \"Vaxholm\", \"Norrtälje\", "
        "\"Stockholm\"]\n\n";
    text += "[source.web]\nkind = \"website\"\nurl = " + quoted(wish.url + "/site/feed/") + "\n\n";
    text += std::string{"[source.fb]\nkind = \"facebook\"\npage = "} + quoted(kPage) + "\n\n";
    text += std::string{"[source.ig]\nkind = \"instagram\"\naccount = "} + quoted(kInstagram) +
            "\nwatch = [\"ungvanster\", \"ungvansterroslagen\"]\n\n";
    text +=
        "[source.ads]\nkind = \"meta-ads\"\naccount = " + quoted(std::string{"act_"} + kAdAccount) +
        "\n\n";
    for (const char* paper : {"mitti/rss", "norrort/atom", "roslagen/rss"}) {
        const std::string feed = paper;
        text += "[source." + feed.substr(0, feed.find('/')) +
                "]\nkind = \"press\"\nurl = " + quoted(wish.url + "/press/" + feed) + "\n\n";
    }
    return text +
           "[digest]\nat = \"monday 07:00\"\nto = [\"digital@example.org\"]\n"
           "from = \"narvaro@example.org\"\n";
}

}  // namespace

Result<void> write_config(const ConfigWish& wish) {
    std::error_code error;
    fs::create_directories(wish.out, error);
    if (error) return fail(Fault::config, "cannot make " + wish.out.string());
    const fs::path out = fs::absolute(wish.out);
    for (const Result<void>& done : {write(out / "narvaro.toml", toml_of(wish, out), false),
                                     write(out / "meta-token", std::string{kToken} + "\n", true),
                                     write(out / "records-2021.csv", records_csv(), false)}) {
        if (!done) return done;
    }
    if (wish.app_secret) return write(out / "app-secret", std::string{kAppSecret} + "\n", true);
    return {};
}

}  // namespace narvaro::sandbox
