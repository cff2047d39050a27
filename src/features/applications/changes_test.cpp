// Changing an application that came in, withdrawing it, and beginning another from it.
#include "features/applications/changes.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "features/applications/changes_test.sql.h"
#include "features/applications/staff.h"
#include "features/applications/test_house.h"

using namespace bursary;
using namespace bursary::applications;

namespace {

constexpr web::PersonId kCoordinator{77};
constexpr db::Query<1> kAreas{"trial.areas",
                              "select area, state from application_area where queue_id = ?1 order by area",
                              "select area, state from application_area where queue_id = $1 order by area"};
constexpr db::Query<1> kKinds{"trial.kinds", "select kind from event where application_id = ?1 order by id",
                              "select kind from event where application_id = $1 order by id"};
constexpr db::Query<1> kNumbers{"trial.numbers",
                                "select number from submission where application_id = ?1 order by number",
                                "select number from submission where application_id = $1 order by number"};
constexpr db::Query<1> kPeople{"trial.people", "insert into person (id, name, created_at) values (?1, 'C', 0)",
                               "insert into person (id, name, created_at) values ($1, 'C', 0)"};

struct World : House {
  explicit World(db::Database& opened) : House(opened) {
    REQUIRE(database.write([&](db::Tx& tx) -> Result<std::int64_t> { return tx.execute(kPeople, kCoordinator); }));
    submitted = submit(parts, good_request()).value();
    id = submitted.application.id;
    link = submitted.link;
  }
  void move_to(State to) {
    REQUIRE(database.write([&](db::Tx& tx) {
      return move(tx, ids, clock.now(), id, {to, audit::By::staff(kCoordinator), "moved", {}, std::nullopt});
    }));
  }
  void ask_for(const std::string& what) {
    REQUIRE(database.write([&](db::Tx& tx) -> Result<void> {
      ask_for_changes(tx, ids, clock.now(), id, what, clock.now() + std::chrono::hours(24), kCoordinator);
      return {};
    }));
    move_to(State::returned);
  }
  Result<DraftView> copy() {
    return database.read([&](db::Tx& tx) { return find_draft(tx, versions, link); });
  }
  Application now() {
    return database.read([&](db::Tx& tx) { return find_by_link(tx, link); }).value();
  }
  ConfirmationView shown() {
    return database.read([&](db::Tx& tx) { return find_confirmation(tx, versions, link); }).value();
  }
  Result<Submitted> send(const forms::Answers& answers) {
    SubmitRequest request = good_request();
    request.link = link;
    request.answers = answers;
    request.base_version = copy() ? copy()->application.version : 0;
    return submit(parts, request);
  }
  std::vector<std::string> texts(const db::Query<1>& query) {
    return database.read([&](db::Tx& tx) {
      std::vector<std::string> all;
      for (const db::Row row : tx.query(query, id)) all.push_back(row.text(0));
      return all;
    });
  }
  forms::Answers changed() {
    forms::Answers answers = good_answers();
    answers.set("project_description", std::string("We study quite another thing, as was asked."));
    answers.set("research_areas", std::vector<std::string>{program()->form.find("research_areas")->options[2].key});
    answers.set("timeline", std::string("9 months"));
    return answers;
  }
  Submitted submitted;
  ApplicationId id;
  std::string link;
};

}  // namespace

TEST_CASE("what was asked is changed and sent: same reference, same place, a second submission") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string area = world.changed().choices("research_areas").front();
    world.ask_for("Say who watches over it.");
    CHECK_FALSE(world.copy());
    REQUIRE(begin_changes(world.parts, world.link));
    REQUIRE(begin_changes(world.parts, world.link));  // the same post again
    const DraftView copy = world.copy().value();
    CHECK(copy.answers == world.good_answers());
    CHECK(copy.application.version == 1);
    const forms::Answers answers = world.changed();
    REQUIRE(save_draft(world.parts, world.link, 1, answers, {}));
    CHECK(save_draft(world.parts, world.link, 1, world.good_answers(), {}).error().kind == ErrorKind::conflict);
    // What was submitted is what staff see until the changes are sent.
    CHECK(world.shown().submission.answers == world.good_answers());
    CHECK(world.now().state == State::returned);
    const auto sent = world.send(answers);
    REQUIRE(sent);
    CHECK(sent->application.reference == world.submitted.application.reference);
    const ConfirmationView shown = world.shown();
    CHECK(shown.submission.number == 2);
    CHECK(shown.submission.answers == answers);
    CHECK(shown.application.state == State::submitted);
    CHECK(shown.application.queue_id == world.submitted.application.queue_id);
    CHECK(shown.application.reference == world.submitted.application.reference);
    CHECK_FALSE(world.copy());
    database.read([&](db::Tx& tx) {
      const auto areas = tx.query(kAreas, shown.application.queue_id);
      REQUIRE(areas.size() == 1);
      CHECK(areas.at(0).text(0) == area);
      CHECK(areas.at(0).integer(1) == static_cast<int>(State::submitted));
      CHECK_FALSE(open_change_request(tx, world.id));
      CHECK(tx.query(kNumbers, world.id).size() == 2);
      return true;
    });
    CHECK(world.texts(kKinds) == std::vector<std::string>{"submitted", "moved", "changes_begun", "resubmitted"});
    // The same post once more is no third submission.
    const auto again = world.send(answers);
    CHECK((!again || again->repeated));
    CHECK(world.shown().submission.number == 2);
  });
}

