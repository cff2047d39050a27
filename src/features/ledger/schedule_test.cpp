// Random schedules against what a provider would have seen: many callers, two nodes where the database allows it,
// crashes, repeated ends, a database that fails in the middle.
#include <doctest/doctest.h>

#include <thread>

#include "base/random.h"
#include "features/ledger/batcher.h"
#include "features/ledger/doubt.h"
#include "features/ledger/test_rows.sql.h"
#include "features/ledger/verify.h"
#include "tests/support/databases.h"
#include "tests/support/troubled_database.h"

using namespace bursary;
using namespace bursary::ledger;
using namespace bursary::testing;

namespace {

namespace rows = sql::ledger::test_rows;

constexpr std::int64_t kHeld = 400'000;  // of the award: about half of what is asked for

// What the provider served: the truth.
class Provider {
 public:
  void serve(TransferId id, std::int64_t cost) {
    const std::lock_guard lock(mutex_);
    CHECK(served_.emplace(id, cost).second);
    sum_ += cost;
    CHECK(sum_ <= kHeld);
  }
  std::map<TransferId, std::int64_t> served() {
    const std::lock_guard lock(mutex_);
    return served_;
  }

 private:
  std::mutex mutex_;
  std::map<TransferId, std::int64_t> served_;
  std::int64_t sum_ = 0;
};

struct World {
  World(db::Database& opened, std::uint64_t seed) : database(opened), ids(clock, opened.node()), random(seed) {
    const auto set_up = database.write([&](db::Tx& tx) -> Result<void> {
      const auto open = [&](AccountKind kind, std::int64_t owner) {
        return open_account(tx, ids, {kind, owner, "test", "USD"});
      };
      const AccountId sponsor = open(AccountKind::sponsor, 0), pool = open(AccountKind::pool, 1),
                      promised = open(AccountKind::promised, 2);
      award = open(AccountKind::award, 2);
      doubted = open(AccountKind::doubt, 2);
      spent = open(AccountKind::spent, 2);
      for (LimitId& limit : limits) {
        limit = ids.next<LimitTag>();
        add_limit(tx, limit, kHeld / 2, Period::day, kHeld / 3, clock.now());
      }
      for (const auto& [reason, from, to] : {std::tuple{Reason::funded, sponsor, pool},
                                             {Reason::promised, pool, promised},
                                             {Reason::released, promised, award}}) {
        if (auto moved = carry_out(tx, {ids.next<TransferTag>(), reason, from, to, kHeld, clock.now()}); !moved)
          return fail(std::move(moved).error());
      }
      return {};
    });
    REQUIRE(set_up);
  }

  // One caller: reserves, is served, ends, and sometimes ends again.
  void call(Batcher& batcher, Provider& provider, SeededRandom& dice) {
    Claim claim{ids.next<TransferTag>(), award, spent, static_cast<std::int64_t>(1 + dice.below(2000)), {}, "{}"};
    for (std::size_t i = 0; i < kLimits; ++i) {
      if (dice.below(2) == 0) claim.limits.at(i) = limits.at(i);
    }
    if (!batcher.reserve(claim).held()) return;
    const auto cost = static_cast<std::int64_t>(dice.below(static_cast<std::uint64_t>(claim.amount) + 1));
    provider.serve(claim.id, cost);
    if (dice.below(40) == 0) return;  // its thread is gone before it could say so
    batcher.end({claim.id, cost});
    if (dice.below(4) == 0) batcher.end({claim.id, claim.amount});
  }

  void round(std::size_t nodes, Provider& provider) {
    std::vector<std::unique_ptr<Batcher>> batchers;
    for (std::size_t i = 0; i < nodes; ++i)
      batchers.push_back(std::make_unique<Batcher>(database, clock, ids, "node", nullptr));
    std::vector<std::thread> callers;
    std::atomic<bool> stop = false;
    for (std::size_t i = 0; i < 6; ++i) {
      callers.emplace_back([&, seed = random.u64(), &batcher = *(i % 2 == 0 ? batchers.front() : batchers.back())] {
        SeededRandom dice(seed);
        for (int n = 0; n < 40 && !stop; ++n) call(batcher, provider, dice);
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(random.below(30)));
    batchers.front()->abandon();
    for (std::thread& caller : callers) caller.join();
    for (auto& batcher : batchers) batcher->stop();
    clear_all();
    clock.advance(std::chrono::hours(5));
  }

  // Everybody is dead: what they left becomes doubts.
  void clear_all() {
    Recovery recovery(database, clock, ids, nullptr);
    const auto start = std::chrono::steady_clock::now();
    recovery.step(start, 100);
    while (recovery.step(start + Recovery::kSilence, 100) > 0) {
    }
    const Verification found = verify(database);
    CHECK_MESSAGE(!found.problem, found.problem.value_or(""));
    CHECK(found.open == 0);
  }

  // Each call that was served is charged at its cost, or is among the doubts; nothing else costs anything.
  void agrees(Provider& provider) {
    const auto served = provider.served();
    std::map<TransferId, std::pair<Reason, std::int64_t>> told;
    for (const db::Row row : database.read([](db::Tx& tx) { return tx.query(rows::calls); }))
      told.emplace(row.id<TransferId>(0), std::pair{static_cast<Reason>(row.integer(1)), row.integer(2)});
    std::size_t doubted_calls = 0;
    for (const auto& [id, cost] : served) {
      REQUIRE(told.contains(id));
      const auto& [reason, amount] = told.at(id);
      if (reason == Reason::doubted) {
        ++doubted_calls;
        CHECK(amount >= cost);
      } else {
        CHECK(amount == cost);
      }
    }
    for (const auto& [id, what] : told) {
      if (what.first == Reason::charged && !served.contains(id)) CHECK(what.second == 0);
    }
    CHECK(served.size() > 50);
    CHECK(doubted_calls > 0);
    CHECK(doubted_calls < served.size());
  }

  // The provider's bill is read: every doubt is cleared by it.
  void reconcile(Provider& provider) {
    const auto served = provider.served();
    for (;;) {
      const auto open = database.read([](db::Tx& tx) { return doubts(tx, std::nullopt, 50); });
      if (open.empty()) break;
      for (const Doubt& one : open) {
        const auto found = served.find(one.id);
        const auto cleared = database.write([&](db::Tx& tx) -> Result<bool> {
          return clear_doubt(tx, ids, one.id, found == served.end() ? 0 : found->second, clock.now(), std::nullopt,
                             nullptr);
        });
        REQUIRE(cleared);
        CHECK(*cleared);
      }
    }
    std::int64_t sum = 0;
    for (const auto& [id, cost] : served) sum += cost;
    const auto account = database.read([&](db::Tx& tx) { return find_account(tx, spent).value(); });
    CHECK(account.balance() == sum);
  }

  db::Database& database;
  FakeClock clock{Instant{1'780'000'000'000'000}};
  IdSource ids;
  SeededRandom random;
  AccountId award, doubted, spent;
  std::array<LimitId, kLimits> limits{};
};

}  // namespace

TEST_CASE(
    "ledger: under random schedules and crashes no award spends more than it holds, and no call is lost or charged "
    "twice") {
  for_each_database([](db::Database& database) {
    World world(database, 20260601);
    Provider provider;
    const std::size_t nodes = database.dialect() == db::Dialect::sqlite ? 1 : 2;
    for (int i = 0; i < 8; ++i) world.round(nodes, provider);
    world.agrees(provider);
    world.reconcile(provider);
    const Verification found = verify(database);
    CHECK_MESSAGE(!found.problem, found.problem.value_or(""));
    CHECK(found.doubts == 0);
  });
}
