// What holds on both databases (the invariants of database.h).
#include "db/database.h"

#include <doctest/doctest.h>

#include <future>
#include <limits>
#include <thread>

#include "tests/support/databases.h"
#include "tests/support/trial_table.h"

using namespace bursary;
using namespace bursary::db;
using namespace bursary::testing;
using Kind = ConstraintViolated::Kind;

TEST_CASE("a write returns what its rule returned, and it is there") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    const Result<std::int64_t> written = database.write([](Tx& tx) -> Result<std::int64_t> {
      return tx.execute(trial::kInsert, 1, 10) + tx.execute(trial::kInsert, 2, 20);
    });
    CHECK(written.value() == 2);
    CHECK(trial::counter(database, 2) == 20);
    const Result<std::int64_t> touched =
        database.write([](Tx& tx) -> Result<std::int64_t> { return tx.execute(trial::kAdd, 99, 1); });
    CHECK(touched.value() == 0);
    const Result<std::int64_t> returned = database.write(
        [](Tx& tx) -> Result<std::int64_t> { return tx.query(trial::kInsertReturning, 3, 30).at(0).integer(0); });
    CHECK(returned.value() == 30);
    CHECK(trial::count(database) == 3);
  });
}

TEST_CASE("after an error or an exception nothing of the rule remains") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    const Result<int> refused = database.write([](Tx& tx) -> Result<int> {
      tx.execute(trial::kInsert, 1, 1);
      tx.post(trial::kInsert, 2, 2);
      return fail(ErrorKind::conflict, "problem.stale");
    });
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::conflict);
    CHECK(refused.error().message.key == "problem.stale");
    CHECK_THROWS_WITH_AS((void)database.write([](Tx& tx) -> Result<int> {
      tx.execute(trial::kInsert, 3, 3);
      throw std::runtime_error("the rule broke");
    }),
                         "the rule broke", std::runtime_error);
    CHECK(trial::count(database) == 0);
    // And the connection goes on.
    CHECK(database.write([](Tx& tx) -> Result<std::int64_t> { return tx.execute(trial::kInsert, 1, 1); }).value() == 1);
    CHECK(trial::count(database) == 1);
  });
}

TEST_CASE("posted statements run, in order, with the next answer or the commit") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    const auto seen = database.write([](Tx& tx) -> Result<std::int64_t> {
      for (int id = 0; id < 20; ++id) tx.post(trial::kInsert, id, 0);
      tx.post(trial::kAdd, 7, 5);
      const std::int64_t counter = tx.find(trial::kCounter, 7).value().integer(0);
      tx.post(trial::kAdd, 7, 1);
      return counter;
    });
    CHECK(seen.value() == 5);
    CHECK(trial::counter(database, 7) == 6);
    CHECK(trial::count(database) == 20);
  });
}

TEST_CASE("a broken constraint is a typed exception, posted or not, and spoils nothing else") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    REQUIRE(database.write([](Tx& tx) -> Result<void> {
      tx.execute(trial::kInsertWhole, 1, 1, "taken", Null{}, Null{}, Null{});
      return {};
    }));
    const auto kind_of = [&](auto rule) -> std::optional<Kind> {
      try {
        (void)database.write([&](Tx& tx) -> Result<void> {
          tx.execute(trial::kInsert, 50, 1);
          rule(tx);
          return {};
        });
        return std::nullopt;
      } catch (const ConstraintViolated& violated) {
        if (violated.kind() == Kind::unique || violated.kind() == Kind::not_null) CHECK(violated.table() == "trial");
        return violated.kind();
      }
    };
    CHECK(kind_of([](Tx& tx) { tx.execute(trial::kInsert, 1, 1); }) == Kind::unique);
    CHECK(kind_of([](Tx& tx) { tx.post(trial::kInsert, 1, 1); }) == Kind::unique);
    CHECK(kind_of([](Tx& tx) { tx.execute(trial::kInsertWhole, 2, 1, "taken", Null{}, Null{}, Null{}); }) ==
          Kind::unique);
    CHECK(kind_of([](Tx& tx) { tx.execute(trial::kInsert, 2, Null{}); }) == Kind::not_null);
    CHECK(kind_of([](Tx& tx) { tx.execute(trial::kInsert, 2, -1); }) == Kind::check);
    CHECK(kind_of([](Tx& tx) { tx.execute(trial::kInsertWhole, 2, 1, "x", Null{}, Null{}, 404); }) ==
          Kind::foreign_key);
    CHECK(trial::count(database) == 1);
  });
}

TEST_CASE("after a broken constraint the transaction is over, whatever the rule makes of it") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    REQUIRE(database.write([](Tx& tx) -> Result<std::int64_t> { return tx.execute(trial::kInsert, 1, 1); }));
    const auto break_it = [](Tx& tx) {
      tx.execute(trial::kInsert, 2, 1);
      CHECK_THROWS_AS(tx.execute(trial::kInsert, 1, 1), ConstraintViolated);
    };
    CHECK_THROWS_AS((void)database.write([&](Tx& tx) -> Result<int> {
      break_it(tx);
      return static_cast<int>(tx.execute(trial::kInsert, 3, 1));
    }),
                    std::logic_error);
    CHECK_THROWS_AS((void)database.write([&](Tx& tx) -> Result<int> {
      break_it(tx);
      return 0;
    }),
                    std::logic_error);
    const Result<int> refused = database.write([&](Tx& tx) -> Result<int> {
      break_it(tx);
      return fail(ErrorKind::conflict, "problem.taken");
    });
    CHECK(refused.error().message.key == "problem.taken");
    CHECK(trial::count(database) == 1);
  });
}

