// Writes of posts alone that share a transaction of PostgreSQL. Skipped where there is none.
#include <doctest/doctest.h>

#include <thread>

#include "db/database.h"
#include "tests/support/databases.h"
#include "tests/support/gate.h"
#include "tests/support/trial_table.h"

using namespace bursary;
using namespace bursary::db;
using namespace bursary::testing;

namespace {

using Done = Result<std::int64_t>;

Done insert(Tx& tx, std::int64_t id) {
  tx.post(trial::kInsert, id, id);
  return id;
}

// A database whose lanes are all taken until `gate` opens, by rules that insert 101 and 102.
class Busy {
 public:
  explicit Busy(std::chrono::milliseconds patience = std::chrono::seconds(5), const std::string& name = "busy")
      : database(open_postgres(
            {.url = schema_.url() + "&application_name=" + name, .connections = 4, .patience = patience})) {
    trial::make(*database);
    before = database->figures();
    for (Gate& gate : gates_) {
      const std::int64_t id = 101 + (&gate - gates_);
      holders_.emplace_back([this, &gate, id] {
        CHECK(database->write_posts([&](Tx& tx) {
          gate.pass();
          return insert(tx, id);
        }));
      });
      gate.wait_until_reached();
    }
  }
  ~Busy() { finish(); }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

  // Runs `work` in a thread, and returns when its write waits for a lane.
  void add(std::function<void()> work) {
    const auto depth = database->figures().queue_depth;
    others_.emplace_back(std::move(work));
    while (database->figures().queue_depth == depth) std::this_thread::yield();
  }
  // The lane that was taken as number `lane` comes free.
  void open(int lane) { gates_[lane].open(); }
  void finish() {
    for (Gate& gate : gates_) gate.open();
    for (std::thread& other : others_) other.join();
    for (std::thread& holder : holders_) holder.join();
    others_.clear();
    holders_.clear();
  }

 private:
  PostgresSchema schema_{postgres_test_url()};
  Gate gates_[2];
  std::vector<std::thread> holders_, others_;

 public:
  std::unique_ptr<Database> database;
  Database::Figures before;
};

bool here() {
  if (postgres_test_url().empty()) MESSAGE("no PostgreSQL here");
  return !postgres_test_url().empty();
}

}  // namespace

TEST_CASE("PostgreSQL: posts that wait share one commit") {
  if (!here()) return;
  Busy busy;
  for (int id = 1; id <= 10; ++id) {
    busy.add([&busy, id] { CHECK(busy.database->write_posts([&](Tx& tx) { return insert(tx, id); }).value() == id); });
  }
  CHECK(trial::count(*busy.database) == 0);
  busy.finish();
  const auto after = busy.database->figures();
  CHECK(after.commits - busy.before.commits == 3);
  CHECK(after.writes - busy.before.writes == 12);
  CHECK(after.queue_depth == 0);
  CHECK(trial::count(*busy.database) == 12);
}

// Eight share a group, and every fourth fails in the way of `fail_with`.
template <class FailWith, class Check>
void one_in_four_fails(FailWith fail_with, Check check) {
  Busy busy;
  Database& database = *busy.database;
  for (int id = 1; id <= 8; ++id) {
    busy.add([&database, fail_with, check, id] {
      if (id % 4 == 0) {
        check([&] { return database.write_posts([&](Tx& tx) { return fail_with(tx, id); }); });
      } else {
        CHECK(database.write_posts([&](Tx& tx) { return insert(tx, id); }).value() == id);
      }
    });
  }
  busy.finish();
  CHECK(trial::count(database) == 8);  // the two that held the lanes, and six
  CHECK(trial::counter(database, 7) == 7);
}

TEST_CASE("PostgreSQL: one of a group that breaks a constraint spoils no other") {
  if (!here()) return;
  one_in_four_fails(
      [](Tx& tx, int id) {
        tx.post(trial::kInsert, id, id);
        return insert(tx, id);
      },
      [](auto write) { CHECK_THROWS_AS((void)write(), ConstraintViolated); });
}

TEST_CASE("PostgreSQL: one of a group that throws spoils no other") {
  if (!here()) return;
  one_in_four_fails(
      [](Tx& tx, int id) -> Done {
        tx.post(trial::kInsert, id, id);
        throw std::runtime_error("broken");
      },
      [](auto write) { CHECK_THROWS_WITH_AS((void)write(), "broken", std::runtime_error); });
}

TEST_CASE("PostgreSQL: one of a group that refuses spoils no other") {
  if (!here()) return;
  one_in_four_fails(
      [](Tx& tx, int id) -> Done {
        tx.post(trial::kInsert, id, id);
        return fail(ErrorKind::conflict, "problem.stale");
      },
      [](auto write) { CHECK(write().error().message.key == "problem.stale"); });
}

