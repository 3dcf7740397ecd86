#pragma once
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "storage/failure.h"
#include "storage/sqlite.h"
#include "storage/store.h"

namespace narvaro {

class Store::Impl {
  public:
    std::unique_ptr<Database> db;

    /// One transaction: committed when `act` returns, rolled back when it throws.
    template <class Act>
    auto write(const std::string& doing, Act&& act, Outlives what = Outlives::power_cut)
        -> Result<std::invoke_result_t<Act, Database&>> {
        return guarded(doing, [&] {
            Transaction transaction{*db, what};
            if constexpr (std::is_void_v<std::invoke_result_t<Act, Database&>>) {
                act(*db);
                transaction.commit();
            } else {
                auto value = act(*db);
                transaction.commit();
                return value;
            }
        });
    }

    /// Several statements, one moment of the database.
    template <class Act>
    auto read(const std::string& doing, Act&& act) const
        -> Result<std::invoke_result_t<Act, Database&>> {
        return guarded(doing, [&] {
            const Snapshot moment{*db};
            return act(*db);
        });
    }
};

}  // namespace narvaro
