#include "features/ledger/ledger.h"

#include <doctest/doctest.h>

#include <thread>

#include "features/ledger/batcher.h"
#include "features/ledger/doubt.h"
#include "features/ledger/test_rows.sql.h"
#include "features/ledger/verify.h"
#include "tests/support/databases.h"
#include "tests/support/troubled_database.h"

using namespace bursary;
using namespace bursary::ledger;
using namespace bursary::testing;
using namespace std::chrono_literals;

namespace {

namespace rows = sql::ledger::test_rows;

constexpr std::int64_t kUnit = 1'000'000'000;
constexpr std::int64_t kAward = 7;

// A pool of 1,000, an award with 100 of it, and a limit of 30 for ever.
struct House {
  explicit House(db::Database& opened) : database(opened), ids(clock, opened.node()) {
    write([&](db::Tx& tx) {
      sponsor = open_account(tx, ids, {AccountKind::sponsor, 0, "test", "USD"});
      pool = open_account(tx, ids, {AccountKind::pool, 1, "test", "USD"});
      promised = open_account(tx, ids, {AccountKind::promised, kAward, "test", "USD"});
      award = open_account(tx, ids, {AccountKind::award, kAward, "test", "USD"});
      doubt = open_account(tx, ids, {AccountKind::doubt, kAward, "test", "USD"});
      spent = open_account(tx, ids, {AccountKind::spent, kAward, "test", "USD"});
      limit = ids.next<LimitTag>();
      add_limit(tx, limit, 30 * kUnit, Period::none, std::nullopt, clock.now());
      move(tx, Reason::funded, sponsor, pool, 1000);
      move(tx, Reason::promised, pool, promised, 100);
      move(tx, Reason::released, promised, award, 100);
    });
  }
  void write(const std::function<void(db::Tx&)>& rule) {
    const auto done = database.write([&](db::Tx& tx) -> Result<void> {
      rule(tx);
      return {};
    });
    REQUIRE(done);
  }
  void move(db::Tx& tx, Reason reason, AccountId from, AccountId to, std::int64_t units) {
    REQUIRE(carry_out(tx, {ids.next<TransferTag>(), reason, from, to, units * kUnit, clock.now()}));
  }
  Account account(AccountId id) {
    return database.read([&](db::Tx& tx) { return find_account(tx, id).value(); });
  }
  Limit limit_of(LimitId id) {
    return database.read([&](db::Tx& tx) { return find_limit(tx, id, clock.now()).value(); });
  }
  Claim claim(std::int64_t units, LimitId of = {}) {
    return {ids.next<TransferTag>(), award, spent, units * kUnit, {of, {}, {}}, "a call"};
  }
  void holds() {
    const Verification found = verify(database);
    CHECK_MESSAGE(!found.problem, found.problem.value_or(""));
  }
  // As another node does that watches for half a minute; `alive` is seen to live.
  std::size_t recover(Batcher& alive, Journal* journal = nullptr) {
    Recovery recovery(database, clock, ids, journal);
    const auto start = std::chrono::steady_clock::now();
    std::size_t all = recovery.step(start, 3);
    REQUIRE(alive.reserve(claim(1)).held());
    for (std::size_t done = 1; done > 0; all += done) done = recovery.step(start + Recovery::kSilence, 3);
    return all;
  }

  db::Database& database;
  FakeClock clock{Instant{1'780'000'000'000'000}};
  IdSource ids;
  AccountId sponsor, pool, promised, award, doubt, spent;
  LimitId limit;
};

}  // namespace

TEST_CASE("ledger: money goes from the sponsor to an award and back, and no further than there is") {
  for_each_database([](db::Database& database) {
    House house(database);
    CHECK(house.account(house.sponsor).balance() == -1000 * kUnit);
    CHECK(house.account(house.pool).balance() == 900 * kUnit);
    CHECK(house.account(house.promised).balance() == 0);
    CHECK(house.account(house.award).free() == 100 * kUnit);
    house.write([&](db::Tx& tx) { house.move(tx, Reason::given_back, house.award, house.pool, 40); });
    CHECK(house.account(house.pool).balance() == 940 * kUnit);

    const auto too_much = database.write([&](db::Tx& tx) {
      return carry_out(tx, {house.ids.next<TransferTag>(), Reason::given_back, house.award, house.pool, 60 * kUnit + 1,
                            house.clock.now()});
    });
    REQUIRE(!too_much);
    CHECK(too_much.error().kind == ErrorKind::limit);
    CHECK(house.account(house.award).free() == 60 * kUnit);
    CHECK_THROWS_AS((void)database.write([&](db::Tx& tx) {
      return carry_out(
          tx, {house.ids.next<TransferTag>(), Reason::funded, house.award, house.pool, kUnit, house.clock.now()});
    }),
                    std::logic_error);
    house.holds();
  });
}

TEST_CASE("ledger: what is asked for twice under one key moves once, and never something else") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto ask = [&](std::int64_t amount) {
      return database.write([&](db::Tx& tx) {
        return carry_out(tx, {house.ids.next<TransferTag>(), Reason::given_back, house.award, house.pool, amount,
                              house.clock.now(), std::nullopt, std::nullopt, "key-1"});
      });
    };
    const auto first = ask(kUnit), second = ask(kUnit), other = ask(2 * kUnit);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(*first == *second);
    REQUIRE(!other);
    CHECK(other.error().kind == ErrorKind::conflict);
    CHECK(house.account(house.award).balance() == 99 * kUnit);

