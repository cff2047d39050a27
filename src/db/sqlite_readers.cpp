#include "db/sqlite_readers.h"

#include <algorithm>

#include "db/sqlite_tx.h"

namespace bursary::db {
namespace {

std::vector<std::unique_ptr<SqliteConnection>> connections(const SqliteOptions& options) {
  std::vector<std::unique_ptr<SqliteConnection>> all;
  for (std::size_t i = 0; i < std::max<std::size_t>(options.readers, 1); ++i) {
    all.push_back(std::make_unique<SqliteConnection>(options.path, SqliteRole::reader));
  }
  return all;
}

}  // namespace

SqliteReaders::SqliteReaders(const SqliteOptions& options) : patience_(options.patience), pool_(connections(options)) {}

void SqliteReaders::read(const std::function<void(Tx&)>& fn) {
  std::unique_ptr<SqliteConnection> connection = pool_.take(patience_);
  // The snapshot ends however fn ends: an open one would keep the log from starting anew.
  const auto end = [&] {
    if (connection->in_transaction()) sqlite3_exec(connection->handle(), "rollback", nullptr, nullptr, nullptr);
    pool_.give_back(std::move(connection));
  };
  try {
    connection->run("begin");
    SqliteTx tx(*connection, SqliteTx::Kind::read);
    fn(tx);
    connection->run("commit");
  } catch (...) {
    end();
    throw;
  }
  end();
}

}  // namespace bursary::db
