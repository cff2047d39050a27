// A consistent copy of a database that is being served.
#pragma once
#include <string>

#include "base/result.h"

namespace bursary::db {

// Under a temporary name beside `to`, synced, then renamed: `to` is whole or not there.
Result<void> backup_sqlite(const std::string& from, const std::string& to);

}  // namespace bursary::db
