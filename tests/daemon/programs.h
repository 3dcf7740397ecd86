#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace narvaro::testing {

/// What a program printed and how it ended.
struct Ran {
    int status = -1;  ///< the exit status; 128 + signal when one ended it
    std::string out;
    std::string err;
};

using Environment = std::map<std::string, std::string>;

/// Runs a program of the build to its end. @param arguments  argv, the program's name first
/// ("narvaro")
Ran run_program(const std::vector<std::string>& arguments, const Environment& environment = {},
                const std::string& input = {});

/// A program of the build that runs beside the test, and is killed with it.
class Background {
  public:
    Background(const std::vector<std::string>& arguments, const Environment& environment,
               const std::filesystem::path& log);
    ~Background();
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    void signal(int number) const;
    /// Waits for its end. @return the status as in Ran; -1 when it still runs after `at_most`
    int wait(std::chrono::milliseconds at_most);

  private:
    int pid_ = -1;
};

/// A new directory of its own, removed with everything in it.
class ScratchDirectory {
  public:
    ScratchDirectory();
    ~ScratchDirectory();
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// The simulated platforms, running, and a configuration that points at them.
class Sandbox {
  public:
    /// @param app_secret  whether the configuration also names the app, so that proofs are sent
    explicit Sandbox(const std::string& clock, bool app_secret = false);

    void set_clock(const std::string& instant);
    /// POST to /sandbox/fault; the body as the sandbox documents it
    void fault(const std::string& json);
    void clear_faults();
    /// GET of a control path: "log", "truth?as_of=…"
    std::string control(const std::string& path);
    void forget_log();

    /// narvaro with this configuration and the clock at `now`.
    Ran narvaro(std::vector<std::string> arguments, const std::string& now,
                const std::string& input = {}, Environment environment = {}) const;
    const std::string& url() const { return url_; }
    std::filesystem::path directory() const { return scratch_.path(); }
    std::filesystem::path database() const { return scratch_.path() / "state" / "narvaro.db"; }
    std::filesystem::path configuration() const { return scratch_.path() / "narvaro.toml"; }

  private:
    ScratchDirectory scratch_;
    std::string url_;
    std::unique_ptr<Background> server_;
};

std::string file_text(const std::filesystem::path& path);

}  // namespace narvaro::testing
