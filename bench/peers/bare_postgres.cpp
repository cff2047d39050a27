// What libpq alone does: `connections` threads, each submission one transaction whose statements travel in one
// pipeline. Usage: bare_postgres URL SECONDS [CONNECTIONS]; the database was made by `bursary migrate`.
#include <fmt/format.h>
#include <libpq-fe.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <thread>

#include "bench/peers/rows.h"

namespace {

class Connection {
 public:
  explicit Connection(const char* url) : pg_(PQconnectdb(url)) {
    if (PQstatus(pg_) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(pg_));
  }
  ~Connection() { PQfinish(pg_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void run(const char* text) {
    PGresult* result = PQexec(pg_, text);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(pg_));
    PQclear(result);
  }
  // One round trip: begin, every row, commit.
  void submit(const std::vector<bench::Row>& rows) {
    for (const auto& row : rows) prepare(row);
    PQenterPipelineMode(pg_);
    PQsendQueryParams(pg_, "begin", 0, nullptr, nullptr, nullptr, nullptr, 0);
    for (const auto& row : rows) send(row);
    PQsendQueryParams(pg_, "commit", 0, nullptr, nullptr, nullptr, nullptr, 0);
    PQpipelineSync(pg_);
    for (std::size_t i = 0; i < rows.size() + 2; ++i) take();
    PGresult* sync = PQgetResult(pg_);
    PQclear(sync);
    PQexitPipelineMode(pg_);
  }

 private:
  void prepare(const bench::Row& row) {
    auto& name = names_[row.postgres.data()];
    if (!name.empty()) return;
    name = "s" + std::to_string(names_.size());
    PGresult* result = PQprepare(pg_, name.c_str(), std::string(row.postgres).c_str(), 0, nullptr);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(pg_));
    PQclear(result);
  }
  void send(const bench::Row& row) {
    std::vector<std::string> held;
    held.reserve(row.values.size());
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
    for (const auto& value : row.values) {
      if (const auto* number = std::get_if<std::int64_t>(&value)) held.push_back(std::to_string(*number));
      if (const auto* text = std::get_if<std::string>(&value)) held.push_back(*text);
      if (const auto* bytes = std::get_if<bench::Bytes>(&value)) held.push_back(bytes->bytes);
      values.push_back(held.back().data());
      lengths.push_back(static_cast<int>(held.back().size()));
      formats.push_back(std::holds_alternative<bench::Bytes>(value) ? 1 : 0);
    }
    if (PQsendQueryPrepared(pg_, names_[row.postgres.data()].c_str(), static_cast<int>(values.size()), values.data(),
                            lengths.data(), formats.data(), 0) != 1) {
      throw std::runtime_error(PQerrorMessage(pg_));
    }
  }
  void take() {
    PGresult* result = PQgetResult(pg_);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(pg_));
    PQclear(result);
    PQclear(PQgetResult(pg_));
  }

  PGconn* pg_;
  std::map<const char*, std::string> names_;
};

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 2;
  const double seconds = std::atof(words[2]);
  const int connections = count > 3 ? std::atoi(words[3]) : 16;
  bursary::crypto_ready();
  Connection(words[1]).run(
      "insert into form_version (id, program, hash, definition, created_at) values (1, 'researcher-access', 'bench', "
      "'{}', 0) on conflict do nothing");
  std::atomic<std::int64_t> next{0}, done{0};
  bursary::SystemClock clock;
  bursary::IdSource ids(clock, 1000);
  const std::string answers = bench::answers_of_load();
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  std::vector<std::thread> threads;
  for (int t = 0; t < connections; ++t) {
    threads.emplace_back([&, t] {
      Connection connection(words[1]);
      bursary::SeededRandom random(static_cast<std::uint64_t>(t) + 100);
      while (elapsed() < seconds) {
        connection.submit(bench::rows_of(next++, 1, ids, random, answers));
        ++done;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  fmt::print("{{\"rate\":{:.1f},\"submissions\":{},\"connections\":{}}}\n", static_cast<double>(done) / elapsed(),
             done.load(), connections);
}
