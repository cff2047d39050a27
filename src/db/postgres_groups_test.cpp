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
    others_.emplace_back(std::move(work));
    while (database->figures().queue_depth < others_.size()) std::this_thread::yield();
  }
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

TEST_CASE("PostgreSQL: one of a group that fails spoils no other, and each meets its own problem") {
  if (!here()) return;
  Busy busy;
  Database& database = *busy.database;
  for (int id = 1; id <= 8; ++id) {
    busy.add([&database, id] {
      const auto rule = [&](Tx& tx) -> Done {
        tx.post(trial::kInsert, id % 4 == 0 ? 101 : id, id);  // 101 is taken
        if (id % 4 == 1) return fail(ErrorKind::conflict, "problem.stale");
        if (id % 4 == 2) throw std::runtime_error("broken");
        return id;
      };
      switch (id % 4) {
        case 0:
          CHECK_THROWS_AS((void)database.write_posts(rule), ConstraintViolated);
          break;
        case 1:
          CHECK(database.write_posts(rule).error().message.key == "problem.stale");
          break;
        case 2:
          CHECK_THROWS_WITH_AS((void)database.write_posts(rule), "broken", std::runtime_error);
          break;
        default:
          CHECK(database.write_posts(rule).value() == id);
      }
    });
  }
  busy.finish();
  CHECK(trial::count(database) == 4);  // the two that held the lanes, 3 and 7
  CHECK(trial::counter(database, 7) == 7);
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
    constexpr Query<0> kKill{"pg.kill", "select 1",
                             "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dies' "
                             "and xact_start is not null and pid <> pg_backend_pid()"};
    const auto killed = [&] { return busy.database->read([&](Tx& tx) { return tx.query(kKill).size(); }); };
    CHECK(killed() == 1);
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
