#include "db/sqlite_readers.h"

#include "db/sqlite_tx.h"

namespace bursary::db {

SqliteReaders::SqliteReaders(const SqliteOptions& options) : patience_(options.patience) {
  for (std::size_t i = 0; i < std::max<std::size_t>(options.readers, 1); ++i) {
    idle_.push_back(std::make_unique<SqliteConnection>(options.path, SqliteRole::reader));
  }
}

std::unique_ptr<SqliteConnection> SqliteReaders::take() {
  std::unique_lock lock(mutex_);
  if (!returned_.wait_for(lock, patience_, [&] { return !idle_.empty(); })) {
    ++refused_;
    throw Overloaded("no reading connection came free");
  }
  std::unique_ptr<SqliteConnection> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void SqliteReaders::give_back(std::unique_ptr<SqliteConnection> connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

void SqliteReaders::read(const std::function<void(Tx&)>& fn) {
  std::unique_ptr<SqliteConnection> connection = take();
  // The snapshot ends however fn ends: an open one would keep the log from starting anew.
  const auto end = [&] {
    if (connection->in_transaction()) sqlite3_exec(connection->handle(), "rollback", nullptr, nullptr, nullptr);
    give_back(std::move(connection));
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

std::uint64_t SqliteReaders::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

}  // namespace bursary::db
