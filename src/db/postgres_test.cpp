// What only PostgreSQL can do to us: conflicts, deadlocks, lost connections. Skipped where there is none.
#include <doctest/doctest.h>

#include <barrier>
#include <set>
#include <thread>

#include "db/database.h"
#include "db/migrate.h"
#include "tests/support/databases.h"
#include "tests/support/trial_table.h"

using namespace bursary;
using namespace bursary::db;
using namespace bursary::testing;

namespace {

using Done = Result<std::int64_t>;

template <std::size_t N = 0>
constexpr Query<N> only_postgres(std::string_view name, std::string_view text) {
  return {name, "select 1", text};
}
constexpr auto kRepeatable = only_postgres("pg.repeatable", "set transaction isolation level repeatable read");
constexpr auto kIsolation = only_postgres("pg.isolation", "show transaction_isolation");
constexpr auto kPid = only_postgres("pg.pid", "select pg_backend_pid()");
constexpr auto kTerminate = only_postgres<1>("pg.terminate", "select pg_terminate_backend($1::int)");

struct Server {
  PostgresSchema schema{postgres_test_url()};
  std::unique_ptr<Database> database = open_postgres({.url = schema.url(), .connections = 4});
  std::unique_ptr<Database> other = open_postgres({.url = schema.url(), .connections = 2});

  Server() {
    trial::make(*database);
    const auto filled = database->write([](Tx& tx) -> Result<void> {
      tx.post(trial::kInsert, 1, 0);
      tx.post(trial::kInsert, 2, 0);
      return {};
    });
    REQUIRE(filled);
  }
  // Ends another connection and waits until it is gone.
  void kill(std::int64_t pid) {
    other->read([&](Tx& tx) { return tx.query(kTerminate, pid).size(); });
    constexpr auto kAlive = only_postgres<1>("pg.alive", "select count(*) from pg_stat_activity where pid = $1::int");
    for (int look = 0; look < 200; ++look) {
      if (other->read([&](Tx& tx) { return tx.query(kAlive, pid).at(0).integer(0); }) == 0) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));  // its last word is on its way
  }
};

void on_server(const std::function<void(Server&)>& test) {
  if (postgres_test_url().empty()) {
    MESSAGE("no PostgreSQL here");
    return;
  }
  Server server;
  test(server);
}

}  // namespace

TEST_CASE("PostgreSQL: a serialisation conflict is run again from the beginning") {
  on_server([](Server& server) {
    std::barrier together(2);
    std::atomic<int> runs{0};
    const auto add = [&] {
      bool first = true;
      const Done done = server.database->write([&](Tx& tx) -> Done {
        ++runs;
        tx.execute(kRepeatable);
        const std::int64_t seen = tx.find(trial::kCounter, 1).value().integer(0);
        if (std::exchange(first, false)) together.arrive_and_wait();  // both have looked
        return tx.execute(trial::kSet, 1, seen + 1);
      });
      CHECK(done.value() == 1);
    };
    std::thread one(add);
    std::thread two(add);
    one.join();
    two.join();
    CHECK(runs == 3);
    CHECK(server.database->figures().retries == 1);
    CHECK(trial::counter(*server.database, 1) == 2);
  });
}

TEST_CASE("PostgreSQL: a deadlock is run again, posted or not, whatever the rule makes of the exception") {
  on_server([](Server& server) {
    std::barrier together(2);
    const auto add = [&](int from, int to, bool catches) {
      bool first = true;
      const Done done = server.database->write([&](Tx& tx) -> Done {
        tx.execute(trial::kAdd, from, 1);
        if (std::exchange(first, false)) together.arrive_and_wait();
        try {
          if (!catches) tx.post(trial::kAdd, to, 1);
          if (catches) tx.execute(trial::kAdd, to, 1);
        } catch (const std::exception&) {
          return 0;
        }
        return 1;
      });
      CHECK(done.has_value());
    };
    std::thread one([&] { add(1, 2, true); });
    std::thread two([&] { add(2, 1, false); });
    one.join();
    two.join();
    CHECK(server.database->figures().retries >= 1);  // on a slow machine both are seen waiting
    CHECK(trial::counter(*server.database, 1) == 2);
    CHECK(trial::counter(*server.database, 2) == 2);
  });
}