TEST_CASE("every kind of value comes back as it went in") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    const std::string bytes("\x00\xFF\x80'\"\\\n", 7);
    const std::string text = "O'Brien \\ \xE2\x82\xAC \xF0\x9F\xA7\xAA \"quoted\" $1 ?1 -- ;";
    REQUIRE(database.write([&](Tx& tx) -> Result<void> {
      tx.execute(trial::kInsertWhole, 1, std::numeric_limits<std::int64_t>::max(), text, 0.1, BytesView{bytes}, Null{});
      tx.execute(trial::kInsertWhole, std::numeric_limits<std::int64_t>::min(), 0, "", -1.5e300, BytesView{""},
                 std::optional<std::int64_t>{});
      tx.execute(trial::kInsertWhole, 3, true, Null{}, Null{}, Null{}, Null{});
      return {};
    }));
    database.read([&](Tx& tx) {
      const Row full = tx.find(trial::kWhole, 1).value();
      CHECK(full.integer(1) == std::numeric_limits<std::int64_t>::max());
      CHECK(full.instant(1).micros == std::numeric_limits<std::int64_t>::max());
      CHECK(full.text(2) == text);
      CHECK(full.real(3) == 0.1);
      CHECK(full.bytes(4) == bytes);
      CHECK(full.is_null(5));
      CHECK_FALSE(full.maybe_integer(5).has_value());
      const Row empty = tx.find(trial::kWhole, std::numeric_limits<std::int64_t>::min()).value();
      CHECK(empty.integer(0) == std::numeric_limits<std::int64_t>::min());
      CHECK(empty.text(2).empty());
      CHECK(empty.real(3) == -1.5e300);
      CHECK_FALSE(empty.is_null(4));
      CHECK(empty.bytes(4).empty());
      const Row nulls = tx.find(trial::kWhole, 3).value();
      CHECK(nulls.boolean(1));
      CHECK(nulls.text_or_empty(2).empty());
      CHECK_FALSE(nulls.maybe_instant(5).has_value());
      CHECK_FALSE(tx.find(trial::kWhole, 4).has_value());
      return 0;
    });
  });
}

TEST_CASE("text with a NUL or broken UTF-8 is refused before the database sees it") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    for (const std::string& text : {std::string("a\0b", 3), std::string("\xC3("), std::string("\xED\xA0\x80")}) {
      CHECK_THROWS_AS((void)database.write([&](Tx& tx) -> Result<std::int64_t> {
        return tx.execute(trial::kInsertWhole, 1, 1, text, Null{}, Null{}, Null{});
      }),
                      std::invalid_argument);
    }
    CHECK(trial::count(database) == 0);
  });
}

TEST_CASE("a reader that writes and a statement that is wrong are programmers' errors") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    CHECK_THROWS_AS(database.read([](Tx& tx) { return tx.execute(trial::kInsert, 1, 1); }), std::logic_error);
    CHECK_THROWS_AS(database.read([](Tx& tx) { return tx.query(trial::kInsertReturning, 1, 1).size(); }),
                    std::logic_error);
    CHECK_THROWS_AS(database.read([](Tx& tx) { return tx.query_composed("select nothing from nowhere", {}).size(); }),
                    std::logic_error);
    CHECK(trial::count(database) == 0);
  });
}

TEST_CASE("a composed statement takes its values on both databases") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    REQUIRE(database.write([](Tx& tx) -> Result<void> {
      for (int id = 0; id < 100; ++id)
        tx.post(trial::kInsertWhole, id, id, "n?" + std::to_string(id), Null{}, Null{}, Null{});
      return {};
    }));
    for (int turn = 0; turn < 140; ++turn) {  // more texts than are kept prepared, and then the first again
      const int from = turn % 70;
      const std::string text = "select id from trial where counter >= ?1 and name like 'n?%' and id <> " +
                               std::to_string(from) + " order by id limit ?2";
      const Rows rows = database.read([&](Tx& tx) {
        return tx.query_composed(text, {std::int64_t{from}, std::int64_t{2}});
      });
      REQUIRE(rows.size() == 2);
      CHECK(rows.at(0).integer(0) == from + 1);
      for (const int least : {from, 0}) {  // one that is there already, too
        const Rows again = database.read([&](Tx& tx) {
          return tx.query_composed(text, {std::int64_t{least}, std::int64_t{1}}, Tx::Planned::once);
        });
        CHECK(again.at(0).integer(0) == (from == least ? from + 1 : from == 0 ? 1 : 0));
      }
    }
  });
}

