// The one seam to a database. A feature writes rules as functions of a Tx and never learns which database
// it runs on.
//
// Invariants
//   - write(fn) returns success only when what fn did is on disk. If fn returns an error or throws, nothing it
//     did remains.
//   - fn may run more than once (a PostgreSQL conflict; a neighbour in SQLite's group that failed) and on another
//     thread (SQLite's writer): it touches nothing but its Tx and what it captures by value or const reference, and
//     assigns its captured results anew.
//   - On SQLite one writer thread drains a bounded queue and commits many requests together: one fsync for all who
//     wait, and one that fails spoils no other. On PostgreSQL each write is a transaction of its own from a pool, but
//     for write_posts(), which shares one in the same way.
//   - read(fn) sees one snapshot, which ends when fn returns: keep nothing that points into a row.
//   - A full queue or an exhausted pool is Error{unavailable} (thrown as Overloaded by a read whose fn returns no
//     Result); it never blocks without bound.
//   - A broken database (disk full, connection lost twice) throws DatabaseBroken. Lost while it commits, a write is
//     either whole or not there, and nobody can tell: the caller repeats it under its idempotency key.
//   - A broken constraint throws ConstraintViolated and ends the transaction: catch it around write(), or in fn to
//     return an Error. Nothing fn did remains, and a further statement of that Tx throws std::logic_error.
//   - PostgreSQL writes run READ COMMITTED: what a rule checks and then relies on is guarded by a constraint, by the
//     statement itself (update … where version = :seen), or by hold(). Rows that several rules change are changed in
//     ascending order of their keys: a deadlock costs a second before the server sees it. See
//     docs/decisions/isolation.md.
#pragma once
#include <chrono>
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
#include "base/unavailable.h"
#include "db/query.h"
#include "db/row.h"

namespace bursary::db {

enum class Dialect { sqlite, postgres };

class DatabaseBroken : public Unavailable {
 public:
  using Unavailable::Unavailable;
};

// Every connection was busy for as long as a caller may wait.
class Overloaded : public Unavailable {
 public:
  using Unavailable::Unavailable;
};

class ConstraintViolated : public std::runtime_error {
 public:
  enum class Kind { unique, foreign_key, not_null, check };
  ConstraintViolated(Kind kind, std::string table, const std::string& what)
      : std::runtime_error(what), kind_(kind), table_(std::move(table)) {}
  Kind kind() const { return kind_; }
  // The table that was written; SQLite tells it for unique and not_null alone.
  const std::string& table() const { return table_; }

 private:
  Kind kind_;
  std::string table_;
};

namespace detail {
template <class T>
inline constexpr bool kIsResult = false;
template <class T>
inline constexpr bool kIsResult<Result<T>> = true;
struct ScriptAccess;
}  // namespace detail

// An open transaction, or a reader's snapshot (then what writes throws std::logic_error). One thread at a time.
// Text that is not UTF-8 or holds a NUL throws std::invalid_argument before it reaches the database.
class Tx {
 public:
  Tx() = default;
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;
  virtual ~Tx() = default;
  virtual Dialect dialect() const = 0;

  // For a statement whose row count nobody needs: on PostgreSQL it travels with the next statement or the commit
  // instead of waiting for an answer of its own (a write of posts alone is one round trip), and what is wrong with it
  // is thrown there. On SQLite the same as execute().
  template <std::size_t N, class... Args>
  void post(const Query<N>& query, const Args&... args) {
    static_assert(sizeof...(Args) == N, "one argument for each placeholder, in the order of first appearance");
    const Value values[] = {to_value(args)..., Value{}};
    run_later({query.name, query.text(dialect())}, values, N);
  }
  // From here to its end no other write transaction that holds the same key runs beside this one. Costs nothing on
  // SQLite, where writes run one after another, and no round trip on PostgreSQL. Take several in ascending order.
  virtual void hold(std::int64_t key) = 0;

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
  // list). `text` uses ?1, ?2 … on both databases. Planned::once: whatever its values are, one plan suits it.
  enum class Planned { each_time, once };
  Rows query_composed(std::string_view text, const std::vector<Value>& values, Planned planned = Planned::each_time);

 protected:
  struct Statement {
    std::string_view name;  // empty: composed
    std::string_view text;
    Planned planned = Planned::once;
  };
  virtual std::int64_t run(Statement statement, const Value* values, std::size_t count) = 0;
  virtual Rows fetch(Statement statement, const Value* values, std::size_t count) = 0;
  virtual void run_later(Statement statement, const Value* values, std::size_t count) { run(statement, values, count); }
  // Several statements without arguments: migrations alone.
  virtual void run_script(std::string_view statements) = 0;
  friend struct detail::ScriptAccess;
};

class Database {
 public:
  virtual ~Database() = default;
  virtual Dialect dialect() const = 0;
  // 0..1023: differs between nodes that are alive at the same time; always 0 on SQLite. On PostgreSQL it is drawn
  // from a sequence at the first call, which comes after migrate().
  virtual unsigned node() const = 0;

