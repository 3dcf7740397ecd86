// Polls 100, 1,000 and 10,000 small feeds from nginx on loopback, all new and then all unchanged,
// and compares with a bare loop over the same libraries in the same run, and with newsboat and
// sfeed where they are installed. Usage: poll_bench [FEEDS…]
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "bare_poll.h"

namespace narvaro::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kHosts = 32;  // addresses of loopback, since a host is asked one thing at a time
constexpr std::size_t kMostForReaders = 1000;  // newsboat's time grows with the square

struct Cost {
    double cpu = 0;  ///< seconds, of the user and the system
    double wall = 0;
    double megabytes = 0;  ///< resident at most
    bool well = false;
};

/// Runs `act` in a process of its own; what it prints is thrown away.
Cost measured(const std::function<int()>& act) {
    const auto start = std::chrono::steady_clock::now();
    const pid_t pid = ::fork();
    if (pid == 0) {
        const int nowhere = ::open("/dev/null", O_RDWR);
        ::dup2(nowhere, STDOUT_FILENO);
        if (std::getenv("POLL_BENCH_VERBOSE") == nullptr) ::dup2(nowhere, STDERR_FILENO);
        ::_exit(act());
    }
    int status = 0;
    rusage used{};
    ::wait4(pid, &status, 0, &used);
    const auto seconds_of = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    Cost cost;
    cost.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    cost.cpu = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
    cost.megabytes = static_cast<double>(used.ru_maxrss) / 1024;
    cost.well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return cost;
}

int become(std::vector<std::string> words) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execvp(argv[0], argv.data());
    return 127;
}

bool installed(const std::string& program) {
    return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

std::string feed_text(std::size_t number) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Flöde " +
        std::to_string(number) + "</title><link>http://example.org/" + std::to_string(number) +
        "</link><description>Lokalt</description>\n";
    for (int item = 10; item >= 1; --item) {
        const std::string id = std::to_string(number) + "-" + std::to_string(item);
        out += "<item><title>Nyhet " + id + " om buss &amp; tåg</title><link>http://example.org/" +
               id + "</link><guid isPermaLink=\"false\">urn:bench:" + id + "</guid><pubDate>Mon, " +
               (item < 10 ? "0" : "") + std::to_string(item) +
               " Jan 2021 08:00:00 GMT</pubDate><description>";
        for (int i = 0; i < 14; ++i) {
            out += "&lt;p&gt;Kommunen bygger om vägen vid stationen, stycke " + std::to_string(i) +
                   " av " + id + ".&lt;/p&gt;\n";
        }
        out += "</description></item>\n";
    }
    return out + "</channel></rss>\n";
}

/// nginx with the feeds, in a folder of its own; ended and removed with it.
class Server {
  public:
    explicit Server(std::size_t feeds) {
        std::string name = (fs::temp_directory_path() / "narvaro-bench-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
        folder_ = name;
        fs::create_directories(folder_ / "www");
        fs::create_directories(folder_ / "tmp");
        fs::permissions(folder_,
                        fs::perms::owner_all | fs::perms::others_exec | fs::perms::others_read);
        for (std::size_t i = 0; i < feeds; ++i) {
            std::ofstream{folder_ / "www" / (std::to_string(i) + ".rss")} << feed_text(i);
        }
        write_configuration();
        const std::string command = "PATH=$PATH:/usr/sbin nginx -c " +
                                    (folder_ / "nginx.conf").string() + " -p " + folder_.string() +
                                    " 2>" + (folder_ / "error.log").string();
        if (std::system(command.c_str()) != 0) throw std::runtime_error("nginx does not start");
    }
    ~Server() {
        int pid = 0;
        std::ifstream{folder_ / "nginx.pid"} >> pid;
        if (pid > 0) ::kill(pid, SIGTERM);
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    const fs::path& folder() const { return folder_; }
    std::vector<std::string> urls(std::size_t count) const {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < count; ++i) {
            all.push_back("http://127.0.0." + std::to_string(1 + i % kHosts) + ":" +
                          std::to_string(port_) + "/" + std::to_string(i) + ".rss");
        }
        return all;
    }

  private:
    void write_configuration() {
        std::ofstream out{folder_ / "nginx.conf"};
        const std::string tmp = (folder_ / "tmp").string();
        out << (::getuid() == 0 ? "user root;\n" : "") << "pid " << (folder_ / "nginx.pid").string()
            << ";\nworker_processes 1;\nevents { worker_connections 512; }\nhttp {\n"
            << "access_log off; sendfile on; keepalive_requests 1000000; keepalive_timeout 75s;\n"
            << "types { application/rss+xml rss; }\nopen_file_cache max=20000;\n";
        for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
            out << kind << "_temp_path " << tmp << ";\n";
        }
        out << "server {\nroot " << (folder_ / "www").string() << ";\n";
        for (int host = 1; host <= kHosts; ++host) {
            out << "listen 127.0.0." << host << ":" << port_ << ";\n";
        }
        out << "}\n}\n";
    }
    fs::path folder_;
    int port_ = 20000 + static_cast<int>(::getpid() % 20000);
};