TEST_CASE("staff who begin to look end the changing, and the text is not lost silently") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    REQUIRE(begin_changes(world.parts, world.link));
    REQUIRE(save_draft(world.parts, world.link, 1, world.changed(), {}));
    world.move_to(State::screening);
    CHECK(begin_changes(world.parts, world.link).error().kind == ErrorKind::conflict);
    const auto late = save_draft(world.parts, world.link, 2, world.changed(), {});
    REQUIRE_FALSE(late);
    CHECK(late.error().kind == ErrorKind::conflict);
    const auto sent = world.send(world.changed());
    CHECK((!sent || sent->repeated));
    CHECK(world.shown().submission.number == 1);
    // When it is returned, the copy is there as it was left.
    world.move_to(State::returned);
    CHECK(world.copy().value().answers == world.changed());
  });
}

TEST_CASE("changes that are given up leave what was submitted") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    REQUIRE(begin_changes(world.parts, world.link));
    REQUIRE(save_draft(world.parts, world.link, 1, world.changed(), {}));
    REQUIRE(drop_changes(world.parts, world.link));
    CHECK_FALSE(world.copy());
    CHECK(world.shown().submission.answers == world.good_answers());
    CHECK(world.shown().submission.number == 1);
    REQUIRE(drop_changes(world.parts, world.link));
  });
}

TEST_CASE("of many who send the changes at once one does") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    REQUIRE(begin_changes(world.parts, world.link));
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        SubmitRequest request = world.good_request();
        request.link = world.link;
        request.answers = world.changed();
        request.base_version = 1;
        static_cast<void>(submit(world.parts, request));
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(world.shown().submission.number == 2);
    CHECK(database.read([&](db::Tx& tx) { return tx.query(kNumbers, world.id).size(); }) == 2);
  });
}

TEST_CASE("withdrawing ends it, once, from any open state and from no other") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.move_to(State::screening);
    REQUIRE(begin_changes(world.parts, world.link).error().kind == ErrorKind::conflict);
    REQUIRE(withdraw(world.parts, world.link));
    CHECK(world.now().state == State::withdrawn);
    REQUIRE(withdraw(world.parts, world.link));
    CHECK(world.texts(kKinds) == std::vector<std::string>{"submitted", "moved", "withdrawn"});
    CHECK(withdraw(world.parts, "nothing-like-a-link").error().kind == ErrorKind::not_found);
  });
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.move_to(State::screening);
    world.move_to(State::decided);
    world.move_to(State::declined);
    CHECK(withdraw(world.parts, world.link).error().kind == ErrorKind::conflict);
    CHECK(world.now().state == State::declined);
  });
}

TEST_CASE("copies are new drafts: so many of one address an hour, and then none") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    defence::Settings settings = HouseOptions::calm();
    settings.enabled = true;
    settings.drafts_per_address = 2;
    defence::Defence defence(world.clock, world.random, std::string(32, 'd'), settings);
    const auto copy = [&](std::string_view peer) {
      return copy_application(world.parts, *world.program(), world.link, "en", {defence, peer});
    };
    const auto drafts = [&] {
      return database.read(
          [](db::Tx& tx) { return tx.query(sql::applications::changes_test::count_drafts).at(0).integer(0); });
    };
    const auto before = drafts();
    REQUIRE(copy("192.0.2.7"));
    REQUIRE(copy("192.0.2.7"));
    const auto third = copy("192.0.2.7");
    REQUIRE_FALSE(third);
    CHECK(third.error().kind == ErrorKind::limit);
    CHECK(drafts() == before + 2);
    CHECK(copy("198.51.100.9"));
  });
}

TEST_CASE("another application begins from this one, without its consents") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto link = copy_application(world.parts, *world.program(), world.link, "en", {world.defence, "192.0.2.7"});
    REQUIRE(link);
    CHECK(link->text != world.link);
    const DraftView draft =
        database.read([&](db::Tx& tx) { return find_draft(tx, world.versions, link->text); }).value();
    CHECK(draft.application.state == State::draft);
    CHECK(draft.answers.text("project_description") == world.good_answers().text("project_description"));
    CHECK(draft.answers.choices("research_areas") == world.good_answers().choices("research_areas"));
    CHECK(draft.answers.text("country") == "KE");
    for (const forms::Section& section : world.program()->form.sections) {
      for (const forms::Question& question : section.questions) {
        if (question.type == forms::QuestionType::consent) CHECK(draft.answers.text(question.key).empty());
      }
    }
  });
}
