// What SQLite's writer promises beyond database.h.
#include <doctest/doctest.h>

#include <fstream>
#include <thread>

#include "db/database.h"
#include "tests/support/databases.h"
#include "tests/support/gate.h"
#include "tests/support/trial_table.h"

using namespace bursary;
using namespace bursary::db;
using namespace bursary::testing;

namespace {

Result<std::int64_t> insert(Tx& tx, std::int64_t id) { return tx.execute(trial::kInsert, id, id); }

void wait_for_queue(Database& database, std::uint64_t depth) {
  while (database.figures().queue_depth < depth) std::this_thread::yield();
}

}  // namespace

TEST_CASE("those who wait share one commit, and one that fails spoils no other") {
  SqliteForTest sqlite;
  Database& database = *sqlite.database;
  trial::make(database);
  const auto before = database.figures();
  Gate gate;
  std::thread first([&] {
    CHECK(database.write([&](Tx& tx) -> Result<std::int64_t> {
      gate.pass();
      return insert(tx, 1);
    }));
  });
  gate.wait_until_reached();
  std::vector<std::thread> others;
  for (int id = 2; id <= 10; ++id) {
    others.emplace_back([&, id] {
      const auto rule = [&](Tx& tx) -> Result<std::int64_t> {
        tx.execute(trial::kInsert, id, id);
        if (id % 3 == 0) return fail(ErrorKind::conflict, "problem.stale");
        if (id % 3 == 1) throw std::runtime_error("broken");
        return 1;
      };
      if (id % 3 == 1) {
        CHECK_THROWS_AS((void)database.write(rule), std::runtime_error);
      } else {
        CHECK(database.write(rule).has_value() == (id % 3 == 2));
      }
    });
  }
  wait_for_queue(database, 9);
  gate.open();
  first.join();
  for (std::thread& other : others) other.join();
  const auto after = database.figures();
  CHECK(after.commits - before.commits == 1);
  CHECK(after.writes - before.writes == 10);
  CHECK(trial::count(database) == 4);  // 1, 2, 5, 8
  CHECK(trial::counter(database, 8) == 8);
}

TEST_CASE("a group runs again only when a request failed that had changed something") {
  SqliteForTest sqlite;
  Database& database = *sqlite.database;
  trial::make(database);
  const auto refuse = [](Tx&) -> Result<std::int64_t> { return fail(ErrorKind::conflict, "problem.stale"); };
  const auto reruns = [&](auto rule) {
    const auto before = database.figures().retries;
    try {
      const bool written = database.write(rule).has_value();
      CHECK_FALSE(written);
    } catch (const ConstraintViolated&) {
    }
    return database.figures().retries - before;
  };
  REQUIRE(database.write([](Tx& tx) { return insert(tx, 1); }));
  CHECK(reruns(refuse) == 0);
  CHECK(reruns([&](Tx& tx) {
          tx.execute(trial::kAdd, 404, 1);  // no such row
          return refuse(tx);
        }) == 0);
  CHECK(reruns([](Tx& tx) { return insert(tx, 1); }) == 0);  // a key that is taken
  CHECK(reruns([&](Tx& tx) {
          tx.execute(trial::kAdd, 1, 1);
          return refuse(tx);
        }) == 1);
  // And the next ones were warned.
  CHECK(reruns([&](Tx& tx) {
          tx.execute(trial::kAdd, 1, 1);
          return refuse(tx);
        }) == 0);
  constexpr Query<0> kMakeTable{"trial.other", "create table other (id bigint)", "create table other (id bigint)"};
  for (int group = 0; group < 40; ++group)
    REQUIRE(database.write([](Tx& tx) { return Result<std::int64_t>(tx.execute(trial::kAdd, 1, 1)); }));
  CHECK(reruns([&](Tx& tx) {
          tx.execute(kMakeTable);
          return refuse(tx);
        }) == 1);
  CHECK(database.problem_with("select id from other").has_value());
  CHECK(trial::counter(database, 1) == 41);
}

