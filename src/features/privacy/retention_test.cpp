#include <doctest/doctest.h>

#include "features/privacy/erase.h"
#include "features/privacy/test_world.h"

using namespace bursary;
using namespace bursary::privacy;
using applications::ApplicationId;
using applications::State;

namespace rows = sql::privacy::test_rows;

TEST_CASE("the program keeps what is over for as long as it says, and no longer") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.change([&](db::Tx& tx) { tx.execute(rows::person, 1, "Staff"); });
    const auto kept = std::chrono::hours(24) * world.programs->current()->retention_days;
    const ApplicationId declined = world.submit("declinedone");
    const ApplicationId open = world.submit("openone");
    world.move(declined, State::screening);
    world.move(declined, State::decided);
    world.clock.advance(std::chrono::hours(2400));
    world.move(declined, State::declined);
    world.move(open, State::screening);
    world.index();
    RetentionJob job(world.parts);
    world.clock.advance(kept - std::chrono::minutes(1));
    CHECK(job.run_once(10) == 0);
    CHECK_FALSE(places_of(database, "declinedone").empty());
    world.clock.advance(std::chrono::minutes(2));
    CHECK(job.run_once(10) == 1);
    CHECK(places_of(database, "declinedone").empty());
    CHECK(job.run_once(10) == 0);
    world.clock.advance(kept);
    CHECK(job.run_once(10) == 0);
    CHECK_FALSE(places_of(database, "openone").empty());
    const auto events = database.read([&](db::Tx& tx) { return tx.query(rows::events_of, declined); });
    CHECK(events.at(events.size() - 1).text(1) == R"({"why":"retention"})");
    const auto row = database.read([&](db::Tx& tx) { return *tx.find(rows::state_of, declined); });
    CHECK(row.integer(0) == static_cast<int>(State::declined));
  });
}

TEST_CASE("another node's turn is waited for") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.change([&](db::Tx& tx) { tx.execute(rows::person, 1, "Staff"); });
    const ApplicationId id = world.submit("declinedone");
    for (const State to : {State::screening, State::decided, State::declined}) world.move(id, to);
    world.clock.advance(std::chrono::hours(24) * 10'000);
    Parts other{database, world.clock, world.ids, *world.programs, world.versions, "other"};
    CHECK(RetentionJob(other).run_once(0) == 0);
    CHECK(RetentionJob(world.parts).run_once(10) == 0);
    world.clock.advance(std::chrono::hours(1));
    CHECK(RetentionJob(world.parts).run_once(10) == 1);
  });
}

// A rule that had read the address before the erasure and wrote afterwards.
TEST_CASE("what came in beside an erasure goes a little later") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const Planted planted = plant(world);
    world.change([&](db::Tx& tx) {
      REQUIRE(erase_application(tx, world.parts, planted.draft, Why::asked, audit::By::program()));
      tx.execute(rows::letter, world.next(), planted.draft, "lateletter");
    });
    RetentionJob(world.parts).run_once(10);
    CHECK(places_of(database, "lateletter").empty());
  });
}