    std::vector<std::thread> rivals;
    rivals.reserve(8);
    std::atomic<int> done = 0;
    for (int i = 0; i < 8; ++i) {
      rivals.emplace_back([&] {
        const auto moved = database.write([&](db::Tx& tx) {
          return carry_out(tx, {house.ids.next<TransferTag>(), Reason::given_back, house.award, house.pool, kUnit,
                                house.clock.now(), std::nullopt, std::nullopt, "key-2"});
        });
        if (moved) ++done;
      });
    }
    for (std::thread& rival : rivals) rival.join();
    CHECK(done == 8);
    CHECK(house.account(house.award).balance() == 98 * kUnit);
    house.holds();
  });
}

TEST_CASE("ledger: a reservation is held, ends once at its cost, and the rest is free again") {
  for_each_database([](db::Database& database) {
    House house(database);
    Batcher batcher(database, house.clock, house.ids, "a", nullptr);
    const Claim claim = house.claim(20, house.limit);
    REQUIRE(batcher.reserve(claim).held());
    CHECK(house.account(house.award).free() == 80 * kUnit);
    CHECK(house.limit_of(house.limit).left() == 10 * kUnit);

    const Answer over = batcher.reserve(house.claim(11, house.limit));
    CHECK(over.kind == Answer::Kind::over_cap);
    CHECK(over.which == 0);
    CHECK(over.left == 10 * kUnit);
    const Answer poor = batcher.reserve(house.claim(81));
    CHECK(poor.kind == Answer::Kind::short_of_money);
    CHECK(poor.left == 80 * kUnit);

    batcher.end({claim.id, 5 * kUnit});
    batcher.end({claim.id, 7 * kUnit});
    REQUIRE(batcher.stop());
    CHECK(house.account(house.award).free() == 95 * kUnit);
    CHECK(house.account(house.spent).balance() == 5 * kUnit);
    CHECK(house.limit_of(house.limit).left() == 25 * kUnit);
    house.holds();
  });
}

TEST_CASE("ledger: a closed account and a closed limit reserve nothing, at once and for everybody") {
  for_each_database([](db::Database& database) {
    House house(database);
    Batcher one(database, house.clock, house.ids, "a", nullptr);
    house.write([&](db::Tx& tx) { close_limit(tx, house.limit, house.clock.now()); });
    CHECK(one.reserve(house.claim(1, house.limit)).kind == Answer::Kind::closed);
    CHECK(one.reserve(house.claim(1, house.limit)).which == 0);
    CHECK(one.reserve(house.claim(1)).held());
    house.write([&](db::Tx& tx) { close_limit(tx, house.limit, house.clock.now() + 1h); });
    CHECK(one.reserve(house.claim(1, house.limit)).held());
    house.clock.advance(1h);
    CHECK(one.reserve(house.claim(1, house.limit)).kind == Answer::Kind::closed);
    house.write([&](db::Tx& tx) { close_account(tx, house.award, house.clock.now()); });
    const Answer paused = one.reserve(house.claim(1));
    CHECK(paused.kind == Answer::Kind::closed);
    CHECK(paused.which == -1);
    house.write([&](db::Tx& tx) { close_account(tx, house.award, std::nullopt); });
    CHECK(one.reserve(house.claim(1)).held());
  });
}