TEST_CASE("PostgreSQL: who waits for somebody's lock holds no lane") {
  if (!here()) return;
  Busy busy;
  busy.finish();
  Database& database = *busy.database;
  Gate gate;
  std::thread slow([&] {
    CHECK(database.write([&](Tx& tx) {
      tx.execute(trial::kInsert, 1, 1);
      tx.execute(trial::kInsert, 2, 2);
      gate.pass();
      return Done(1);
    }));
  });
  gate.wait_until_reached();
  std::vector<std::thread> stuck;
  for (const int taken : {1, 2}) {
    stuck.emplace_back([&database, taken] {
      CHECK_THROWS_AS((void)database.write_posts([&](Tx& tx) { return insert(tx, taken); }), ConstraintViolated);
    });
  }
  // Both have left their lanes when five have passed one after another.
  for (int id = 3; id <= 7; ++id) CHECK(database.write_posts([&](Tx& tx) { return insert(tx, id); }));
  CHECK(trial::count(database) == 7);
  gate.open();
  slow.join();
  for (std::thread& one : stuck) one.join();
  CHECK(trial::count(database) == 9);
}

TEST_CASE("PostgreSQL: two groups that wait for each other come apart, and nobody is refused") {
  if (!here()) return;
  Busy busy;
  Database& database = *busy.database;
  Gate first_half, second_half;
  std::atomic<int> done{0};
  // Inserts `id`, and enough besides that libpq sends it at once.
  const auto begin = [&](int id) {
    return [&database, &done, id] {
      try {
        const Done written = database.write_posts([&](Tx& tx) {
          for (int row = 0; row < 1000; ++row) tx.post(trial::kInsert, id * 10'000 + row, 0);
          return Done(id);
        });
        CHECK(written.has_value());
        ++done;
      } catch (const ConstraintViolated&) {
      }
    };
  };
  // Inserts what the other group began with.
  const auto cross = [&](int id, Gate& gate) {
    return [&database, &done, &gate, id] {
      bool waited = false;
      try {
        const Done written = database.write_posts([&](Tx& tx) {
          if (!std::exchange(waited, true)) gate.pass();
          tx.post(trial::kInsert, id * 10'000, 0);
          return Done(id);
        });
        CHECK(written.has_value());
        ++done;
      } catch (const ConstraintViolated&) {
      }
    };
  };
  busy.add(begin(1));
  busy.add(cross(2, first_half));
  busy.open(0);
  first_half.wait_until_reached();
  busy.add(begin(2));
  busy.add(cross(1, second_half));
  busy.open(1);
  second_half.wait_until_reached();
  const auto start = std::chrono::steady_clock::now();
  first_half.open();
  second_half.open();
  busy.finish();
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  CHECK(done == 2);  // of each key one
  CHECK((trial::count(database) == 2 + 2 || trial::count(database) == 2 + 1001 || trial::count(database) == 2 + 2000));
}

TEST_CASE("PostgreSQL: a group whose turn does not come is told so, and leaves nothing") {
  if (!here()) return;
  Busy busy(std::chrono::milliseconds(50));
  std::thread late([&] {
    const Done refused = busy.database->write_posts([](Tx& tx) { return insert(tx, 1); });
    CHECK(refused.error().kind == ErrorKind::unavailable);
  });
  late.join();
  CHECK(busy.database->figures().queue_depth == 0);
  busy.finish();
  CHECK(trial::count(*busy.database) == 2);
  CHECK(busy.database->write_posts([](Tx& tx) { return insert(tx, 1); }));
}

TEST_CASE("PostgreSQL: a group whose connection dies while it commits is told so, all of it") {
  if (!here()) return;
  Busy busy(std::chrono::seconds(5), "dies");
  Gate gate;
  for (int id = 1; id <= 3; ++id) {
    busy.add([&, id] {
      CHECK_THROWS_WITH_AS((void)busy.database->write_posts([&](Tx& tx) {
        // More than libpq keeps to itself: the server has begun the transaction.
        for (int row = 0; row < 1000; ++row) tx.post(trial::kInsert, id * 10'000 + row, 0);
        if (id == 3) gate.pass();
        return Done(id);
      }),
                           doctest::Contains("may have taken place"), DatabaseBroken);
    });
  }
  std::thread killer([&] {
    gate.wait_until_reached();
    while (busy.database->figures().commits - busy.before.commits < 2) std::this_thread::yield();  // the holders'
    constexpr Query<0> kKill{"pg.kill", "select 1",
                             "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dies' "
                             "and xact_start is not null and pid <> pg_backend_pid()"};
    const auto killed = [&] { return busy.database->read([&](Tx& tx) { return tx.query(kKill).size(); }); };
    while (killed() != 1) std::this_thread::sleep_for(std::chrono::milliseconds(1));  // the server reads its "begin"
    while (killed() != 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    gate.open();
  });
  busy.finish();
  killer.join();
  CHECK(trial::count(*busy.database) == 2);
}

TEST_CASE("PostgreSQL: who said to post alone cannot wait for an answer") {
  if (!here()) return;
  Busy busy;
  busy.finish();
  const auto with = [&](const std::function<void(Tx&)>& step) {
    return busy.database->write_posts([&](Tx& tx) -> Done {
      step(tx);
      return 1;
    });
  };
  CHECK_THROWS_AS((void)with([](Tx& tx) { tx.execute(trial::kAdd, 1, 1); }), std::logic_error);
  CHECK_THROWS_AS((void)with([](Tx& tx) { tx.find(trial::kCounter, 1); }), std::logic_error);
  CHECK_THROWS_AS((void)with([](Tx& tx) { tx.hold(1); }), std::logic_error);
}
