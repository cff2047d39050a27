// What SQLite alone does: one thread inserts the rows of submissions, `group` of them a commit, with the same settings
// as the product's writer. Usage: bare_sqlite DATABASE SECONDS [GROUP]; the database was made by `bursary migrate`.
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <stdexcept>

#include "bench/peers/rows.h"

namespace {

void must(int code, sqlite3* db) {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) throw std::runtime_error(sqlite3_errmsg(db));
}

class Inserter {
 public:
  explicit Inserter(sqlite3* db) : db_(db) {}
  void run(const bench::Row& row) {
    sqlite3_stmt*& statement = statements_[row.sqlite.data()];
    if (statement == nullptr)
      must(sqlite3_prepare_v3(db_, row.sqlite.data(), static_cast<int>(row.sqlite.size()), SQLITE_PREPARE_PERSISTENT,
                              &statement, nullptr),
           db_);
    int at = 0;
    for (const auto& value : row.values) {
      ++at;
      if (const auto* number = std::get_if<std::int64_t>(&value)) sqlite3_bind_int64(statement, at, *number);
      if (const auto* text = std::get_if<std::string>(&value))
        sqlite3_bind_text(statement, at, text->data(), static_cast<int>(text->size()), SQLITE_STATIC);
      if (const auto* bytes = std::get_if<bench::Bytes>(&value))
        sqlite3_bind_blob(statement, at, bytes->bytes.data(), static_cast<int>(bytes->bytes.size()), SQLITE_STATIC);
    }
    must(sqlite3_step(statement), db_);
    sqlite3_reset(statement);
  }

 private:
  sqlite3* db_;
  std::map<const char*, sqlite3_stmt*> statements_;
};

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 2;
  const double seconds = std::atof(words[2]);
  const int group = count > 3 ? std::atoi(words[3]) : 64;
  bursary::crypto_ready();
  sqlite3* db = nullptr;
  must(sqlite3_open(words[1], &db), db);
  const auto script = [&](const char* text) { must(sqlite3_exec(db, text, nullptr, nullptr, nullptr), db); };
  script(
      "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -32768;"
      "pragma secure_delete = on; pragma wal_autocheckpoint = 1000;");
  script(
      "insert or ignore into form_version (id, program, hash, definition, created_at) values (1, 'researcher-access', "
      "'bench', '{}', 0)");
  bursary::SystemClock clock;
  bursary::IdSource ids(clock, 0);
  bursary::SeededRandom random(1);
  const std::string answers = bench::answers_of_load();
  Inserter inserter(db);
  const auto start = std::chrono::steady_clock::now();
  std::int64_t done = 0;
  double took = 0;
  while (took < seconds) {
    script("begin immediate");
    for (int i = 0; i < group; ++i) {
      for (const auto& row : bench::rows_of(done, 1, ids, random, answers)) inserter.run(row);
      ++done;
    }
    script("commit");
    took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  fmt::print("{{\"rate\":{:.1f},\"submissions\":{},\"group\":{}}}\n", static_cast<double>(done) / took, done, group);
}
