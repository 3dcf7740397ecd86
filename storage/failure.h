#pragma once
#include <exception>
#include <string>
#include <type_traits>
#include <utility>

#include "core/result.h"
#include "storage/sqlite.h"

namespace narvaro {

/// A failure that is not SQLite's: an unknown source, a schema from the future. Like SqliteError it
/// stays inside storage/.
class Refusal : public std::exception {
  public:
    explicit Refusal(Error error) : error_(std::move(error)) {}
    const Error& error() const { return error_; }
    const char* what() const noexcept override { return error_.what.c_str(); }

  private:
    Error error_;
};

[[noreturn]] inline void refuse(Fault fault, std::string what, std::string remedy = {}) {
    throw Refusal{Error{fault, std::move(what), std::move(remedy), {}}};
}

/// What SQLite's failure means for who runs narvaro.
/// @param doing  "storing a poll of source web"
Error storage_error(const std::string& doing, const SqliteError& failure);

/// The face of the folder: runs `act` and turns what it throws into an Error.
template <class Act>
auto guarded(const std::string& doing, Act&& act) -> Result<std::invoke_result_t<Act>> {
    using Value = std::invoke_result_t<Act>;
    try {
        if constexpr (std::is_void_v<Value>) {
            std::forward<Act>(act)();
            return {};
        } else {
            return std::forward<Act>(act)();
        }
    } catch (const SqliteError& failure) {
        return tl::unexpected<Error>{storage_error(doing, failure)};
    } catch (const Refusal& refusal) {
        return fail(refusal.error(), doing);
    } catch (const std::exception& failure) {
        return fail(Fault::storage, doing + ": " + failure.what());
    }
}

}  // namespace narvaro