  // fn: Result<T>(Tx&). See the invariants above.
  template <class Fn>
  auto write(Fn&& fn) -> std::invoke_result_t<Fn&, Tx&> {
    using R = std::invoke_result_t<Fn&, Tx&>;
    return written<R>([&](const auto& rule) { return write_erased(rule); }, fn);
  }
  // As write(), for a rule that does nothing but Tx::post (anything else throws std::logic_error on PostgreSQL): those
  // that wait then share a transaction and its commit on PostgreSQL as well.
  template <class Fn>
  auto write_posts(Fn&& fn) -> std::invoke_result_t<Fn&, Tx&> {
    using R = std::invoke_result_t<Fn&, Tx&>;
    return written<R>([&](const auto& rule) { return write_posts_erased(rule); }, fn);
  }
  // fn: any T(Tx&), Result or not.
  template <class Fn>
  auto read(Fn&& fn) -> std::invoke_result_t<Fn&, Tx&> {
    using R = std::invoke_result_t<Fn&, Tx&>;
    std::optional<R> result;
    const auto look = [&](Tx& tx) { result.emplace(fn(tx)); };
    if constexpr (detail::kIsResult<R>) {
      try {
        read_erased(look);
      } catch (const Overloaded& overloaded) {
        return fail(ErrorKind::unavailable, "problem.unavailable", overloaded.what());
      }
    } else {
      read_erased(look);
    }
    if (!result) throw std::logic_error("a look that was never taken");
    return std::move(*result);
  }

  // What the database says against a statement that it is asked to prepare, not to run; nullopt when nothing.
  virtual std::optional<std::string> problem_with(std::string_view statement) = 0;

  // Figures for /metrics: counts since the start, what waits now, seconds spent in commits (with their fsync).
  struct Figures {
    std::uint64_t commits = 0, writes = 0, retries = 0, refused = 0;
    std::uint64_t queue_depth = 0, queue_limit = 0;  // limit 0: bounded by the callers' patience (PostgreSQL)
    double commit_seconds = 0;
  };
  virtual Figures figures() const = 0;

  // Writes a consistent copy to `path` while serving (SQLite: online backup; PostgreSQL: says to use pg_dump).
  virtual Result<void> backup_to(const std::string& path) = 0;

 protected:
  // fn returns whether to keep its work. An Error means that fn never ran to an end.
  virtual std::optional<Error> write_erased(const std::function<bool(Tx&)>& fn) = 0;
  virtual std::optional<Error> write_posts_erased(const std::function<bool(Tx&)>& fn) { return write_erased(fn); }
  virtual void read_erased(const std::function<void(Tx&)>& fn) = 0;

 private:
  template <class R, class Write, class Fn>
  static R written(Write write, Fn& fn) {
    std::optional<R> result;
    std::optional<Error> refused = write([&](Tx& tx) -> bool {
      result.emplace(fn(tx));
      return result->has_value();
    });
    if (refused) return fail(std::move(*refused));
    if (!result) throw std::logic_error("a rule that never ran");
    return std::move(*result);
  }
};

struct SqliteOptions {
  std::string path;                          // the database file; its folder exists
  std::size_t readers = 4;                   // connections for read()
  std::size_t queue_limit = 4096;            // waiting writes before `unavailable`
  std::size_t group_limit = 512;             // writes in one commit
  std::chrono::milliseconds patience{5000};  // longest wait for a free reader before `unavailable`
  // Beside a process that serves the file, for a backup or an export: takes no lock, makes no file, and write()
  // throws std::logic_error. Otherwise the file belongs to one process at a time.
  bool read_only = false;
  // Beside a process that serves the file, for one small write (a staff link): takes no lock, and its writes and the
  // server's take turns. Its ids must come from another node number than the server's 0.
  bool beside = false;
};
// Throws DatabaseBroken when the file cannot be opened, is not ours, or is served by another process.
std::unique_ptr<Database> open_sqlite(const SqliteOptions& options);

struct PostgresOptions {
  std::string url;  // libpq connection string or URI; a password comes from PGPASSFILE or the URI's file
  std::size_t connections = 16;
  std::chrono::milliseconds patience{5000};  // longest wait for a free connection before `unavailable`
};
std::unique_ptr<Database> open_postgres(const PostgresOptions& options);

}  // namespace bursary::db
