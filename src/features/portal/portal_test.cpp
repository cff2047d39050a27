// The portal through its routes: whose it is, what is told and what is not, what waits, and its limits.
#include "features/portal/portal.h"

#include <thread>

#include "features/portal/test_rows.sql.h"
#include "tests/support/staff_house.h"

using namespace bursary;
using namespace bursary::portal;
using namespace bursary::testing;
using namespace std::chrono_literals;
using applications::Application;
using applications::State;

namespace rows = sql::portal::test_rows;

namespace {

constexpr std::string_view kAmina = "81:person1@example.org";  // of the first application
constexpr std::string_view kBo = "82:bo@example.org";

struct House : StaffHouse {
  explicit House(db::Database& opened)
      : StaffHouse(opened),
        desk{parts.database, parts.clock, parts.random, parts.ids, parts.programs, parts.public_address, parts.secret},
        portal{parts, desk, defence} {
    site::add_routes(router, *programs);
    applications::add_routes(router, parts, defence);
    add_routes(router, portal);
  }
  // As the index job finds it a moment later.
  Application listed() {
    Application application = submit();
    REQUIRE(database.write([&](db::Tx& tx) -> Result<void> {
      applications::list_email(tx, application.id, application.email);
      return {};
    }));
    return application;
  }
  static std::string path(const Application& application) {
    return "/my/applications/" + std::to_string(application.id.value);
  }
  std::string page(const std::string& path, std::string_view who = kAmina) { return text(get(path, who)); }
  void tell_applicant(const Application& application, const std::string& what) {
    REQUIRE(database.write([&](db::Tx& tx) {
      return messages::write_to_applicant(
          tx, desk, applications::mail_to_applicant(application, "staff_message", clock.now()), what, kAna);
    }));
  }
  // Of changes, as screening does it.
  std::int64_t ask(const Application& application, Instant due) {
    place(application.id, {State::screening, State::returned});
    const std::int64_t id = ids.next_value();
    REQUIRE(database.write([&](db::Tx& tx) -> Result<void> {
      tx.execute(rows::change_request, id, application.id, due, clock.now());
      return {};
    }));
    return id;
  }
  std::int64_t reminders() { return count_of("message where template = 'changes_reminder'"); }
  std::int64_t waits() {
    web::Viewer viewer;
    viewer.person = web::PersonId{81};
    viewer.emails = {"person1@example.org"};
    return count_waiting(portal, viewer);
  }
  static defence::Settings calm() {
    defence::Settings settings;
    settings.enabled = false;
    return settings;
  }

  defence::Defence defence{clock, random, std::string(32, 'd'), calm()};
  messages::DeskParts desk;
  Parts portal;
};

}  // namespace

TEST_CASE("an application is there for whose it is, and for nobody else, on every page") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.listed();
    for (const char* page : {"", "/messages", "/people", "/submissions/1"}) {
      CAPTURE(page);
      const std::string path = House::path(application) + page;
      CHECK(house.get(path, kAmina).status == 200);
      CHECK(house.get(path, kBo).status == 404);
      CHECK(house.get(path, "auditor").status == 404);
      CHECK(StaffHouse::to(house.get(path, "")).starts_with("/log-in"));
      // Word for word as for what never was.
      CHECK(house.page(path, kBo).size() == house.page("/my/applications/9" + std::string(page), kBo).size());
    }
    CHECK(house.post(House::path(application) + "/messages", {{"letter", "Hello"}}, kBo).status == 404);
    CHECK(house.post(House::path(application), {{"_action", "withdraw"}}, kBo).status == 404);
    CHECK(house.state_of(application.id) == State::submitted);
    CHECK(has(house.page("/my"), application.reference));
    CHECK_FALSE(has(house.page("/my", kBo), application.reference));
  });
}

