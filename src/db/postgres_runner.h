// Runs rules in transactions of PostgreSQL: once more after a conflict or a lost connection, never once more when the
// connection was lost while it committed.
#pragma once
#include <atomic>
#include <functional>
#include <optional>

#include "db/postgres_pool.h"
#include "db/postgres_tx.h"

namespace bursary::db {

class PostgresRunner {
 public:
  explicit PostgresRunner(const PostgresOptions& options) : pool_(options) {}

  // As Database::write_erased and read_erased.
  std::optional<Error> write(const std::function<bool(Tx&)>& fn, PostgresTx::Kind kind = PostgresTx::Kind::write);
  // One attempt, of posts alone, that waits at most a moment for anybody's lock. False: it failed, whatever of it, and
  // nothing of it remains. Throws DatabaseBroken when it was lost while it committed, Overloaded when no connection
  // came free in time.
  bool write_at_once(const std::function<bool(Tx&)>& fn);
  void read(const std::function<void(Tx&)>& fn);
  std::optional<std::string> problem_with(std::string_view statement);
  void add_to(Database::Figures& figures) const;

 private:
  enum class Outcome { done, conflict, lost };
  Outcome try_write(const std::function<bool(Tx&)>& fn, PostgresTx::Kind kind, std::string& problem);
  bool attempt(PostgresPool::Lease& lease, const std::function<bool(Tx&)>& fn);
  void commit(PostgresTx& tx);
  Outcome finish(PostgresPool::Lease& lease, PostgresTx& tx, std::string& problem);
  bool try_read(const std::function<void(Tx&)>& fn, std::string& problem);

  PostgresPool pool_;
  std::atomic<std::uint64_t> commits_{0};
  std::atomic<std::uint64_t> retries_{0};
  std::atomic<std::int64_t> commit_nanos_{0};
};

}  // namespace bursary::db
