#include "db/sqlite_tx.h"

namespace bursary::db {

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

void SqliteTx::before_write() {
  if (kind_ == Kind::read) throw std::logic_error("a reader cannot write");
  if (touched_) return;
  connection_.run("savepoint request");
  touched_ = true;
}

std::int64_t SqliteTx::run(Statement statement, const Value* values, std::size_t count) {
  return guarded([&] {
    before_write();
    return connection_.run(statement.name, statement.text, values, count);
  });
}

Rows SqliteTx::fetch(Statement statement, const Value* values, std::size_t count) {
  return guarded([&] {
    if (connection_.writes(statement.name, statement.text)) before_write();
    return connection_.fetch(statement.name, statement.text, values, count);
  });
}

void SqliteTx::run_script(std::string_view statements) {
  guarded([&] {
    before_write();
    connection_.script(statements);
  });
}

}  // namespace bursary::db
