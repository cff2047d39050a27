#include "features/accounts/mail_sign_in.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "features/accounts/staff_link.h"
#include "features/messages/messages.h"
#include "tests/support/databases.h"

using namespace bursary;
using namespace bursary::accounts;
using namespace std::chrono_literals;

namespace {

// Who asks, and who reads the mail.
struct World {
  explicit World(db::Database& d)
      : database(d),
        ids(clock, 0),
        programs(std::move(programs::Programs::open({}, problems).value())),
        parts{d, clock, random, ids, *programs, "https://apply.example.org", std::string(32, 's')},
        sessions(open_sessions(parts)) {}

  std::string ask(std::string_view email = "ada@example.org") { return ask_by_mail(parts, email, "en").value(); }
  // Of the newest mail.
  std::string told(const std::string& opens) {
    constexpr db::Query<0> kNewest{"trial.newest", "select max(id) from sign_in", "select max(id) from sign_in"};
    const auto id = database.read([&](db::Tx& tx) { return tx.query(kNewest).at(0).integer(0); });
    return tell_link(parts, {opens, id}).value_or("");
  }
  std::string code() { return told("sign_in_code"); }
  std::string link() {
    const std::string address = told("sign_in");
    return address.substr(address.rfind('/') + 1);
  }
  LinkState state(const std::string& link) {
    return database.read([&](db::Tx& tx) { return state_of_mail_link(tx, parts, link, clock.now()); });
  }
  std::optional<web::Viewer> viewer(const std::string& session) { return sessions->find(session, clock.now()); }
  std::int64_t mails() {
    constexpr db::Query<0> kMails{"trial.mails", "select count(*) from message", "select count(*) from message"};
    return database.read([&](db::Tx& tx) { return tx.query(kMails).at(0).integer(0); });
  }

  db::Database& database;
  FakeClock clock{Instant{1'772'357'401'000'000}};
  SystemRandom random;
  IdSource ids;
  std::vector<programs::Problem> problems;
  std::unique_ptr<programs::Programs> programs;
  Parts parts;
  std::unique_ptr<web::Sessions> sessions;
};

using Outcome = Entered::Outcome;

}  // namespace

TEST_CASE("by link or by code, an address makes one person and finds them again") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.ask(" Ada@Example.org ");
    const auto first = enter_by_link(world.parts, world.link(), {}).value();
    REQUIRE(first.outcome == Outcome::in);
    const auto ada = world.viewer(first.session);
    REQUIRE(ada);
    CHECK(ada->person.has_value());
    CHECK_FALSE(ada->is_staff());
    const std::string browser = world.ask("ada@example.org");
    const std::string code = world.code();
    CHECK(code.size() == 6);
    const auto again = enter_by_code(world.parts, browser, " " + code.substr(0, 3) + "-" + code.substr(3), {}).value();
    REQUIRE(again.outcome == Outcome::in);
    CHECK(world.viewer(again.session)->person == ada->person);
    world.ask("eve@example.org");
    const auto eve = enter_by_link(world.parts, world.link(), {}).value();
    CHECK(world.viewer(eve.session)->person != ada->person);
    CHECK(world.mails() == 3);
  });
}

TEST_CASE("a link and its code work once, ten minutes, and until a newer one") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string browser = world.ask();
    const std::string link = world.link(), code = world.code();
    CHECK(world.state(link) == LinkState::usable);
    CHECK(enter_by_link(world.parts, link, {}).value().outcome == Outcome::in);
    CHECK(world.state(link) == LinkState::used);
    CHECK(enter_by_link(world.parts, link, {}).value().outcome == Outcome::ended);
    CHECK(enter_by_code(world.parts, browser, code, {}).value().outcome == Outcome::ended);
    CHECK(world.told("sign_in").empty());  // and it is not told again

    world.clock.advance(1s);
    world.ask();
    const std::string older = world.link();
    world.clock.advance(1s);
    world.ask();
    const std::string newer = world.link();
    CHECK(world.state(older) == LinkState::replaced);
    CHECK(enter_by_link(world.parts, older, {}).value().outcome == Outcome::ended);
    world.clock.advance(10min - 1s);
    CHECK(world.state(newer) == LinkState::usable);
    world.clock.advance(1s);
    CHECK(world.state(newer) == LinkState::expired);
    CHECK(enter_by_link(world.parts, newer, {}).value().outcome == Outcome::ended);
    CHECK(world.state("") == LinkState::unknown);
    CHECK(world.state(newer + "A") == LinkState::unknown);
  });
}

