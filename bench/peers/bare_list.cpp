// The console's statements on the bare database: the texts that the product composes, run by the C library alone.
// Prints one JSON object a line: {"name":…, "p50_us":…, "p99_us":…, "rows":…}. Usage: bare_list sqlite FILE | postgres
// URL  PROGRAM RUNS
#include <fmt/format.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "bench/peers/list_cases.h"
#include "features/queue/query_read.h"
#include "features/queue/query_sql.h"
#include "web/form_data.h"

namespace {

using bursary::queue::ComposedQuery;

class Bare {
 public:
  virtual ~Bare() = default;
  virtual bursary::db::Dialect dialect() const = 0;
  virtual int run(const ComposedQuery& query) = 0;  // rows read
  // The last number of the last row, or nothing where it is null.
  std::optional<std::int64_t> number(const ComposedQuery& query) {
    last_.reset();
    run(query);
    return last_;
  }

 protected:
  std::optional<std::int64_t> last_;
};

class BareSqlite final : public Bare {
 public:
  explicit BareSqlite(const char* path) {
    if (sqlite3_open_v2(path, &db_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK)
      throw std::runtime_error("cannot open");
    sqlite3_exec(db_, "pragma cache_size = -8192", nullptr, nullptr, nullptr);
  }
  bursary::db::Dialect dialect() const override { return bursary::db::Dialect::sqlite; }
  int run(const ComposedQuery& query) override {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, query.text.c_str(), -1, &statement, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db_));
    int at = 0;
    for (const auto& value : query.values) {
      ++at;
      if (const auto* number = std::get_if<std::int64_t>(&value)) sqlite3_bind_int64(statement, at, *number);
      if (const auto* text = std::get_if<std::string_view>(&value))
        sqlite3_bind_text(statement, at, text->data(), static_cast<int>(text->size()), SQLITE_STATIC);
    }
    int rows = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      if (sqlite3_column_type(statement, 0) == SQLITE_INTEGER) last_ = sqlite3_column_int64(statement, 0);
      for (int column = 0; column < sqlite3_column_count(statement); ++column) sqlite3_column_text(statement, column);
      ++rows;
    }
    sqlite3_finalize(statement);
    return rows;
  }

 private:
  sqlite3* db_ = nullptr;
};

class BarePostgres final : public Bare {
 public:
  explicit BarePostgres(const char* url) : pg_(PQconnectdb(url)) {
    if (PQstatus(pg_) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(pg_));
    PQclear(PQexec(pg_, "set jit = off"));
  }
  bursary::db::Dialect dialect() const override { return bursary::db::Dialect::postgres; }
  int run(const ComposedQuery& query) override {
    std::string text = query.text;
    std::replace(text.begin(), text.end(), '?', '$');
    std::vector<std::string> held;
    for (const auto& value : query.values) {
      if (const auto* number = std::get_if<std::int64_t>(&value)) held.push_back(std::to_string(*number));
      if (const auto* words = std::get_if<std::string_view>(&value)) held.emplace_back(*words);
    }
    std::vector<const char*> values;
    for (const auto& one : held) values.push_back(one.c_str());
    PGresult* result =
        PQexecParams(pg_, text.c_str(), static_cast<int>(values.size()), nullptr, values.data(), nullptr, nullptr, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) throw std::runtime_error(PQerrorMessage(pg_));
    const int rows = PQntuples(result);
    if (rows > 0 && PQgetisnull(result, rows - 1, 0) == 0) last_ = std::atoll(PQgetvalue(result, rows - 1, 0));
    PQclear(result);
    return rows;
  }

 private:
  PGconn* pg_;
};

void measure(Bare& bare, const bursary::queue::QueryReader& reader, int runs, const bench::ListCase& one) {
  const bursary::queue::ReadQuery read = bursary::queue::read_query(one.query, reader);
  if (!read.problems.empty()) throw std::runtime_error("no such query: " + one.query);
  // What the list does: where an index cannot tell all, first how far it may walk.
  const auto run_once = [&] {
    bursary::queue::ListQuery asked{.program = reader.program.slug, .filter = read.filter};
    ComposedQuery bound, query;
    if (bursary::queue::compose_bound(bound, bare.dialect(), asked)) asked.bound = bare.number(bound);
    bursary::queue::compose_list(query, bare.dialect(), asked);
    return bare.run(query);
  };
  int rows = run_once();
  std::vector<std::int64_t> micros;
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    rows = run_once();
    micros.push_back(
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::sort(micros);
  fmt::print("{{\"name\":\"{}\",\"query\":\"{}\",\"p50_us\":{},\"p99_us\":{},\"rows\":{}}}\n", one.name,
             one.query.empty() ? "" : "q=" + bursary::web::percent_encode(one.query), micros[micros.size() / 2],
             micros[micros.size() * 99 / 100], rows);
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) return 2;
  std::unique_ptr<Bare> bare;
  if (std::string_view(words[1]) == "sqlite") {
    bare = std::make_unique<BareSqlite>(words[2]);
  } else {
    bare = std::make_unique<BarePostgres>(words[2]);
  }
  std::vector<bursary::programs::Problem> problems;
  const auto programs = bursary::programs::Programs::open({}, problems).value();
  const auto program = programs->current();
  const bursary::SystemClock clock;
  const std::vector<bursary::queue::Colleague> nobody;
  const bursary::queue::QueryReader reader{*program, program->phrasebooks->get("en"), std::nullopt, clock.now(),
                                           nobody};
  for (const auto& one : bench::list_cases()) measure(*bare, reader, std::atoi(words[3]), one);
}