TEST_CASE("a reader sees one snapshot") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    REQUIRE(database.write([](Tx& tx) -> Result<std::int64_t> { return tx.execute(trial::kInsert, 1, 0); }));
    database.read([&](Tx& tx) {
      CHECK(tx.find(trial::kCounter, 1).value().integer(0) == 0);
      std::thread other([&] {
        CHECK(database.write([](Tx& inner) -> Result<std::int64_t> { return inner.execute(trial::kAdd, 1, 1); })
                  .value() == 1);
      });
      other.join();
      CHECK(tx.find(trial::kCounter, 1).value().integer(0) == 0);
      CHECK(tx.query(trial::kCount).at(0).integer(0) == 1);
      return 0;
    });
    CHECK(trial::counter(database, 1) == 1);
  });
}

TEST_CASE("many threads that add to the same counters lose and double nothing") {
  constexpr int kThreads = 12;
  constexpr int kRounds = 40;
  constexpr int kCounters = 5;
  for_each_empty_database([&](Database& database) {
    trial::make(database);
    REQUIRE(database.write([](Tx& tx) -> Result<void> {
      for (int id = 0; id < kCounters; ++id) tx.post(trial::kInsert, id, 0);
      return {};
    }));
    std::atomic<int> acknowledged{0};
    const auto work = [&](int thread) {
      for (int round = 0; round < kRounds; ++round) {
        const bool spoilt = (thread + round) % 4 == 0;
        const Result<void> done = database.write([&](Tx& tx) -> Result<void> {
          const int first = (thread + round) % kCounters;
          const int second = (thread * 3 + round * 2 + 1) % kCounters;
          // In ascending order, as rules do, or PostgreSQL has a deadlock to find every time.
          tx.execute(trial::kAdd, std::min(first, second), 1);
          tx.execute(trial::kAdd, std::max(first, second), 1);
          if (spoilt) return fail(ErrorKind::invalid, "problem.spoilt");
          return {};
        });
        if (done) ++acknowledged;
        CHECK(done.has_value() == !spoilt);
      }
    };
    std::vector<std::thread> threads;
    threads.reserve(kThreads);
    for (int thread = 0; thread < kThreads; ++thread) threads.emplace_back(work, thread);
    for (std::thread& thread : threads) thread.join();
    std::int64_t sum = 0;
    for (int id = 0; id < kCounters; ++id) sum += trial::counter(database, id);
    CHECK(acknowledged == kThreads * kRounds * 3 / 4);
    CHECK(sum == std::int64_t{2} * acknowledged);
  });
}

TEST_CASE("many threads that post alone lose and double nothing") {
  constexpr int kThreads = 24;
  constexpr int kRounds = 40;
  for_each_empty_database([&](Database& database) {
    trial::make(database);
    std::atomic<int> acknowledged{0};
    const auto work = [&](int thread) {
      for (int round = 0; round < kRounds; ++round) {
        const bool spoilt = round % 10 == 0;
        const std::int64_t id = thread * kRounds + round;
        const auto rule = [&](Tx& tx) -> Result<void> {
          tx.post(trial::kInsert, 2 * id, 0);
          tx.post(trial::kInsert, spoilt ? 2 * id : 2 * id + 1, 0);
          return {};
        };
        if (spoilt) {
          CHECK_THROWS_AS((void)database.write_posts(rule), ConstraintViolated);
        } else if (database.write_posts(rule)) {
          ++acknowledged;
        }
      }
    };
    std::vector<std::thread> threads;
    threads.reserve(kThreads);
    for (int thread = 0; thread < kThreads; ++thread) threads.emplace_back(work, thread);
    for (std::thread& thread : threads) thread.join();
    CHECK(acknowledged == kThreads * kRounds * 9 / 10);
    CHECK(trial::count(database) == 2 * acknowledged);
  });
}

TEST_CASE("hold() makes a rule that looks before it writes exact") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    REQUIRE(database.write([](Tx& tx) -> Result<std::int64_t> { return tx.execute(trial::kInsert, 1, 0); }));
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int thread = 0; thread < 8; ++thread) {
      threads.emplace_back([&] {
        for (int round = 0; round < 25; ++round) {
          const auto done = database.write([](Tx& tx) -> Result<std::int64_t> {
            tx.hold(4711);
            const std::int64_t seen = tx.find(trial::kCounter, 1).value().integer(0);
            return tx.execute(trial::kSet, 1, seen + 1);
          });
          CHECK(done.value() == 1);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(trial::counter(database, 1) == 200);
  });
}

TEST_CASE("a rule that returns before any statement costs and leaves nothing") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    CHECK(database.write([](Tx&) -> Result<int> { return 7; }).value() == 7);
    const Result<int> refused =
        database.write([](Tx&) -> Result<int> { return fail(ErrorKind::limit, "problem.slow"); });
    CHECK(refused.error().kind == ErrorKind::limit);
  });
}

TEST_CASE("what a statement lacks is told without running it") {
  for_each_empty_database([](Database& database) {
    trial::make(database);
    CHECK_FALSE(database.problem_with("select counter from trial").has_value());
    CHECK_FALSE(database.problem_with("delete from trial").has_value());
    CHECK(database.problem_with("select missing from trial").value().find("missing") != std::string::npos);
  });
}