TEST_CASE("PostgreSQL: a conflict that does not end is told as unavailable") {
  on_server([](Server& server) {
    int runs = 0;
    const Done done = server.database->write([&](Tx& tx) -> Done {
      ++runs;
      tx.execute(kRepeatable);
      const std::int64_t seen = tx.find(trial::kCounter, 1).value().integer(0);
      REQUIRE(server.other->write([](Tx& faster) -> Done { return faster.execute(trial::kAdd, 1, 10); }));
      return tx.execute(trial::kSet, 1, seen + 1);
    });
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().kind == ErrorKind::unavailable);
    CHECK(runs == 12);
    CHECK(trial::counter(*server.database, 1) == 120);
  });
}

TEST_CASE("PostgreSQL: a connection that died while it was idle is never noticed") {
  on_server([](Server& server) {
    for (int round = 0; round < 3; ++round) {
      const auto pid = server.database->read([](Tx& tx) { return tx.query(kPid).at(0).integer(0); });
      server.kill(pid);
      CHECK(server.database->write([](Tx& tx) -> Result<void> {
        tx.post(trial::kAdd, 1, 1);  // nothing but the commit to find it out with
        return {};
      }));
      CHECK(server.database->read([](Tx& tx) { return tx.query(kPid).at(0).integer(0); }) != pid);
    }
    CHECK(trial::counter(*server.database, 1) == 3);
    CHECK(server.database->figures().retries == 0);
  });
}

TEST_CASE("PostgreSQL: a connection that dies in a rule is replaced once, and the rule runs again") {
  on_server([](Server& server) {
    int runs = 0;
    const auto rule = [&](int deaths) {
      return [&server, &runs, deaths](Tx& tx) -> Done {
        ++runs;
        tx.execute(trial::kAdd, 1, 1);
        if (runs <= deaths) server.kill(tx.query(kPid).at(0).integer(0));
        return tx.execute(trial::kAdd, 2, 1);
      };
    };
    CHECK(server.database->write(rule(1)).value() == 1);
    CHECK(runs == 2);
    CHECK(trial::counter(*server.database, 1) == 1);
    runs = 0;
    CHECK_THROWS_AS((void)server.database->write(rule(2)), DatabaseBroken);
    CHECK(runs == 2);
    CHECK(trial::counter(*server.database, 1) == 1);
    runs = 0;
    const auto pid = server.database->read([&](Tx& tx) {
      const auto mine = tx.query(kPid).at(0).integer(0);
      if (++runs == 1) server.kill(mine);
      return tx.query(kPid).at(0).integer(0);
    });
    CHECK(pid != 0);
    CHECK(runs == 2);
  });
}

