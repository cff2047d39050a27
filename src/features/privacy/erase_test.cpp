#include "features/privacy/erase.h"

#include <doctest/doctest.h>

#include <thread>

#include "features/audit/chain.h"
#include "features/privacy/test_world.h"

using namespace bursary;
using namespace bursary::privacy;
using applications::ApplicationId;
using applications::State;

namespace rows = sql::privacy::test_rows;

TEST_CASE("an erasure leaves nothing of a person in any table") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const Planted planted = plant(world);
    const auto texts = world.count("application_text");
    const Target target = world.find("ZanzibarQuux@example.org ");
    CHECK(target.person == planted.person);
    CHECK(target.applications.size() == 2);
    const auto erased = erase(world.parts, target, Why::asked, audit::By::applicant(planted.person));
    REQUIRE(erased);
    CHECK(erased->applications == 2);
    CHECK(erased->people == 1);
    CHECK(places_of(database, kMark) == std::set<std::string>{});
    // Somebody else's is as it was.
    CHECK(world.count("application_text") == texts - 1);
    CHECK_FALSE(places_of(database, "somebodyelse").empty());
    CHECK(world.count("similarity_band") == 16);
    CHECK(world.count("reading") == 6);
    // Once more is the same as once.
    const auto again = erase(world.parts, target, Why::asked, audit::By::program());
    REQUIRE(again);
    CHECK(again->applications + again->people == 0);
    CHECK(database.read([](db::Tx& tx) { return erasures(tx); }).size() == 3);
    CHECK(world.find("zanzibarquux@example.org").empty());
  });
}

TEST_CASE("what stays of an erased application: its row with its dates, what happened, and a chain that holds") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const Planted planted = plant(world);
    REQUIRE(erase(world.parts, world.find("zanzibarquux@example.org"), Why::asked, audit::By::program()));
    const auto row = database.read([&](db::Tx& tx) { return *tx.find(rows::state_of, planted.submitted); });
    CHECK(row.integer(0) == static_cast<int>(State::withdrawn));
    CHECK_FALSE(row.is_null(1));  // the reference
    CHECK_FALSE(row.is_null(2));  // when it was submitted
    CHECK(row.is_null(3));        // its place in the queue
    CHECK(row.text(4).empty());   // the country
    const auto events = database.read([&](db::Tx& tx) { return tx.query(rows::events_of, planted.submitted); });
    REQUIRE(events.size() == 3);
    CHECK(events.at(0).text(0) == "submitted");
    CHECK(events.at(1).text(0) == "moved");
    CHECK(events.at(2).text(0) == "erased");
    CHECK(events.at(2).text(1) == R"({"why":"asked"})");
    CHECK(database.read([&](db::Tx& tx) { return tx.find(rows::decision_state, planted.submitted)->integer(0); }) == 4);
    // It is counted no more.
    CHECK(database.read([](db::Tx& tx) { return tx.query(rows::tally).at(0).integer(0); }) == 2);
    db::JobWrites writes;
    audit::SealJob({database, world.clock, "test"}, writes).run_once(100);
    CHECK_FALSE(audit::verify(database).problem);
  });
}

TEST_CASE("nothing of an erased person is in the database's files: pages, free pages, full text, log") {
  testing::SqliteForTest sqlite;
  World world(*sqlite.database);
  plant(world);
  REQUIRE_FALSE(files_with(sqlite.folder.path(), kMark).empty());
  REQUIRE(erase(world.parts, world.find("zanzibarquux@example.org"), Why::asked, audit::By::program()));
  RetentionJob job(world.parts);
  int steps = 0;
  while (job.purge_once()) REQUIRE(++steps < 1000);
  CHECK(steps >= 2);
  // The log is emptied when nobody has written for a while.
  std::vector<std::string> left;
  for (int i = 0; i < 100; ++i) {
    left = files_with(sqlite.folder.path(), kMark);
    if (left.empty()) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  CHECK(left == std::vector<std::string>{});
  CHECK_FALSE(files_with(sqlite.folder.path(), "somebodyelse").empty());
}

TEST_CASE("one application by its reference; its person stays") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const Planted planted = plant(world);
    const auto reference =
        database.read([&](db::Tx& tx) { return tx.find(rows::state_of, planted.submitted)->text(1); });
    const Target target = world.find(" " + reference);
    CHECK_FALSE(target.person);
    REQUIRE(target.applications.size() == 1);
    const auto erased = erase(world.parts, target, Why::staff, audit::By::staff({1}));
    REQUIRE(erased);
    CHECK(erased->applications == 1);
    CHECK(erased->people == 0);
    CHECK(world.count("person_email") == 1);
    CHECK(world.count("sign_in") == 1);
    CHECK(world.count("draft") == 1);
    CHECK(world.find(reference).empty());
    CHECK(erase(world.parts, {}, Why::staff, audit::By::staff({1})).error().kind == ErrorKind::not_found);
  });
}

// Before the index job has listed the address.
TEST_CASE("an application is found by its address at once") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const ApplicationId id = world.submit(kMark);
    const Target target = world.find("zanzibarquux@example.org");
    REQUIRE(target.applications.size() == 1);
    CHECK(target.applications.front().id == id);
  });
}

TEST_CASE("whoever works here is not erased before their roles are taken") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const Planted planted = plant(world);
    world.change([&](db::Tx& tx) { tx.execute(rows::role, planted.person); });
    const auto refused = erase(world.parts, world.find("zanzibarquux@example.org"), Why::staff, audit::By::staff({1}));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::conflict);
    CHECK(world.count("submission") == 3);
    world.change([&](db::Tx& tx) { tx.execute(rows::drop_roles, planted.person); });
    CHECK(erase(world.parts, world.find("zanzibarquux@example.org"), Why::staff, audit::By::staff({1})));
  });
}

TEST_CASE("the index job writes no document of an application that was erased") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const ApplicationId id = world.submit(kMark);
    const auto so_far = database.read([](db::Tx& tx) { return queue::erasures_so_far(tx); });
    world.change(
        [&](db::Tx& tx) { REQUIRE(erase_application(tx, world.parts, id, Why::asked, audit::By::program())); });
    // By this the job sees that what it has read may be gone.
    CHECK(database.read([](db::Tx& tx) { return queue::erasures_so_far(tx); }) == so_far + 1);
    world.index();
    CHECK(world.count("application_text") == 0);
    CHECK(places_of(database, kMark).empty());
  });
}

TEST_CASE("another copy of the database is told what was erased") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const Planted planted = plant(world);
    const std::vector<Erasure> list = {{Subject::application, planted.submitted.value, world.clock.now()},
                                       {Subject::person, planted.person.value, world.clock.now()},
                                       {Subject::application, 424242, world.clock.now()}};
    const auto applied = apply_erasures(world.parts, list);
    REQUIRE(applied);
    CHECK(applied->applications == 1);
    CHECK(applied->people == 1);
    CHECK(world.count("person_email") == 0);
    CHECK(database.read([](db::Tx& tx) { return erasures(tx); }) == list);
    CHECK(apply_erasures(world.parts, list)->applications == 0);
  });
}
