// Moving on by the table, with its event and its places in the queue's indexes.
#include <doctest/doctest.h>

#include <thread>

#include "features/applications/test_house.h"

using namespace bursary;
using namespace bursary::applications;

namespace {

constexpr db::Query<1> kState{"trial.state", "select state, version from application where id = ?1",
                              "select state, version from application where id = $1"};
constexpr db::Query<1> kAreas{"trial.areas",
                              "select area, state from application_area where queue_id = ?1 order by area",
                              "select area, state from application_area where queue_id = $1 order by area"};
constexpr db::Query<1> kMoved{
    "trial.moved",
    "select detail, actor_kind, actor_id from event where application_id = ?1 and kind = 'moved' order by id",
    "select detail, actor_kind, actor_id from event where application_id = $1 and kind = 'moved' order by id"};
constexpr web::PersonId kCoordinator{77};

Application submitted(House& house) {
  SubmitRequest request = house.good_request();
  request.answers.set(house.program()->form.meanings.areas, std::vector<std::string>{"alignment", "robustness"});
  return submit(house.parts, request).value().application;
}

Result<State> moved(House& house, ApplicationId id, const Move& to) {
  return house.database.write([&](db::Tx& tx) { return move(tx, house.ids, house.clock.now(), id, to); });
}

}  // namespace

TEST_CASE("a move changes state, areas and version, and says who made it") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    const Application application = submitted(house);
    const auto from =
        moved(house, application.id, {State::screening, audit::By::staff(kCoordinator), "moved", R"("why":"x")"});
    REQUIRE(from);
    CHECK(*from == State::submitted);
    database.read([&](db::Tx& tx) {
      const auto row = tx.find(kState, application.id);
      CHECK(row->integer(0) == static_cast<int>(State::screening));
      CHECK(row->integer(1) == application.version + 1);
      const auto areas = tx.query(kAreas, application.queue_id);
      REQUIRE(areas.size() == 2);
      for (const db::Row area : areas) CHECK(area.integer(1) == static_cast<int>(State::screening));
      const auto events = tx.query(kMoved, application.id);
      REQUIRE(events.size() == 1);
      CHECK(events.at(0).text(0) == R"({"from":"submitted","to":"screening","why":"x"})");
      CHECK(events.at(0).integer(1) == static_cast<int>(Actor::staff));
      CHECK(events.at(0).integer(2) == kCoordinator.value);
      return true;
    });
  });
}

TEST_CASE("what the table does not have, and what was decided on another state, changes nothing") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    const Application application = submitted(house);
    CHECK(moved(house, application.id, {State::awarded, audit::By::staff(kCoordinator)}).error().kind ==
          ErrorKind::conflict);
    CHECK(moved(house, application.id, {State::screening, audit::By::applicant()}).error().kind == ErrorKind::conflict);
    Move late{State::screening, audit::By::staff(kCoordinator)};
    late.seen = State::returned;
    CHECK(moved(house, application.id, late).error().kind == ErrorKind::conflict);
    CHECK(moved(house, ApplicationId{5}, {State::screening, audit::By::staff(kCoordinator)}).error().kind ==
          ErrorKind::not_found);
    database.read([&](db::Tx& tx) {
      CHECK(tx.find(kState, application.id)->integer(0) == static_cast<int>(State::submitted));
      CHECK(tx.query(kMoved, application.id).empty());
      return true;
    });
  });
}

TEST_CASE("of two who move at once one has it and the other is told") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    const Application application = submitted(house);
    std::atomic<int> done{0}, refused{0};
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, i] {
        Move to{i % 2 == 0 ? State::screening : State::returned, audit::By::staff(kCoordinator)};
        to.seen = State::submitted;
        const auto outcome = moved(house, application.id, to);
        done += outcome ? 1 : 0;
        refused += !outcome && outcome.error().kind == ErrorKind::conflict ? 1 : 0;
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(done == 1);
    CHECK(refused == 7);
    CHECK(database.read([&](db::Tx& tx) { return tx.query(kMoved, application.id).size(); }) == 1);
  });
}