TEST_CASE("ledger: a new day lets through again and forgets nothing") {
  for_each_database([](db::Database& database) {
    House house(database);
    const LimitId daily = house.ids.next<LimitTag>();
    house.write([&](db::Tx& tx) { add_limit(tx, daily, 25 * kUnit, Period::day, 10 * kUnit, house.clock.now()); });
    Batcher batcher(database, house.clock, house.ids, "a", nullptr);
    const auto spend = [&](std::int64_t units) {
      const Claim claim = house.claim(units, daily);
      const Answer answer = batcher.reserve(claim);
      if (answer.held()) batcher.end({claim.id, units * kUnit});
      return answer;
    };
    CHECK(spend(10).held());
    CHECK(spend(1).kind == Answer::Kind::over_cap);
    house.clock.advance(24h);
    CHECK(spend(10).held());
    house.clock.advance(-48h);
    CHECK(spend(1).kind == Answer::Kind::over_cap);  // a clock that steps back begins no day
    house.clock.advance(72h);
    CHECK(spend(6).left == 5 * kUnit);
    CHECK(spend(5).held());
    REQUIRE(batcher.stop());
    CHECK(house.limit_of(daily).spent == 25 * kUnit);
    house.holds();
  });
}

TEST_CASE("ledger: what a crash leaves in flight is doubted whole, listed, and cleared once") {
  for_each_database([](db::Database& database) {
    House house(database);
    std::vector<Claim> claims;
    {
      Batcher batcher(database, house.clock, house.ids, "a", nullptr);
      for (int i = 0; i < 5; ++i) {
        claims.push_back(house.claim(4, house.limit));
        REQUIRE(batcher.reserve(claims.back()).held());
      }
      batcher.abandon();
    }
    CHECK(house.account(house.award).held == 20 * kUnit);
    house.holds();
    Batcher next(database, house.clock, house.ids, "b", nullptr);
    REQUIRE(next.reserve(house.claim(1)).held());
    CHECK(house.recover(next) == 5);
    CHECK(house.account(house.doubt).balance() == 20 * kUnit);
    CHECK(house.account(house.award).free() == 78 * kUnit);
    CHECK(house.limit_of(house.limit).left() == 10 * kUnit);
    house.holds();

    const auto listed = database.read([](db::Tx& tx) { return doubts(tx, std::nullopt, 10); });
    REQUIRE(listed.size() == 5);
    CHECK(listed.front().id == claims.front().id);
    CHECK(listed.front().amount == 4 * kUnit);

    // Whoever thought it was dead was wrong: the cost comes late. Then staff, then nobody any more.
    next.end({claims.at(0).id, 3 * kUnit});
    REQUIRE(next.stop());
    const auto clear = [&](std::size_t which, std::int64_t units) {
      return database
          .write([&](db::Tx& tx) -> Result<bool> {
            return clear_doubt(tx, house.ids, claims.at(which).id, units * kUnit, house.clock.now(), 9, nullptr);
          })
          .value();
    };
    CHECK(!clear(0, 1));
    CHECK(clear(1, 0));
    CHECK(clear(2, 4));
    CHECK(clear(3, 100));
    CHECK(!clear(3, 0));
    CHECK(house.account(house.doubt).balance() == 4 * kUnit);
    CHECK(house.account(house.spent).balance() == 11 * kUnit);
    CHECK(house.limit_of(house.limit).spent == 15 * kUnit);
    CHECK(verify(database).doubts == 1);
    house.holds();
  });
}

TEST_CASE("ledger: a database that is away refuses calls, and what ended meanwhile is charged when it is back") {
  for_each_database([](db::Database& database) {
    House house(database);
    TroubledDatabase troubled(database);
    Batcher batcher(troubled, house.clock, house.ids, "a", nullptr, {.pause = 5ms});
    const Claim claim = house.claim(10);
    REQUIRE(batcher.reserve(claim).held());
    troubled.away = true;
    CHECK(batcher.reserve(house.claim(1)).kind == Answer::Kind::unavailable);
    batcher.end({claim.id, 3 * kUnit});
    CHECK(batcher.reserve(house.claim(1)).kind == Answer::Kind::unavailable);
    troubled.away = false;
    REQUIRE(batcher.stop());
    CHECK(house.account(house.spent).balance() == 3 * kUnit);
    CHECK(house.account(house.award).free() == 97 * kUnit);
    house.holds();
  });
}

TEST_CASE("ledger: a reservation whose commit nobody can tell is refused and let go") {
  for_each_database([](db::Database& database) {
    House house(database);
    TroubledDatabase troubled(database);
    Batcher batcher(troubled, house.clock, house.ids, "a", nullptr, {.pause = 5ms});
    REQUIRE(batcher.reserve(house.claim(1)).held());
    troubled.lose_answers = true;
    CHECK(batcher.reserve(house.claim(50)).kind == Answer::Kind::unavailable);
    troubled.lose_answers = false;
    REQUIRE(batcher.stop());
    CHECK(house.account(house.award).free() == 99 * kUnit);
    CHECK(house.account(house.spent).balance() == 0);
    house.holds();
  });
}

