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
  PQclear(PQexec(connection.get(), "set synchronous_commit = off"));
  PGresult* result = PQexec(connection.get(), statement.c_str());
  const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  if (!good) throw std::runtime_error(statement + ": " + PQerrorMessage(connection.get()));
}

std::unique_ptr<db::Database> open_in(const TempFolder& folder, db::SqliteOptions options) {
  options.path = folder.file("bursary.db");
  return db::open_sqlite(options);
}

// A copy of one that was migrated once in this process: to migrate anew takes longer than most tests.
std::unique_ptr<db::Database> migrated_sqlite(const TempFolder& folder, db::SqliteOptions options) {
  static const TempFolder first;
  static const std::string model = [] {
    const auto database = open_in(first, {});
    db::migrate(*database);
    std::string path = first.file("model.db");
    if (const auto copied = database->backup_to(path); !copied) throw std::runtime_error(copied.error().message.key);
    return path;
  }();
  std::filesystem::copy_file(model, folder.file("bursary.db"));
  return open_in(folder, std::move(options));
}

// A migrated schema that one test after the other has, emptied in between: to make one takes longer than most tests.
class SharedSchema {
 public:
  // As if it had just been migrated.
  static std::string url(const std::string& server_url) {
    static std::unique_ptr<SharedSchema> shared;
    if (!shared || !shared->empty()) shared = std::make_unique<SharedSchema>(server_url);
    return shared->schema_.url();
  }

  explicit SharedSchema(const std::string& server_url) : schema_(server_url) {
    // Its tables are made without waiting for the disk; what a test writes waits as everywhere.
    const auto database = db::open_postgres({.url = schema_.url() + "%20-csynchronous_commit%3Doff", .connections = 1});
    db::migrate(*database);
    run_on_server(schema_.url(), kRemember);
  }

 private:
  // What the migrations themselves wrote is kept beside, in a schema of this session's.
  static constexpr const char* kRemember = R"(
    do $$
    declare one name; filled bool;
    begin
      execute format('create schema %I', current_schema() || '_seed');
      for one in select tablename from pg_tables where schemaname = current_schema() loop
        execute format('alter table %I set (autovacuum_enabled = false)', one);  -- estimates stay as in a new one
        execute format('create table %I.%I as select * from %I', current_schema() || '_seed', one, one);
      end loop;
    end $$)";
  // Fails where a test left more than rows, or so many that they would be felt.
  static constexpr const char* kEmpty = R"(
    do $$
    declare one name; filled bool; seed name := current_schema() || '_seed';
    begin
      set local session_replication_role = replica;  -- foreign keys are looked at again when all is back
      if (select count(*) from pg_tables where schemaname = current_schema()) <>
         (select count(*) from pg_tables where schemaname = seed) then raise 'other tables'; end if;
      for one in select tablename from pg_tables where schemaname = current_schema() loop
        if pg_relation_size(one::regclass) > 200000 then raise 'a large table'; end if;
        execute format('select exists (select from %I)', one) into filled;
        if filled then execute format('delete from %I', one); end if;
        execute format('insert into %I select * from %I.%I', one, seed, one);
      end loop;
      perform setval(format('%I', sequencename)::regclass, start_value, false)
      from pg_sequences where schemaname = current_schema();
    end $$)";

  bool empty() const {
    try {
      run_on_server(schema_.url(), kEmpty);
      return true;
    } catch (const std::runtime_error&) {
      return false;
    }
  }

  PostgresSchema schema_;
};

void run(const std::function<void(db::Database&)>& test, bool migrated) {
  {
    const TempFolder folder;
    const auto database = migrated ? migrated_sqlite(folder, {}) : open_in(folder, {});
    INFO("on SQLite");
    test(*database);
  }
  if (const std::string server = postgres_test_url(); !server.empty()) {
    std::optional<PostgresSchema> own;
    if (!migrated) own.emplace(server);
    const auto database = db::open_postgres({.url = own ? own->url() : SharedSchema::url(server), .connections = 16});
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
    run_on_server(server_url_, "drop schema if exists " + name_ + ", " + name_ + "_seed cascade");
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

SqliteForTest::SqliteForTest(db::SqliteOptions options) : database(migrated_sqlite(folder, std::move(options))) {}

}  // namespace bursary::testing
