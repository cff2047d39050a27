#include "db/postgres_tx.h"

#include <charconv>
#include <cstring>

#include "db/postgres_values.h"

namespace bursary::db {
namespace {

constexpr std::string_view kHurry = "set local lock_timeout = '100ms'";
// What is composed has an index for all it asks. PostgreSQL reckons what a table's own pages cost and not those beside
// it, where long texts are: it would rather read these one after the other than ask the full text's index.
constexpr std::string_view kSeek = "set local enable_seqscan = off";

std::int64_t rows_touched(PGresult* result) {
  const char* text = PQcmdTuples(result);
  std::int64_t rows = 0;
  std::from_chars(text, text + std::strlen(text), rows);
  return rows;
}

}  // namespace

template <class Work>
auto PostgresTx::guarded(Work work) {
  if (state_ != State::good) throw std::logic_error("a statement after one that ended the transaction");
  const auto note = [&](State state, const std::exception& problem) {
    state_ = state;
    problem_ = problem.what();
  };
  try {
    return work();
  } catch (const ConnectionLost& lost) {
    note(State::lost, lost);
    throw;
  } catch (const Conflict& conflict) {
    note(State::conflict, conflict);
    throw;
  } catch (const std::invalid_argument&) {
    throw;  // a value that never left
  } catch (const std::exception& problem) {
    note(State::failed, problem);
    throw;
  }
}

void PostgresTx::allow(bool writes, bool waits) const {
  if (writes && kind_ == Kind::read) throw std::logic_error("a reader cannot write");
  if (waits && (kind_ == Kind::posts || kind_ == Kind::hurried_posts))
    throw std::logic_error("a rule of posts alone waits for no answer and no lock");
}

void PostgresTx::begin() {
  if (begun_) return;
  connection_.queue(kind_ == Kind::read ? "begin isolation level repeatable read read only"
                                        : "begin isolation level read committed");
  if (kind_ == Kind::hurried_posts) connection_.queue(kHurry);
  begun_ = true;
}

void PostgresTx::queue(Statement statement, const Value* values, std::size_t count) {
  begin();
  const bool composed = statement.name.empty();
  if (composed && !seeks_) connection_.queue(kSeek);
  seeks_ = seeks_ || composed;
  const std::string_view name =
      composed && statement.planned == Planned::once ? connection_.keep(statement.text) : statement.name;
  connection_.queue(name, statement.text, values, count);
}

PostgresResult PostgresTx::settle() {
  PostgresConnection::Settled settled = connection_.settle();
  if (settled.refused) throw_refusal(*settled.refused, kind_ == Kind::read);
  return std::move(settled.last);
}

std::int64_t PostgresTx::run(Statement statement, const Value* values, std::size_t count) {
  allow(true, true);
  return guarded([&] {
    queue(statement, values, count);
    return rows_touched(settle().get());
  });
}

Rows PostgresTx::fetch(Statement statement, const Value* values, std::size_t count) {
  allow(false, true);
  return guarded([&] {
    queue(statement, values, count);
    return read_rows(settle().get());
  });
}

void PostgresTx::run_later(Statement statement, const Value* values, std::size_t count) {
  allow(true, false);
  guarded([&] { queue(statement, values, count); });
}

void PostgresTx::hold(std::int64_t key) {
  allow(false, true);
  const Value values[] = {key};
  guarded([&] { queue({"db.hold", "select pg_advisory_xact_lock($1::bigint)"}, values, 1); });
}

void PostgresTx::run_script(std::string_view statements) {
  allow(false, true);
  guarded([&] {
    begin();
    if (const auto refused = connection_.script(statements)) throw_refusal(*refused, kind_ == Kind::read);
  });
}

void PostgresTx::commit() {
  guarded([&] {
    connection_.queue("commit");
    const PostgresResult result = settle();
    if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0) throw std::logic_error("a commit that rolled back");
  });
}

}  // namespace bursary::db