TEST_CASE("a code is of no use in another browser, and after five attempts") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string evil = world.ask("eve@example.org");
    const std::string browser = world.ask();
    const std::string code = world.code();
    CHECK(enter_by_code(world.parts, evil, code, {}).value().outcome == Outcome::wrong_code);
    CHECK(enter_by_code(world.parts, "", code, {}).value().outcome == Outcome::ended);
    // Neither the link nor a browser's secret stands in for the other.
    CHECK(enter_by_code(world.parts, world.link(), code, {}).value().outcome == Outcome::ended);
    CHECK(enter_by_link(world.parts, browser, {}).value().outcome == Outcome::ended);
    for (int i = 0; i < 5; ++i)
      CHECK(enter_by_code(world.parts, browser, "ZZZZZZ", {}).value().outcome == Outcome::wrong_code);
    CHECK(enter_by_code(world.parts, browser, code, {}).value().outcome == Outcome::ended);
    // Guessing in one browser does not take the link from who reads the mail.
    CHECK(enter_by_link(world.parts, world.link(), {}).value().outcome == Outcome::in);
  });
}

TEST_CASE("twenty at once: one gets in, and guesses are counted") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string browser = world.ask();
    const std::string link = world.link(), code = world.code();
    std::atomic<int> in{0}, wrong{0};
    const auto all = [&](auto work) {
      std::vector<std::thread> threads;
      threads.reserve(20);
      for (int i = 0; i < 20; ++i) threads.emplace_back([&, i] { work(i); });
      for (std::thread& thread : threads) thread.join();
    };
    all([&](int) {
      wrong += enter_by_code(world.parts, browser, "ZZZZZZ", {}).value().outcome == Outcome::wrong_code;
    });
    CHECK(wrong == kCodeAttempts);
    all([&](int) { in += enter_by_link(world.parts, link, {}).value().outcome == Outcome::in; });
    CHECK(in == 1);
    // Two links of one new address, used at once on two devices, make one person.
    constexpr db::Query<0> kPeople{"trial.people", "select count(*) from person", "select count(*) from person"};
    CHECK(database.read([&](db::Tx& tx) { return tx.query(kPeople).at(0).integer(0); }) == 1);
  });
}

TEST_CASE("who asks too often gets no more mail, and the newest stays good") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    for (int i = 0; i < kMailsAnHour; ++i) {
      world.ask();
      world.clock.advance(10s);
    }
    const std::string link = world.link();
    const auto refused = ask_by_mail(world.parts, "ADA@example.org", "en");
    CHECK(refused.error().kind == ErrorKind::limit);
    CHECK(world.mails() == kMailsAnHour);
    CHECK(world.state(link) == LinkState::usable);
    world.ask("eve@example.org");  // nobody else is held up
    world.clock.advance(1h);
    CHECK(ask_by_mail(world.parts, "ada@example.org", "en").has_value());
    CHECK(ask_by_mail(world.parts, "no address", "en").error().kind == ErrorKind::invalid);
  });
}

TEST_CASE("mail alone gives no role, and a session that came along is ended") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string strong =
        use_link(world.parts, make_staff_link(world.parts, 15min).substr(std::string("/staff/link/").size()), {})
            .value();
    const auto admin = world.viewer(strong)->person.value();
    constexpr db::Query<1> kGive{
        "trial.give", "insert into person_email (email, person_id, verified_at) values ('boss@example.org', ?1, 0)",
        "insert into person_email (email, person_id, verified_at) values ('boss@example.org', $1, 0)"};
    REQUIRE(database.write([&](db::Tx& tx) -> Result<std::int64_t> { return tx.execute(kGive, admin); }));
    world.ask("boss@example.org");
    const auto weak = enter_by_link(world.parts, world.link(), {strong, ""}).value();
    REQUIRE(weak.outcome == Outcome::in);
    CHECK(world.viewer(weak.session)->person == admin);
    CHECK_FALSE(world.viewer(weak.session)->is_staff());
    CHECK_FALSE(world.viewer(strong).has_value());
  });
}

TEST_CASE("no row holds what opens") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.ask();
    constexpr db::Query<0> kRow{"trial.row", "select placeholders from message", "select placeholders from message"};
    const std::string row = database.read([&](db::Tx& tx) { return tx.query(kRow).at(0).text(0); });
    CHECK(row.find(world.code()) == std::string::npos);
    CHECK(row.find(world.link()) == std::string::npos);
  });
}
