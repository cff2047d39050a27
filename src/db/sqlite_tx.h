// A request's part of a group's transaction, or a reader's snapshot.
#pragma once
#include "db/sqlite_connection.h"

namespace bursary::db {

class SqliteTx final : public Tx {
 public:
  enum class Kind { write, read };
  SqliteTx(SqliteConnection& connection, Kind kind) : connection_(connection), kind_(kind) {}

  Dialect dialect() const override { return Dialect::sqlite; }
  void hold(std::int64_t) override {}

  // Whether a savepoint is open: it opens with the first statement that writes, so who only looks pays nothing.
  bool touched() const { return touched_; }
  // A statement broke a constraint: the request cannot be kept.
  bool failed() const { return failed_; }
  // The database broke under a statement: nothing of the group can be kept, whatever the rule made of the exception.
  const std::string& broken() const { return broken_; }

 protected:
  std::int64_t run(Statement statement, const Value* values, std::size_t count) override;
  Rows fetch(Statement statement, const Value* values, std::size_t count) override;
  void run_script(std::string_view statements) override;

 private:
  void before_write();
  template <class Work>
  auto guarded(Work work);

  SqliteConnection& connection_;
  Kind kind_;
  bool touched_ = false;
  bool failed_ = false;
  std::string broken_;
};

}  // namespace bursary::db