TEST_CASE("the history says nothing of what was decided and is not told") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    house.place(application.id, {State::screening, State::in_review});
    const std::string before = house.page(House::path(application));
    CHECK(has(before, "We began to screen it"));
    CHECK(has(before, "The review began"));
    house.place(application.id, {State::decided});
    CHECK(house.page(House::path(application)) == before);
    house.place(application.id, {State::in_review});
    CHECK(house.page(House::path(application)) == before);
    house.place(application.id, {State::on_hold});
    CHECK(has(house.page(House::path(application)), "We put it on hold"));
  });
}

TEST_CASE("twenty messages a day, then tomorrow again; what was typed stays") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    const std::string path = House::path(application) + "/messages";
    CHECK(house.post(path, {{"letter", "   "}}, kAmina).status == 422);
    for (int i = 0; i < kLettersADay; ++i) {
      CHECK(house.post(path, {{"letter", "Number " + std::to_string(i)}}, kAmina).status == 303);
      house.clock.advance(1min);
    }
    const auto refused = house.post(path, {{"letter", "One <more>"}}, kAmina);
    CHECK(refused.status == 429);
    CHECK(has(StaffHouse::text(refused), "One &lt;more&gt;"));
    CHECK(house.count_of("letter") == kLettersADay);
    house.clock.advance(24h);
    CHECK(house.post(path, {{"letter", "Tomorrow"}}, kAmina).status == 303);
  });
}

TEST_CASE("what waits is counted until it is read, and no further than was shown") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.listed();
    CHECK(house.waits() == 0);
    house.tell_applicant(application, "Which models?");
    CHECK(house.waits() == 1);
    const std::string shown = house.page(House::path(application) + "/messages");
    CHECK(house.waits() == 1);  // a GET reads nothing
    const std::size_t at = shown.find("name=\"shown\" value=\"") + 20;
    const std::string last = shown.substr(at, shown.find('"', at) - at);
    house.clock.advance(1s);
    house.tell_applicant(application, "And how many?");  // after the page was shown
    CHECK(house.post(House::path(application) + "/messages", {{"_action", "read"}, {"shown", last}}, kAmina).status ==
          303);
    CHECK(house.waits() == 1);
    CHECK(house
              .post(House::path(application) + "/messages", {{"_action", "read"}, {"shown", "999999999999999999"}},
                    kAmina)
              .status == 303);
    CHECK(house.waits() == 0);
    house.ask(application, house.clock.now() + 10 * 24h);
    CHECK(house.waits() == 1);
    CHECK(has(house.page(House::path(application)), "Say who pays."));
  });
}

TEST_CASE("who was asked for changes is reminded once, when three days are left") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    house.ask(application, house.clock.now() + 10 * 24h);
    CHECK(run_reminders(house.portal, 10) == 0);
    house.clock.advance(7 * 24h + 1h);
    std::atomic<int> sent = 0;
    std::vector<std::thread> nodes;
    nodes.reserve(4);
    for (int i = 0; i < 4; ++i) nodes.emplace_back([&] { sent += run_reminders(house.portal, 10); });
    for (std::thread& node : nodes) node.join();
    CHECK(sent == 1);
    CHECK(house.reminders() == 1);
    CHECK(run_reminders(house.portal, 10) == 0);
    CHECK(has(house.page(House::path(application)), "We reminded you of the changes"));
  });
}

TEST_CASE("nobody is reminded of what was answered, is over, or was asked for yesterday") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto answered = house.submit(), over = house.submit(), lately = house.submit(), closed = house.submit();
    const std::int64_t request = house.ask(answered, house.clock.now() + 4 * 24h);
    house.ask(over, house.clock.now() + 24h);
    house.ask(closed, house.clock.now() + 4 * 24h);
    house.place(closed.id, {State::closed});
    house.clock.advance(2 * 24h);
    REQUIRE(database.write([&](db::Tx& tx) -> Result<void> {
      tx.execute(rows::answer, house.clock.now(), request);
      return {};
    }));
    house.ask(lately, house.clock.now() + 24h);
    CHECK(run_reminders(house.portal, 10) == 0);
    CHECK(house.reminders() == 0);
  });
}
