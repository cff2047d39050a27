// The one seam to a database. A feature writes rules as functions of a Tx and never learns which database
// it runs on.
//
// Invariants
//   - write(fn) returns success only when what fn did is on disk. If fn returns an error or throws, nothing it
//     did remains.
//   - fn may run more than once (a PostgreSQL conflict) and on another thread (SQLite's writer): it touches
//     nothing but its Tx and what it captures by value or const reference, and assigns its captured results anew.
//   - On SQLite one writer thread drains a bounded queue and commits many requests together (a savepoint each,
//     one fsync for all who wait). On PostgreSQL each write is a transaction of its own from a pool.
//   - read(fn) sees one snapshot, which ends when fn returns: keep nothing that points into a row.
//   - A full queue or an exhausted pool is Error{unavailable}; it never blocks without bound.
//   - A broken database (disk full, connection lost twice) throws DatabaseBroken.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"
#include "db/query.h"
#include "db/row.h"

namespace bursary::db {

enum class Dialect { sqlite, postgres };

class DatabaseBroken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// An open transaction, or a reader's snapshot (then execute() throws std::logic_error).
class Tx {
 public:
  virtual ~Tx() = default;
  virtual Dialect dialect() const = 0;

  // Rows touched. The number of arguments is checked when compiling.
  template <std::size_t N, class... Args>
  std::int64_t execute(const Query<N>& query, const Args&... args) {
    static_assert(sizeof...(Args) == N, "one argument for each placeholder, in the order of first appearance");
    const Value values[] = {to_value(args)..., Value{}};
    return run({query.name, query.text(dialect())}, values, N);
  }
  template <std::size_t N, class... Args>
  Rows query(const Query<N>& query, const Args&... args) {
    static_assert(sizeof...(Args) == N, "one argument for each placeholder, in the order of first appearance");
    const Value values[] = {to_value(args)..., Value{}};
    return fetch({query.name, query.text(dialect())}, values, N);
  }
  // The first row, if any.
  template <std::size_t N, class... Args>
  std::optional<Row> find(const Query<N>& query, const Args&... args) {
    Rows rows = this->query(query, args...);
    if (rows.empty()) return std::nullopt;
    return rows.at(0);
  }

  // A statement that was composed from closed fragments (the queue's query language alone; a lint holds the
  // list). `text` uses ?1, ?2 … on both databases and must outlive the call.
  Rows query_composed(std::string_view text, const std::vector<Value>& values);

 protected:
  struct Statement {
    std::string_view name;
    std::string_view text;
  };
  virtual std::int64_t run(Statement statement, const Value* values, std::size_t count) = 0;
  virtual Rows fetch(Statement statement, const Value* values, std::size_t count) = 0;
};

class Database {
 public:
  virtual ~Database() = default;
  virtual Dialect dialect() const = 0;
  // 0..1023: differs between nodes that are alive at the same time; always 0 on SQLite.
  virtual unsigned node() const = 0;

  // fn: Result<T>(Tx&). See the invariants above.
  template <class Fn>
  auto write(Fn&& fn) -> std::invoke_result_t<Fn&, Tx&> {
    using R = std::invoke_result_t<Fn&, Tx&>;
    std::optional<R> result;
    std::optional<Error> refused = write_erased([&](Tx& tx) -> bool {
      result.emplace(fn(tx));
      return result->has_value();
    });
    if (refused) return fail(std::move(*refused));
    return std::move(*result);
  }
  // fn: any T(Tx&), Result or not.
  template <class Fn>
  auto read(Fn&& fn) -> std::invoke_result_t<Fn&, Tx&> {
    using R = std::invoke_result_t<Fn&, Tx&>;
    std::optional<R> result;
    read_erased([&](Tx& tx) { result.emplace(fn(tx)); });
    return std::move(*result);
  }

  // Figures for /metrics: group sizes, queue depth, commit seconds, retries.
  struct Figures {
    std::uint64_t commits = 0, writes = 0, retries = 0, refused = 0;
    std::uint64_t queue_depth = 0, queue_limit = 0;
    double commit_seconds = 0;
  };
  virtual Figures figures() const = 0;

  // Writes a consistent copy to `path` while serving (SQLite: online backup; PostgreSQL: says to use pg_dump).
  virtual Result<void> backup_to(const std::string& path) = 0;

 protected:
  // fn returns whether to keep its work. An Error means that fn never ran to an end.
  virtual std::optional<Error> write_erased(const std::function<bool(Tx&)>& fn) = 0;
  virtual void read_erased(const std::function<void(Tx&)>& fn) = 0;
};

struct SqliteOptions {
  std::string path;               // the database file; its folder exists
  std::size_t readers = 4;        // connections for read()
  std::size_t queue_limit = 4096; // waiting writes before `unavailable`
  std::size_t group_limit = 512;  // writes in one commit
};
// Throws DatabaseBroken when the file cannot be opened or is not ours.
std::unique_ptr<Database> open_sqlite(const SqliteOptions& options);

struct PostgresOptions {
  std::string url;               // libpq connection string or URI; a password comes from PGPASSFILE or the URI's file
  std::size_t connections = 16;
  std::chrono::milliseconds patience{5000};  // longest wait for a free connection before `unavailable`
};
std::unique_ptr<Database> open_postgres(const PostgresOptions& options);

}  // namespace bursary::db