TEST_CASE("ledger: one that is wrong spoils no other of its group") {
  for_each_database([](db::Database& database) {
    House house(database);
    Batcher batcher(database, house.clock, house.ids, "a", nullptr);
    std::atomic<int> held = 0, refused = 0;
    for (int i = 0; i < 12; ++i) {
      Claim claim = house.claim(1);
      if (i % 4 == 1) claim.limits.at(0) = LimitId{12345};  // there is none such
      if (i % 4 == 2) claim.to = house.doubt;
      batcher.reserve(std::move(claim), [&](const Answer& answer) { ++(answer.held() ? held : refused); });
    }
    REQUIRE(batcher.stop());
    CHECK(held == 6);
    CHECK(refused == 6);
    CHECK(house.account(house.award).held == 6 * kUnit);
    house.holds();
  });
}

TEST_CASE("ledger: many callers share a transaction") {
  for_each_database([](db::Database& database) {
    House house(database);
    Batcher batcher(database, house.clock, house.ids, "a", nullptr);
    std::vector<std::thread> callers;
    callers.reserve(16);
    for (int i = 0; i < 16; ++i) {
      callers.emplace_back([&] {
        for (int n = 0; n < 20; ++n) {
          Claim claim = house.claim(1);
          claim.amount = 1;
          if (batcher.reserve(claim).held()) batcher.end({claim.id, 1});
        }
      });
    }
    for (std::thread& caller : callers) caller.join();
    REQUIRE(batcher.stop());
    const Batcher::Figures figures = batcher.figures();
    CHECK(figures.reserved == 320);
    CHECK(figures.ended == 320);
    CHECK(figures.transactions < 320);
    CHECK(house.account(house.spent).balance() == 320);
  });
}

TEST_CASE("ledger: verify names what somebody changed behind its back") {
  for_each_database([](db::Database& database) {
    House house(database);
    Batcher batcher(database, house.clock, house.ids, "a", nullptr);
    const Claim claim = house.claim(10, house.limit);
    REQUIRE(batcher.reserve(claim).held());
    batcher.end({claim.id, 4 * kUnit});
    REQUIRE(batcher.stop());
    house.holds();
    // Each in a transaction that is taken back after the look.
    const auto found_after = [&](const std::function<void(db::Tx&)>& change) {
      std::string found;
      const auto undone = database.write([&](db::Tx& tx) -> Result<void> {
        change(tx);
        found = verify(tx).problem.value_or("");
        return fail(ErrorKind::conflict, "problem.stale");
      });
      CHECK(!undone);
      return found;
    };
    CHECK(found_after([&](db::Tx& tx) { tx.execute(rows::add_to_account, house.pool); }).find("came in") !=
          std::string::npos);
    CHECK(found_after([&](db::Tx& tx) { tx.execute(rows::add_to_transfer, claim.id); }).find("account") !=
          std::string::npos);
    CHECK(found_after([&](db::Tx& tx) { tx.execute(rows::forget_transfer, claim.id); }).find("went out") !=
          std::string::npos);
    CHECK(found_after([&](db::Tx& tx) { tx.execute(rows::turn_round, claim.id); }).find("does not lead") !=
          std::string::npos);
    CHECK(found_after([&](db::Tx& tx) { tx.execute(rows::take_from_limit, house.limit); }).find("limit") !=
          std::string::npos);
    house.holds();
  });
}

TEST_CASE("ledger: a statement tells what came and went, the newest first, page by page") {
  for_each_database([](db::Database& database) {
    House house(database);
    for (const std::int64_t units : {1, 2, 3})
      house.write([&](db::Tx& tx) { house.move(tx, Reason::given_back, house.award, house.pool, units); });
    const auto page = [&](AccountId account, std::optional<TransferId> before) {
      return database.read([&](db::Tx& tx) { return statement(tx, account, before, 2); });
    };
    const auto first = page(house.award, std::nullopt);
    REQUIRE(first.size() == 2);
    CHECK(first.at(0).amount == 3 * kUnit);
    CHECK(first.at(1).amount == 2 * kUnit);
    const auto second = page(house.award, first.at(1).id);
    REQUIRE(second.size() == 2);
    CHECK(second.at(0).amount == 1 * kUnit);
    CHECK(second.at(1).reason == Reason::released);
    CHECK(page(house.award, second.at(1).id).empty());
    CHECK(page(house.pool, std::nullopt).at(0).to == house.pool);
  });
}
