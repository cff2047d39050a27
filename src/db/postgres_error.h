// What can go wrong with PostgreSQL, inside db/. Features see the exceptions of database.h.
#pragma once
#include <libpq-fe.h>

#include <stdexcept>
#include <string>

namespace bursary::db {

// The connection is gone: the transaction with it, unless its commit was under way.
class ConnectionLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Another transaction was in the way (40001, 40P01): once more from the beginning.
class Conflict : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// What the server said against a statement.
struct Refusal {
  std::string state;  // SQLSTATE
  std::string table;
  std::string message;
};
Refusal refusal_of(const PGresult* result, const std::string& statement);

// ConstraintViolated, Conflict, ConnectionLost, Overloaded (a statement ran too long), DatabaseBroken, or
// std::logic_error for a statement that is wrong.
[[noreturn]] void throw_refusal(const Refusal& refusal, bool reading);

}  // namespace bursary::db
