#include "programs.h"

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace narvaro::testing {
namespace {

std::string path_of(const std::string& program) { return std::string{NARVARO_BIN "/"} + program; }

int status_of(int wait_status) {
    return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> out;
    for (std::string& word : words) out.push_back(word.data());
    out.push_back(nullptr);
    return out;
}

[[noreturn]] void become(std::vector<std::string> arguments, const Environment& environment) {
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    const std::string path = path_of(arguments.front());
    const auto argv = pointers(arguments);
    ::execv(path.c_str(), argv.data());
    ::_exit(127);
}

/// Reads both pipes until both are closed.
void drain(int out, int err, Ran& ran) {
    std::array<pollfd, 2> pipes{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
    int open = 2;
    while (open > 0 && ::poll(pipes.data(), pipes.size(), -1) > 0) {
        for (std::size_t i = 0; i < pipes.size(); ++i) {
            if (pipes[i].revents == 0) continue;
            char block[65536];
            const ssize_t n = ::read(pipes[i].fd, block, sizeof block);
            if (n > 0) {
                (i == 0 ? ran.out : ran.err).append(block, static_cast<std::size_t>(n));
            } else {
                ::close(pipes[i].fd);
                pipes[i].fd = -1;
                --open;
            }
        }
    }
}

/// One HTTP request to the sandbox on loopback, by hand. @return the body
std::string ask(const std::string& url, const std::string& method, const std::string& path,
                const std::string& body) {
    const int port = std::stoi(url.substr(url.rfind(':') + 1));
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(fd);
        throw std::runtime_error("cannot reach the sandbox");
    }
    const std::string request = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
                                "Connection: close\r\nContent-Type: application/json\r\n" +
                                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
                                body;
    std::string reply;
    if (::write(fd, request.data(), request.size()) == static_cast<ssize_t>(request.size())) {
        char block[65536];
        for (ssize_t n = 0; (n = ::read(fd, block, sizeof block)) > 0;) {
            reply.append(block, static_cast<std::size_t>(n));
        }
    }
    ::close(fd);
    const bool well = reply.starts_with("HTTP/1.1 2");
    if (!well) throw std::runtime_error(method + " " + path + ": " + reply.substr(0, 200));
    return reply.substr(reply.find("\r\n\r\n") + 4);
}

}  // namespace

Ran run_program(const std::vector<std::string>& arguments, const Environment& environment,
                const std::string& input) {
    const ScratchDirectory scratch;
    std::ofstream{scratch.path() / "stdin"} << input;
    int out[2];
    int err[2];
    if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0)
        throw std::runtime_error("pipe");
    const int pid = ::fork();
    if (pid == 0) {
        ::dup2(::open((scratch.path() / "stdin").c_str(), O_RDONLY), STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(err[1], STDERR_FILENO);
        become(arguments, environment);
    }
    ::close(out[1]);
    ::close(err[1]);
    Ran ran;
    drain(out[0], err[0], ran);
    int status = 0;
    ::waitpid(pid, &status, 0);
    ran.status = status_of(status);
    return ran;
}

Background::Background(const std::vector<std::string>& arguments, const Environment& environment,
                       const std::filesystem::path& log) {
    pid_ = ::fork();
    if (pid_ != 0) return;
    const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    become(arguments, environment);
}

Background::~Background() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

void Background::signal(int number) const { ::kill(pid_, number); }

int Background::wait(std::chrono::milliseconds at_most) {
    const auto until = std::chrono::steady_clock::now() + at_most;
    int status = 0;
    while (std::chrono::steady_clock::now() < until) {
        if (::waitpid(pid_, &status, WNOHANG) == pid_) {
            pid_ = -1;
            return status_of(status);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return -1;
}

ScratchDirectory::ScratchDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "narvaro-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
}

ScratchDirectory::~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Sandbox::Sandbox(const std::string& clock, bool app_secret) {
    const auto port_file = scratch_.path() / "port";
    server_ = std::make_unique<Background>(
        std::vector<std::string>{"narvaro-sandbox", "serve", "--port", "0", "--port-file",
                                 port_file.string(), "--clock", clock},
        Environment{}, scratch_.path() / "sandbox.log");
    for (int i = 0; i < 600 && file_text(port_file).empty(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    std::string port = file_text(port_file);
    while (!port.empty() && port.back() == '\n') port.pop_back();
    if (port.empty()) {
        throw std::runtime_error("no sandbox: " + file_text(scratch_.path() / "sandbox.log"));
    }
    url_ = "http://127.0.0.1:" + port;
    std::vector<std::string> config{"narvaro-sandbox", "config",
                                    "--url",           url_,
                                    "--state",         (scratch_.path() / "state").string(),
                                    "--out",           scratch_.path().string(),
                                    "--plan",          NARVARO_PLAN};
    if (app_secret) config.emplace_back("--app-secret");
    const Ran ran = run_program(config);
    if (ran.status != 0) throw std::runtime_error("no configuration: " + ran.err);
}

void Sandbox::set_clock(const std::string& instant) {
    const Ran ran = run_program({"narvaro-sandbox", "clock", "--url", url_, instant});
    if (ran.status != 0) throw std::runtime_error("clock: " + ran.err);
}

void Sandbox::fault(const std::string& json) { ask(url_, "POST", "/sandbox/fault", json); }
void Sandbox::clear_faults() { ask(url_, "DELETE", "/sandbox/faults", ""); }
void Sandbox::forget_log() { ask(url_, "DELETE", "/sandbox/log", ""); }

std::string Sandbox::control(const std::string& path) {
    return ask(url_, "GET", "/sandbox/" + path, "");
}

Ran Sandbox::narvaro(std::vector<std::string> arguments, const std::string& now,
                     const std::string& input, Environment environment) const {
    arguments.insert(arguments.begin(), "narvaro");
    environment.insert({{"NARVARO_CONFIG", configuration().string()}, {"NARVARO_NOW", now}});
    return run_program(arguments, environment, input);
}

std::string file_text(const std::filesystem::path& path) {
    std::ifstream in{path};
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

}  // namespace narvaro::testing
