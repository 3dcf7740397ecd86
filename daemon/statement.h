#pragma once
#include "config/settings.h"
#include "digest/statement.h"
#include "storage/store.h"

namespace narvaro {

/// Gathers the annual meeting's page of a plan from what is stored, as of an instant. A running
/// plan gives the page as it stands.
Result<Statement> gather_statement(const Settings& settings, const Store& store, const Plan& plan,
                                   sys_seconds as_of);

}  // namespace narvaro