void print(std::size_t feeds, const char* what, const char* pass, const Cost& cost,
           double measure) {
    std::printf("%6zu feeds  %-14s %-4s  %7.3f s CPU  %7.1f us/feed  %7.2f s wall  %6.1f MB", feeds,
                what, pass, cost.cpu, cost.cpu * 1e6 / static_cast<double>(feeds), cost.wall,
                cost.megabytes);
    if (measure > 0) std::printf("  %.2fx", cost.cpu / measure);
    std::printf("%s\n", cost.well ? "" : "  FAILED");
    std::fflush(stdout);
}

fs::path write_settings(const fs::path& folder, const std::vector<std::string>& urls) {
    fs::create_directories(folder);
    std::ofstream out{folder / "narvaro.toml"};
    out << "state = \"state\"\n";
    for (std::size_t i = 0; i < urls.size(); ++i) {
        out << "[source.f" << i << "]\nkind = \"press\"\nurl = \"" << urls[i] << "\"\n";
    }
    return folder / "narvaro.toml";
}

/// Both passes of one contender, each in a process of its own.
void compare(std::size_t feeds, const char* what, const std::vector<double>& measure,
             const std::function<int(int pass)>& act, std::vector<double>* keep = nullptr) {
    for (int pass = 0; pass < 2; ++pass) {
        const Cost cost = measured([&] { return act(pass); });
        print(feeds, what, pass == 0 ? "new" : "304", cost,
              measure.empty() ? 0 : measure[static_cast<std::size_t>(pass)]);
        if (keep != nullptr) keep->push_back(cost.cpu);
    }
}

void readers(std::size_t feeds, const fs::path& folder, const std::vector<std::string>& urls,
             const std::vector<double>& measure) {
    if (feeds > kMostForReaders) return;
    std::ofstream list{folder / "urls"};
    std::ofstream rc{folder / "sfeedrc"};
    rc << "sfeedpath=\"" << (folder / "sfeeds").string() << "\"\nmaxjobs=16\nfeeds() {\n";
    for (std::size_t i = 0; i < urls.size(); ++i) {
        list << urls[i] << "\n";
        rc << "feed \"f" << i << "\" \"" << urls[i] << "\"\n";
    }
    rc << "}\n";
    list.close();
    rc.close();
    std::ofstream{folder / "newsboat.conf"} << "reload-threads 16\n";
    fs::create_directories(folder / "sfeeds");
    if (installed("newsboat")) {
        compare(feeds, "newsboat", measure, [&](int) {
            ::setenv("HOME", folder.c_str(), 1);
            return become({"newsboat", "-u", folder / "urls", "-c", folder / "newsboat.db", "-C",
                           folder / "newsboat.conf", "-x", "reload"});
        });
    }
    if (installed("sfeed_update")) {
        compare(feeds, "sfeed", measure,
                [&](int) { return become({"sfeed_update", folder / "sfeedrc"}); });
    }
}

int run(const std::vector<std::size_t>& sizes, const fs::path& programs) {
    if (!installed("nginx") && !fs::exists("/usr/sbin/nginx")) {
        std::puts("skipped: nginx is not installed (apt-get install nginx-light)");
        return 0;
    }
    const Server server{*std::max_element(sizes.begin(), sizes.end())};
    for (const std::size_t feeds : sizes) {
        const fs::path folder = server.folder() / ("run-" + std::to_string(feeds));
        const auto urls = server.urls(feeds);
        const fs::path settings = write_settings(folder, urls);
        std::vector<double> bare;
        compare(
            feeds, "bare loop", {},
            [&](int) { return bare_poll(urls, folder / "bare.db") == feeds ? 0 : 1; }, &bare);
        compare(feeds, "narvaro poll", bare, [&](int pass) {
            ::setenv("NARVARO_NOW", pass == 0 ? "2021-02-11T08:00:00Z" : "2021-02-11T10:00:00Z", 1);
            return become({programs / "narvaro", "--config", settings, "poll"});
        });
        readers(feeds, folder, urls, bare);
    }
    return 0;
}

}  // namespace
}  // namespace narvaro::bench

int main(int argc, char** argv) try {
    std::vector<std::size_t> sizes;
    for (int i = 1; i < argc; ++i) {
        if (const long n = std::atol(argv[i]); n > 0) sizes.push_back(static_cast<std::size_t>(n));
    }
    if (sizes.empty()) sizes = {100, 1000, 10000};
    return narvaro::bench::run(sizes,
                               std::filesystem::read_symlink("/proc/self/exe").parent_path());
} catch (const std::exception& e) {
    std::fprintf(stderr, "poll_bench: %s\n", e.what());
    return 1;
}
