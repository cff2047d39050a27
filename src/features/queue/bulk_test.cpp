// Acts on many: each row is done, or told why not, and taken back only where nobody came after.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "features/queue/bulk.sql.h"
#include "features/queue/bulk_run.h"
#include "features/queue/tally.h"
#include "features/queue/test_house.h"

using namespace bursary;
using applications::State;
using bursary::testing::for_each_database;
using queue::RowOutcome;
using queue::test::House;

namespace {

using Names = std::vector<std::string>;
using Outcomes = std::map<RowOutcome, std::int64_t>;

constexpr db::Query<2> kPerson{"trial.coordinator", "insert into person (id, name, created_at) values (?1, ?2, 0)",
                               "insert into person (id, name, created_at) values ($1, $2, 0)"};
constexpr db::Query<1> kEvents{"trial.kinds",
                               "select kind, actor_id, detail from event where application_id = ?1 order by id",
                               "select kind, actor_id, detail from event where application_id = $1 order by id"};

void add_people(db::Database& database) {
  REQUIRE(database.write([](db::Tx& tx) -> Result<bool> {
    tx.execute(kPerson, 71, "Ana Lima");
    tx.execute(kPerson, 72, "Ben");
    return true;
  }));
}

std::vector<queue::Chosen> all(House& house, const queue::Filter& filter = {}) {
  return house.database().read(
      [&](db::Tx& tx) { return queue::choose_all(tx, house.program().slug, filter, house.parts().ids.next_value()); });
}

queue::BulkId start(House& house, const queue::BulkAction& action, const std::vector<queue::Chosen>& chosen,
                    const std::string& argument = "") {
  house.let_pass(std::chrono::seconds(1));
  return queue::start_bulk(house.parts(), {house.program().slug, 71, action, argument, ""}, chosen).value();
}

void finish(House& house, queue::BulkId id) { queue::run_bulk(house.parts(), id, std::chrono::seconds(60)); }

Outcomes outcomes(House& house, queue::BulkId id) {
  return house.database().read([&](db::Tx& tx) {
    Outcomes out;
    for (const db::Row row : tx.query(sql::queue::bulk::outcomes, id)) {
      out[static_cast<RowOutcome>(row.integer(0))] = row.integer(1);
    }
    return out;
  });
}

queue::BulkRecord record(House& house, queue::BulkId id) {
  return house.database().read([&](db::Tx& tx) { return queue::find_bulk(tx, house.program().slug, id).value(); });
}

void move(House& house, applications::ApplicationId id, State to) {
  house.let_pass(std::chrono::seconds(1));
  REQUIRE(house.database().write([&](db::Tx& tx) {
    return applications::move(tx, house.parts().ids, house.now(), id, {to, audit::By::staff(web::PersonId{72})});
  }));
}

void count_is_right(House& house) { CHECK(queue::check_tally(house.database(), house.program().slug).wrong == 0); }

}  // namespace

TEST_CASE("what was chosen is moved, what changed meanwhile is left alone, and undoing spares what was touched since") {
  for_each_database([](db::Database& database) {
    House house(database);
    add_people(database);
    for (const char* name : {"One", "Two", "Three", "Four"}) house.submit({.first_name = "A", .last_name = name});
    const auto rows = house.page({}, {}, 50).rows;  // Four … One
    move(house, rows[3].id, State::screening);
    auto chosen = all(house);
    REQUIRE(chosen.size() == 4);
    move(house, rows[2].id, State::returned);  // after it was chosen
    const auto id = start(house, queue::screen_action(), chosen);
    CHECK(outcomes(house, id) == Outcomes{{RowOutcome::waiting, 4}});
    finish(house, id);
    CHECK(outcomes(house, id) ==
          Outcomes{{RowOutcome::done, 2}, {RowOutcome::changed, 1}, {RowOutcome::not_allowed, 1}});
    CHECK(record(house, id).state == queue::BulkState::done);
    CHECK(house.find("state:screening") == Names{"A Four", "A Three", "A One"});
    count_is_right(house);

    move(house, rows[0].id, State::on_hold);  // Four is touched
    REQUIRE(queue::undo_bulk(house.parts(), id));
    CHECK_FALSE(queue::undo_bulk(house.parts(), id));
    finish(house, id);
    CHECK(outcomes(house, id) ==
          Outcomes{
              {RowOutcome::undone, 1}, {RowOutcome::kept, 1}, {RowOutcome::changed, 1}, {RowOutcome::not_allowed, 1}});
    CHECK(house.find("state:submitted") == Names{"A Three"});
    CHECK(house.find("state:on_hold") == Names{"A Four"});
    CHECK(record(house, id).state == queue::BulkState::undone);
    CHECK_FALSE(queue::undo_bulk(house.parts(), id));
    count_is_right(house);
    const auto kinds = database.read([&](db::Tx& tx) {
      Names out;
      for (const db::Row row : tx.query(kEvents, rows[1].id)) out.push_back(row.text(0));
      return out;
    });
    CHECK(kinds == Names{"submitted", "moved", "moved_back"});
  });
}

