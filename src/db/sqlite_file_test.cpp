// The file itself: who may open it, what lies in it, how it is copied.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "db/migrate.h"
#include "db/sqlite_connection.h"
#include "tests/support/databases.h"
#include "tests/support/trial_table.h"

using namespace bursary;
using namespace bursary::db;
using namespace bursary::testing;

namespace {

std::string whole_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string pragma(const std::string& path, const std::string& name) {
  SqliteConnection connection(path, SqliteRole::writer);
  const Row row = connection.fetch({}, "pragma " + name, nullptr, 0).at(0);
  return name == "journal_mode" ? row.text(0) : std::to_string(row.integer(0));
}

}  // namespace

TEST_CASE("a data file belongs to one process at a time, and may be read beside it") {
  SqliteForTest sqlite;
  trial::make(*sqlite.database);
  const std::string path = sqlite.folder.file("bursary.db");
  // flock tells descriptors apart, so one process can play both.
  CHECK_THROWS_WITH_AS(open_sqlite({.path = path}), doctest::Contains("another process"), DatabaseBroken);
  const auto beside = open_sqlite({.path = path, .read_only = true});
  CHECK(trial::count(*beside) == 0);
  CHECK_THROWS_AS((void)beside->write([](Tx&) -> Result<int> { return 1; }), std::logic_error);
  sqlite.database.reset();
  CHECK(trial::count(*open_sqlite({.path = path})) == 0);
}

TEST_CASE("what is not ours is left alone") {
  const TempFolder folder;
  std::ofstream(folder.file("text.db")) << std::string(5000, 'x');
  CHECK_THROWS_AS(open_sqlite({.path = folder.file("text.db")}), DatabaseBroken);
  sqlite3* other = nullptr;
  sqlite3_open(folder.file("other.db").c_str(), &other);
  sqlite3_exec(other, "create table theirs (id integer)", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  CHECK_THROWS_WITH_AS(open_sqlite({.path = folder.file("other.db")}), doctest::Contains("not one of Bursary's"),
                       DatabaseBroken);
  CHECK_THROWS_AS(open_sqlite({.path = folder.file("missing/bursary.db")}), DatabaseBroken);
  CHECK_THROWS_AS(open_sqlite({.path = folder.file("absent.db"), .read_only = true}), DatabaseBroken);
  CHECK_FALSE(std::filesystem::exists(folder.file("absent.db")));
}

TEST_CASE("commits are synced, keys are checked, erased rows are overwritten") {
  SqliteForTest sqlite;
  const std::string path = sqlite.folder.file("bursary.db");
  CHECK(pragma(path, "journal_mode") == "wal");
  CHECK(pragma(path, "synchronous") == "2");
  CHECK(pragma(path, "foreign_keys") == "1");
  CHECK(pragma(path, "secure_delete") == "1");
  CHECK(pragma(path, "page_size") == "8192");
  CHECK(pragma(path, "wal_autocheckpoint") == "0");
}

TEST_CASE("nothing of an erased row is left in the file or its log") {
  SqliteForTest sqlite;
  Database& database = *sqlite.database;
  trial::make(database);
  const std::string secret = "a-word-that-nobody-may-find-again";
  constexpr Query<0> kErase{"trial.erase", "delete from trial", "delete from trial"};
  REQUIRE(database.write([&](Tx& tx) -> Result<std::int64_t> {
    std::string text;
    for (int i = 0; i < 2000; ++i) text += secret;  // spills onto pages of its own
    return tx.execute(trial::kInsertWhole, 1, 1, text, Null{}, Null{}, Null{});
  }));
  REQUIRE(database.write([&](Tx& tx) -> Result<std::int64_t> { return tx.execute(kErase); }));
  const std::string path = sqlite.folder.file("bursary.db");
  CHECK(whole_file(path + "-wal").find(secret) != std::string::npos);
  // The log is emptied when it has been quiet for three seconds, although jobs go on looking for work in vain.
  for (int look = 0; look < 100 && std::filesystem::file_size(path + "-wal") > 0; ++look) {
    REQUIRE(database.write([&](Tx& tx) -> Result<std::int64_t> { return tx.execute(kErase); }));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  CHECK(std::filesystem::file_size(path + "-wal") == 0);
  CHECK(whole_file(path).find(secret) == std::string::npos);
}

TEST_CASE("the log begins anew while it is written to and read beside it") {
  SqliteForTest sqlite;
  Database& database = *sqlite.database;
  trial::make(database);
  const std::string log = sqlite.folder.file("bursary.db") + "-wal";
  const std::string page(7000, 'p');
  std::uintmax_t written = 0;
  int rows = 0;
  // It is due at 64 MB; how much comes before it is done depends on the disk.
  while (written < 600'000'000 && written < std::filesystem::file_size(log) + 20'000'000) {
    REQUIRE(database.write([&](Tx& tx) -> Result<void> {
      for (int i = 0; i < 250; ++i) tx.post(trial::kInsertWhole, rows + i, 1, Null{}, Null{}, BytesView{page}, Null{});
      return {};
    }));
    rows += 250;
    written += 250 * page.size();
    CHECK(trial::count(database) == rows);
  }
  CHECK(std::filesystem::file_size(log) + 20'000'000 <= written);
}

TEST_CASE("a backup taken while others write is one moment of the database") {
  SqliteForTest sqlite;
  Database& database = *sqlite.database;
  trial::make(database);
  REQUIRE(database.write([&](Tx& tx) -> Result<void> {
    for (int id = 0; id < 3000; ++id)
      tx.post(trial::kInsertWhole, id, 0, Null{}, Null{}, BytesView{std::string(2000, 'b')}, Null{});
    return {};
  }));
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (std::int64_t round = 1; !stop; ++round) {
      // Two rows that are always equal.
      CHECK(database.write([&](Tx& tx) -> Result<void> {
        tx.execute(trial::kSet, 0, round);
        tx.execute(trial::kSet, 2999, round);
        return {};
      }));
    }
  });
  const std::string copy_path = sqlite.folder.file("copy.db");
  for (int time = 0; time < 3; ++time) CHECK(database.backup_to(copy_path));
  stop = true;
  writer.join();
  CHECK_FALSE(std::filesystem::exists(copy_path + ".part"));
  const auto copy = open_sqlite({.path = copy_path});
  CHECK(trial::count(*copy) == 3000);
  CHECK(trial::counter(*copy, 0) > 0);
  CHECK(trial::counter(*copy, 0) == trial::counter(*copy, 2999));
  CHECK(migration_state(*copy).pending.empty());
  const auto refused = database.backup_to(sqlite.folder.file("no/such/folder.db"));
  CHECK(refused.error().kind == ErrorKind::unavailable);
}
