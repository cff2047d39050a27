#include "db/postgres_connection.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>

#include "base/text.h"
#include "db/database.h"
#include "db/postgres_values.h"

namespace bursary::db {
namespace {

constexpr int kOldestServer = 150000;
constexpr std::size_t kComposedKept = 24;

// jit is off: compiling a query costs more than all of ours take. The time limits end what was forgotten, not what is
// slow.
constexpr const char* kSettings =
    "set client_encoding = 'UTF8'; set jit = off; set statement_timeout = '30s';"
    "set idle_in_transaction_session_timeout = '60s'; set standard_conforming_strings = on;"
    // An acknowledged write is on disk, whatever the role's default; a stricter setting stays.
    "select set_config('synchronous_commit', 'on', false)"
    " where current_setting('synchronous_commit') in ('off', 'local')";

PGconn* connect(const std::string& url) {
  // Later entries win: what the URL says holds.
  const char* keys[] = {"connect_timeout", "application_name", "tcp_user_timeout",
                        "keepalives_idle", "dbname",           nullptr};
  const char* values[] = {"5", "bursary", "15000", "15", url.c_str(), nullptr};
  return PQconnectdbParams(keys, values, 1);
}

}  // namespace

PostgresConnection::PostgresConnection(const std::string& url) : connection_(connect(url)) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) lost();
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
  configure();
}

void PostgresConnection::configure() {
  PGconn* connection = connection_.get();
  if (PQserverVersion(connection) < kOldestServer) {
    throw DatabaseBroken(fmt::format("PostgreSQL 15 or newer is needed; this is {}", PQserverVersion(connection)));
  }
  const PostgresResult result(PQexec(connection, kSettings));
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) lost();
  if (PQenterPipelineMode(connection) == 0) lost();
}

void PostgresConnection::lost() const {
  throw ConnectionLost("PostgreSQL: " + std::string(trim(PQerrorMessage(connection_.get()))));
}

void PostgresConnection::require(int sent) const {
  if (sent == 0) lost();
}

const std::string& PostgresConnection::prepared_name(std::string_view name, std::string_view text) {
  Prepared& kept = prepared_[name];
  if (kept.server_name.empty() || kept.text != text) {
    kept = {fmt::format("s{}", ++names_given_), std::string(text)};
    require(PQsendPrepare(connection_.get(), kept.server_name.c_str(), kept.text.c_str(), 0, nullptr));
    expected_.push_back({Expected::Kind::prepare, name, turn_});
  }
  return kept.server_name;
}

std::string_view PostgresConnection::keep(std::string_view text) {
  const auto found = std::find(composed_.begin(), composed_.end(), text);
  if (found != composed_.end()) {
    composed_.splice(composed_.begin(), composed_, found);
  } else {
    composed_.emplace_front(text);
    if (composed_.size() > kComposedKept) forget_last();
  }
  return composed_.front();
}

void PostgresConnection::forget_last() {
  const auto prepared = prepared_.find(composed_.back());
  if (prepared != prepared_.end()) {
    const std::string deallocate = "deallocate " + prepared->second.server_name;
    require(PQsendQueryParams(connection_.get(), deallocate.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
    expected_.push_back({Expected::Kind::statement, "deallocate", turn_});
    prepared_.erase(prepared);
  }
  composed_.pop_back();
}

void PostgresConnection::queue(std::string_view name, std::string_view text, const Value* values, std::size_t count) {
  const PostgresParameters in(values, count);
  PGconn* connection = connection_.get();
  constexpr int kBinary = 1;
  if (name.empty()) {
    require(PQsendQueryParams(connection, std::string(text).c_str(), in.count(), nullptr, in.pointers(), in.lengths(),
                              in.formats(), kBinary));
  } else {
    const std::string& prepared = prepared_name(name, text);
    require(PQsendQueryPrepared(connection, prepared.c_str(), in.count(), in.pointers(), in.lengths(), in.formats(),
                                kBinary));
  }
  expected_.push_back({Expected::Kind::statement, name.empty() ? std::string_view("a search") : name, turn_});
}

void PostgresConnection::sync() {
  require(PQpipelineSync(connection_.get()));
  expected_.push_back({Expected::Kind::sync, {}, turn_});
}

PostgresConnection::Settled PostgresConnection::settle() {
  sync();
  Settled settled;
  read_answers(settled);
  ++turn_;
  return settled;
}

void PostgresConnection::read_answers(Settled& settled) {
  while (!expected_.empty()) {
    const Expected expected = expected_.front();
    expected_.pop_front();
    read_answer(expected, settled);
  }
}

bool PostgresConnection::roll_back() {
  try {
    // What was posted and never settled may fail yet, and would take the rollback with it.
    if (!expected_.empty()) sync();
    queue("rollback");
    sync();
  } catch (const ConnectionLost&) {
    return false;
  }
  ++turn_;
  return PQflush(connection_.get()) == 0;
}

PostgresResult PostgresConnection::next_result() {
  PostgresResult result(PQgetResult(connection_.get()));
  if (PQstatus(connection_.get()) == CONNECTION_BAD) lost();
  return result;
}

void PostgresConnection::read_answer(const Expected& expected, Settled& settled) {
  const bool ours = expected.owner == turn_;
  PostgresResult result = next_result();
  if (!result) throw ConnectionLost("PostgreSQL: an answer is missing");
  const ExecStatusType status = PQresultStatus(result.get());
  if (expected.kind == Expected::Kind::sync) {
    if (status != PGRES_PIPELINE_SYNC) throw ConnectionLost("PostgreSQL: answers out of step");
    return;
  }
  if (status == PGRES_PIPELINE_SYNC) throw ConnectionLost("PostgreSQL: answers out of step");
  next_result();  // the null that ends each statement's answer
  const bool failed = status == PGRES_FATAL_ERROR || status == PGRES_PIPELINE_ABORTED;
  if (failed && expected.kind == Expected::Kind::prepare) prepared_.erase(expected.name);
  if (!ours) return;
  if (status == PGRES_FATAL_ERROR && !settled.refused) {
    settled.refused = refusal_of(result.get(), std::string(expected.name));
  }
  if (expected.kind == Expected::Kind::statement) settled.last = std::move(result);
}

std::optional<Refusal> PostgresConnection::script(std::string_view statements) {
  if (const Settled settled = settle(); settled.refused) return settled.refused;
  PGconn* connection = connection_.get();
  require(PQexitPipelineMode(connection));
  const PostgresResult result(PQexec(connection, std::string(statements).c_str()));
  std::optional<Refusal> refused;
  if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR) refused = refusal_of(result.get(), "a script");
  require(PQenterPipelineMode(connection));
  return refused;
}

std::optional<Refusal> PostgresConnection::prepare_only(std::string_view statement) {
  require(PQsendPrepare(connection_.get(), "", std::string(statement).c_str(), 0, nullptr));
  expected_.push_back({Expected::Kind::prepare, {}, turn_});
  return settle().refused;
}

bool PostgresConnection::readable() const {
  pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
  return ::poll(&socket, 1, 0) > 0;
}

bool PostgresConnection::alive() {
  if (PQstatus(connection_.get()) != CONNECTION_OK) return false;
  if (!readable()) return true;
  try {
    // The answers that nobody waited for.
    Settled ignored;
    ++turn_;
    read_answers(ignored);
  } catch (const ConnectionLost&) {
    return false;
  }
  // A healthy server is silent now; one that went leaves a last word and an end of file behind.
  return !readable();
}

}  // namespace bursary::db