TEST_CASE("applications are given to a coordinator and back to whoever had them") {
  for_each_database([](db::Database& database) {
    House house(database);
    add_people(database);
    for (const char* name : {"One", "Two", "Three"}) house.submit({.first_name = "A", .last_name = name});
    const auto rows = house.page({}, {}, 50).rows;
    finish(house, start(house, queue::assign_action(), {{rows[0].id, State::submitted}}, "72"));
    CHECK(house.find("assigned:Ben") == Names{"A Three"});
    const auto id = start(house, queue::assign_action(), all(house), "71");
    finish(house, id);
    CHECK(outcomes(house, id) == Outcomes{{RowOutcome::done, 3}});
    CHECK(house.find("assigned:me") == Names{"A Three", "A Two", "A One"});
    finish(house, start(house, queue::assign_action(), {{rows[1].id, State::submitted}}, ""));
    CHECK(house.find("assigned:none") == Names{"A Two"});
    count_is_right(house);
    REQUIRE(queue::undo_bulk(house.parts(), id));
    finish(house, id);
    CHECK(outcomes(house, id) == Outcomes{{RowOutcome::undone, 2}, {RowOutcome::kept, 1}});
    CHECK(house.find("assigned:Ben") == Names{"A Three"});
    CHECK(house.find("assigned:none") == Names{"A Two", "A One"});
    count_is_right(house);
  });
}

TEST_CASE("many batches, whoever does them, do each row once; what comes in later is not meant") {
  for_each_database([](db::Database& database) {
    House house(database);
    add_people(database);
    constexpr int kMany = 3;
    for (int i = 0; i < kMany; ++i) house.submit({.first_name = "A", .last_name = std::to_string(i)});
    const std::int64_t as_of = house.parts().ids.next_value();
    house.submit({.first_name = "Late"});
    auto chosen = database.read([&](db::Tx& tx) { return queue::choose_all(tx, house.program().slug, {}, as_of); });
    CHECK(chosen.size() == kMany);
    // The same one often over: as if there were thousands.
    std::vector<queue::Chosen> often;
    while (often.size() < 3 * queue::kBulkBatch + 7) often.push_back(chosen[often.size() % chosen.size()]);
    const auto id = start(house, queue::screen_action(), often);
    CHECK(record(house, id).total == static_cast<std::int64_t>(often.size()));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { finish(house, id); });
    for (std::thread& thread : threads) thread.join();
    const Outcomes out = outcomes(house, id);
    CHECK(out.at(RowOutcome::done) == kMany);
    CHECK(out.at(RowOutcome::changed) == static_cast<std::int64_t>(often.size()) - kMany);
    CHECK(house.find("state:submitted") == Names{"Late Otieno"});
    count_is_right(house);
  });
}

TEST_CASE("an act whose server died is gone on with") {
  for_each_database([](db::Database& database) {
    House house(database);
    add_people(database);
    house.submit({.first_name = "A", .last_name = "One"});
    const auto id = start(house, queue::screen_action(), all(house));
    db::JobWrites jobs;
    queue::BulkJob job(house.parts(), jobs);
    job.step();
    CHECK(record(house, id).state == queue::BulkState::done);
    CHECK(house.find("state:screening") == Names{"A One"});
    CHECK(outcomes(house, id) == Outcomes{{RowOutcome::done, 1}});
  });
}
