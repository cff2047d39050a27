// A request's part of a group's transaction, or a reader's snapshot.
#pragma once
#include "db/sqlite_connection.h"

namespace bursary::db {

class SqliteTx final : public Tx {
 public:
  enum class Kind {
    read,
    light,    // no savepoint: what it did can only be undone with everything before it
    careful,  // a savepoint "request", which opens with the first statement that writes
  };
  SqliteTx(SqliteConnection& connection, Kind kind);

  Dialect dialect() const override { return Dialect::sqlite; }
  void hold(std::int64_t) override {}

  // Whether there is something to undo: a savepoint, or (light) a change.
  bool touched() const;
  // A statement broke a constraint: the request cannot be kept.
  bool failed() const { return failed_; }
  // The database broke under a statement: nothing of the group can be kept, whatever the rule made of the exception.
  const std::string& broken() const { return broken_; }

 protected:
  std::int64_t run(Statement statement, const Value* values, std::size_t count) override;
  Rows fetch(Statement statement, const Value* values, std::size_t count) override;
  void run_script(std::string_view statements) override;

 private:
  void before_write(std::string_view text);
  template <class Work>
  auto guarded(Work work);

  SqliteConnection& connection_;
  Kind kind_;
  std::int64_t changes_before_;
  bool touched_ = false;
  bool failed_ = false;
  std::string broken_;
};

}  // namespace bursary::db
