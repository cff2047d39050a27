// The data folder and its database, for commands that look after what is kept.
#pragma once
#include <memory>

#include "app/configuration.h"
#include "app/data_folder.h"
#include "app/house.h"
#include "db/database.h"

namespace bursary::app {

struct Store {
  DataFolder folder;
  std::unique_ptr<db::Database> database;
};
// Throws db::DatabaseBroken; an Error says what an operator must mend. Migrates nothing, and makes nothing unless it is
// opened to serve.
Result<Store> open_store(const StoreConfiguration& configuration, Access access = Access::serve);

// The same for a command that looks at what this binary's schema holds, beside a server. Nothing where that cannot be:
// why is on standard error.
std::optional<Store> open_known(const StoreConfiguration& configuration, Access access);

// Something was served from this folder before.
bool holds_data(const StoreConfiguration& configuration);

// The number for ids of a command that may write beside the server.
unsigned node_beside(const StoreConfiguration& configuration, db::Database& database);

}  // namespace bursary::app
