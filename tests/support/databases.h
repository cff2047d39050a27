// Databases for tests: each call gives a fresh one with every migration applied, and cleans up after it.
// PostgreSQL takes part when BURSARY_TEST_POSTGRES holds a URL (tools/dev/postgres.sh starts a throw-away server); each
// test then has a schema of its own.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "db/database.h"

namespace bursary::testing {

// A folder of its own that goes with this object.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// A schema of its own on the test server, which goes with this object.
class PostgresSchema {
 public:
  explicit PostgresSchema(const std::string& server_url);
  ~PostgresSchema();
  PostgresSchema(const PostgresSchema&) = delete;
  PostgresSchema& operator=(const PostgresSchema&) = delete;
  // Connects into the schema.
  const std::string& url() const { return url_; }

 private:
  std::string server_url_;
  std::string name_;
  std::string url_;
};

// The URL of the test server, or an empty string.
std::string postgres_test_url();

// Runs the test on each database, and says in a failure on which.
void for_each_database(const std::function<void(db::Database& database)>& test);
// The same with databases on which nothing has been applied yet.
void for_each_empty_database(const std::function<void(db::Database& database)>& test);

// One fresh, migrated SQLite database in a folder.
struct SqliteForTest {
  explicit SqliteForTest(db::SqliteOptions options = {});
  TempFolder folder;
  std::unique_ptr<db::Database> database;
};

}  // namespace bursary::testing
