#include "db/sqlite_tx.h"

namespace bursary::db {
namespace {

// What SQLite counts the changes of; tables made and dropped it does not.
bool changes_rows(std::string_view text) {
  return text.starts_with("insert") || text.starts_with("update") || text.starts_with("delete") ||
         text.starts_with("with");
}

}  // namespace

SqliteTx::SqliteTx(SqliteConnection& connection, Kind kind)
    : connection_(connection), kind_(kind), changes_before_(sqlite3_total_changes64(connection.handle())) {}

bool SqliteTx::touched() const {
  return touched_ || (kind_ == Kind::light && sqlite3_total_changes64(connection_.handle()) != changes_before_);
}

template <class Work>
auto SqliteTx::guarded(Work work) {
  if (failed_ || !broken_.empty()) throw std::logic_error("a statement after one that ended the transaction");
  try {
    return work();
  } catch (const ConstraintViolated&) {
    failed_ = true;
    throw;
  } catch (const DatabaseBroken& broken) {
    broken_ = broken.what();
    throw;
  }
}

void SqliteTx::before_write(std::string_view text) {
  if (kind_ == Kind::read) throw std::logic_error("a reader cannot write");
  if (touched_) return;
  if (kind_ == Kind::careful) {
    connection_.run("savepoint request");
    touched_ = true;
  } else {
    touched_ = !changes_rows(text);
  }
}

std::int64_t SqliteTx::run(Statement statement, const Value* values, std::size_t count) {
  return guarded([&] {
    before_write(statement.text);
    return connection_.run(statement.name, statement.text, values, count);
  });
}

Rows SqliteTx::fetch(Statement statement, const Value* values, std::size_t count) {
  return guarded([&] {
    if (connection_.writes(statement.name, statement.text)) before_write(statement.text);
    return connection_.fetch(statement.name, statement.text, values, count);
  });
}

void SqliteTx::run_script(std::string_view statements) {
  guarded([&] {
    before_write({});
    connection_.script(statements);
  });
}

}  // namespace bursary::db
