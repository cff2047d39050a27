#include "tests/support/databases.h"

#include <doctest/doctest.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>

#include "db/migrate.h"

namespace bursary::testing {
namespace {

struct Close {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};

void run_on_server(const std::string& url, const std::string& statement) {
  const std::unique_ptr<PGconn, Close> connection(PQconnectdb(url.c_str()));
  PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  PGresult* result = PQexec(connection.get(), statement.c_str());
  const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  if (!good) throw std::runtime_error(statement + ": " + PQerrorMessage(connection.get()));
}

std::unique_ptr<db::Database> fresh_sqlite(const TempFolder& folder, db::SqliteOptions options) {
  options.path = folder.file("bursary.db");
  return db::open_sqlite(options);
}

void run(const std::function<void(db::Database&)>& test, bool migrated) {
  {
    const TempFolder folder;
    const auto database = fresh_sqlite(folder, {});
    if (migrated) db::migrate(*database);
    INFO("on SQLite");
    test(*database);
  }
  if (const std::string server = postgres_test_url(); !server.empty()) {
    const PostgresSchema schema(server);
    const auto database = db::open_postgres({.url = schema.url(), .connections = 16});
    if (migrated) db::migrate(*database);
    INFO("on PostgreSQL");
    test(*database);
  }
}

}  // namespace

TempFolder::TempFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "bursary-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder for a test");
  path_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

PostgresSchema::PostgresSchema(const std::string& server_url) : server_url_(server_url) {
  static std::atomic<int> count{0};
  name_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
  run_on_server(server_url_, "create schema " + name_);
  const char* join = server_url_.find('?') == std::string::npos ? "?" : "&";
  url_ = server_url_ + join + "options=-csearch_path%3D" + name_;
}

PostgresSchema::~PostgresSchema() {
  try {
    run_on_server(server_url_, "drop schema " + name_ + " cascade");
  } catch (const std::exception& problem) {
    MESSAGE(problem.what());
  }
}

std::string postgres_test_url() {
  const char* url = ::getenv("BURSARY_TEST_POSTGRES");
  return url == nullptr ? std::string{} : std::string(url);
}

void for_each_database(const std::function<void(db::Database& database)>& test) { run(test, true); }
void for_each_empty_database(const std::function<void(db::Database& database)>& test) { run(test, false); }

SqliteForTest::SqliteForTest(db::SqliteOptions options) : database(fresh_sqlite(folder, std::move(options))) {
  db::migrate(*database);
}

}  // namespace bursary::testing
