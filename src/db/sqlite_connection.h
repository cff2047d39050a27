// One SQLite connection and its prepared statements. One thread at a time.
#pragma once
#include <sqlite3.h>

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "db/database.h"

namespace bursary::db {

enum class SqliteRole {
  writer,  // may create the file
  reader,  // never changes a row
  keeper,  // checkpoints and backups
};

class SqliteConnection {
 public:
  // Throws DatabaseBroken.
  SqliteConnection(const std::string& path, SqliteRole role);

  // Rows touched. These throw ConstraintViolated, DatabaseBroken for what the machine did (disk full, input and output,
  // lock), std::logic_error for a statement that is wrong.
  std::int64_t run(std::string_view name, std::string_view text, const Value* values, std::size_t count);
  Rows fetch(std::string_view name, std::string_view text, const Value* values, std::size_t count);
  // Without arguments and answers; `text` is a literal.
  void run(std::string_view text) { run(text, text, nullptr, 0); }
  void script(std::string_view statements);
  // Whether the statement writes; prepares it.
  bool writes(std::string_view name, std::string_view text);
  std::optional<std::string> problem_with(std::string_view statement);

  // False when SQLite itself ended the transaction, as it does when the disk is full.
  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  sqlite3* handle() const { return handle_.get(); }
  [[noreturn]] void refuse(int code, std::string_view doing) const;

 private:
  struct CloseHandle {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  struct CloseStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Handle = std::unique_ptr<sqlite3, CloseHandle>;
  using Compiled = std::unique_ptr<sqlite3_stmt, CloseStatement>;
  struct Prepared {
    std::string text;
    Compiled compiled;
  };

  void configure(SqliteRole role);
  Compiled compile(std::string_view text, unsigned flags);
  sqlite3_stmt* prepared(std::string_view name, std::string_view text);
  sqlite3_stmt* prepared_composed(std::string_view text);

  Handle handle_;
  std::unordered_map<std::string_view, Prepared> named_;  // keys are the names in Query, which never go
  std::list<Prepared> composed_;                          // the last used first; a few
};

}  // namespace bursary::db