TEST_CASE("PostgreSQL: a write whose commit was cut off is never run again") {
  on_server([](Server& server) {
    constexpr auto kSlowEnd = only_postgres("pg.slow_function",
                                            "create function slow_end() returns trigger language plpgsql as "
                                            "'begin perform pg_sleep(20); return null; end'");
    constexpr auto kSlowTrigger =
        only_postgres("pg.slow_trigger",
                      "create constraint trigger slow_end after update on trial deferrable initially deferred "
                      "for each row execute function slow_end()");
    REQUIRE(server.database->write([&](Tx& tx) -> Result<void> {
      tx.execute(kSlowEnd);
      tx.execute(kSlowTrigger);
      return {};
    }));
    std::atomic<std::int64_t> pid{0};
    int runs = 0;
    std::thread killer([&] {
      while (pid == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      std::this_thread::sleep_for(std::chrono::milliseconds(200));  // it sleeps in its commit now
      server.kill(pid);
    });
    CHECK_THROWS_WITH_AS((void)server.database->write([&](Tx& tx) -> Done {
      ++runs;
      tx.execute(trial::kAdd, 1, 1);
      pid = tx.query(kPid).at(0).integer(0);
      return 1;
    }),
                         doctest::Contains("may have taken place"), DatabaseBroken);
    killer.join();
    CHECK(runs == 1);
    CHECK(trial::counter(*server.database, 1) == 0);
  });
}

TEST_CASE("PostgreSQL: a posted statement that failed leaves a clean connection behind, whatever the rule returned") {
  on_server([](Server& server) {
    const auto one = open_postgres({.url = server.schema.url(), .connections = 1});
    const Done refused = one->write([](Tx& tx) -> Done {
      tx.post(trial::kInsert, 1, 1);  // taken, but nobody has looked yet
      return fail(ErrorKind::conflict, "problem.stale");
    });
    CHECK(refused.error().message.key == "problem.stale");
    CHECK(one->write([](Tx& tx) -> Done { return tx.execute(trial::kAdd, 1, 5); }).value() == 1);
    CHECK(trial::counter(*one, 1) == 5);
  });
}

TEST_CASE("PostgreSQL: when every connection is busy a caller gives up after its patience") {
  on_server([](Server& server) {
    const auto one =
        open_postgres({.url = server.schema.url(), .connections = 1, .patience = std::chrono::milliseconds(20)});
    one->read([&](Tx& tx) {
      tx.query(kPid);
      CHECK_THROWS_AS(trial::count(*one), Overloaded);
      const Done refused = one->write([](Tx&) -> Done { return 1; });
      CHECK(refused.error().kind == ErrorKind::unavailable);
      return 0;
    });
    CHECK(one->figures().refused == 2);
    CHECK(trial::count(*one) == 2);
  });
}

TEST_CASE("PostgreSQL: a statement that takes too long is told as unavailable") {
  on_server([](Server& server) {
    constexpr auto kHurry = only_postgres("pg.hurry", "set local statement_timeout = '50ms'");
    constexpr auto kSleep = only_postgres("pg.sleep", "select pg_sleep(20)");
    const Done late = server.database->write([&](Tx& tx) -> Done {
      tx.execute(trial::kAdd, 1, 1);
      tx.execute(kHurry);
      tx.query(kSleep);
      return 1;
    });
    CHECK(late.error().kind == ErrorKind::unavailable);
    CHECK(trial::counter(*server.database, 1) == 0);
  });
}

TEST_CASE("PostgreSQL: how a connection is set") {
  on_server([](Server& server) {
    // A role may be set to less; an acknowledged write is on disk all the same.
    const auto lax = open_postgres({.url = server.schema.url() + "%20-csynchronous_commit%3Doff", .connections = 1});
    const auto shown = [&](std::string_view setting) {
      return lax->read([&](Tx& tx) { return tx.query_composed("show " + std::string(setting), {}).at(0).text(0); });
    };
    CHECK(shown("synchronous_commit") == "on");
    CHECK(shown("jit") == "off");
    CHECK(shown("statement_timeout") == "30s");
    CHECK(shown("transaction_isolation") == "repeatable read");
    CHECK(shown("transaction_read_only") == "on");
    CHECK(lax->write([](Tx& tx) -> Result<std::string> { return tx.query(kIsolation).at(0).text(0); }).value() ==
          "read committed");
  });
}

TEST_CASE("PostgreSQL: nodes that are alive together have numbers of their own") {
  on_server([](Server& server) {
    migrate(*server.database);
    const auto third = open_postgres({.url = server.schema.url()});
    const std::set<unsigned> nodes{server.database->node(), server.other->node(), third->node()};
    CHECK(nodes.size() == 3);
    CHECK(*nodes.rbegin() < 1024);
    CHECK(server.database->node() == server.database->node());
  });
}

TEST_CASE("PostgreSQL: a server that is not there") {
  const TempFolder folder;
  const auto nowhere = open_postgres({.url = "postgresql:///postgres?host=" + folder.path().string()});
  CHECK_THROWS_AS((void)nowhere->write([](Tx& tx) -> Done { return tx.execute(trial::kAdd, 1, 1); }), DatabaseBroken);
  CHECK_THROWS_AS(trial::count(*nowhere), DatabaseBroken);
  CHECK(nowhere->backup_to(folder.file("copy")).error().detail.find("pg_dump") != std::string::npos);
}