TEST_CASE("a full queue is told so at once, and who waited is served") {
  SqliteForTest sqlite({.path = {}, .queue_limit = 3});
  Database& database = *sqlite.database;
  trial::make(database);
  Gate gate;
  std::vector<std::thread> threads;
  threads.emplace_back([&] {
    CHECK(database.write([&](Tx& tx) -> Result<std::int64_t> {
      gate.pass();
      return insert(tx, 0);
    }));
  });
  gate.wait_until_reached();
  for (int id = 1; id <= 3; ++id) {
    threads.emplace_back([&, id] { CHECK(database.write([&](Tx& tx) { return insert(tx, id); })); });
    wait_for_queue(database, static_cast<std::uint64_t>(id));
  }
  const auto refused = database.write([](Tx& tx) { return insert(tx, 99); });
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::unavailable);
  CHECK(database.figures().refused == 1);
  CHECK(database.figures().queue_limit == 3);
  gate.open();
  for (std::thread& thread : threads) thread.join();
  CHECK(trial::count(database) == 4);
}

TEST_CASE("requests of a group see what those before them did, in the order of arrival") {
  SqliteForTest sqlite({.path = {}, .group_limit = 4});
  Database& database = *sqlite.database;
  trial::make(database);
  Gate gate;
  std::vector<std::thread> threads;
  std::vector<std::int64_t> seen(9, -1);
  for (int place = 0; place < 9; ++place) {
    threads.emplace_back([&, place] {
      CHECK(database.write([&](Tx& tx) -> Result<std::int64_t> {
        if (place == 0) gate.pass();
        seen[static_cast<std::size_t>(place)] = tx.query(trial::kCount).at(0).integer(0);
        return insert(tx, place);
      }));
    });
    if (place == 0) gate.wait_until_reached();
    if (place > 0) wait_for_queue(database, static_cast<std::uint64_t>(place));
  }
  gate.open();
  for (std::thread& thread : threads) thread.join();
  for (int place = 0; place < 9; ++place) CHECK(seen[static_cast<std::size_t>(place)] == place);
}

TEST_CASE("when the commit cannot be made everybody in the group is told, and the next group is served") {
  SqliteForTest sqlite;
  Database& database = *sqlite.database;
  trial::make(database);
  const auto limit_pages = [&](const char* pages) {
    // The file may not grow: what a full disk does.
    return database.write([&](Tx& tx) -> Result<std::int64_t> {
      return tx.query_composed(std::string("pragma max_page_count = ") + pages, {}).at(0).integer(0);
    });
  };
  REQUIRE(limit_pages("1"));
  Gate gate;
  std::thread small([&] {
    CHECK_THROWS_AS((void)database.write([&](Tx& tx) -> Result<std::int64_t> {
      gate.pass();
      return insert(tx, 1);
    }),
                    DatabaseBroken);
  });
  gate.wait_until_reached();
  std::thread large([&] {
    const std::string megabyte(1 << 20, 'x');
    CHECK_THROWS_AS((void)database.write([&](Tx& tx) -> Result<std::int64_t> {
      // Even when the rule itself would carry on.
      CHECK_THROWS_AS(tx.execute(trial::kInsertWhole, 2, 2, megabyte, Null{}, Null{}, Null{}), DatabaseBroken);
      return 0;
    }),
                    DatabaseBroken);
  });
  wait_for_queue(database, 1);
  gate.open();
  small.join();
  large.join();
  REQUIRE(limit_pages("1000000"));
  CHECK(trial::count(database) == 0);
  CHECK(database.write([](Tx& tx) { return insert(tx, 3); }).value() == 1);
}

TEST_CASE("a write inside a write is refused instead of waiting for itself") {
  SqliteForTest sqlite;
  Database& database = *sqlite.database;
  trial::make(database);
  CHECK_THROWS_AS((void)database.write([&](Tx&) -> Result<std::int64_t> {
    return database.write([](Tx& inner) { return insert(inner, 1); });
  }),
                  std::logic_error);
}

TEST_CASE("when every reader is busy a read gives up after its patience") {
  SqliteForTest sqlite({.path = {}, .readers = 1, .patience = std::chrono::milliseconds(20)});
  Database& database = *sqlite.database;
  trial::make(database);
  database.read([&](Tx&) {
    CHECK_THROWS_AS(trial::count(database), Overloaded);
    const Result<int> refused = database.read([](Tx&) -> Result<int> { return 1; });
    CHECK(refused.error().kind == ErrorKind::unavailable);
    return 0;
  });
  CHECK(database.figures().refused == 2);
  CHECK(trial::count(database) == 0);
}
