#include "features/accounts/sessions.h"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>

#include "base/crypto.h"
#include "features/accounts/roles.h"
#include "features/accounts/staff_link.h"
#include "tests/support/databases.h"

using namespace bursary;
using namespace bursary::accounts;
using namespace std::chrono_literals;

namespace {

struct World {
  explicit World(db::Database& database)
      : ids(clock, 0),
        programs(std::move(programs::Programs::open({}, problems).value())),
        parts{database, clock, random, ids, *programs, "https://apply.example.org", std::string(32, 's')},
        sessions(open_sessions(parts)) {}
  std::string link(std::chrono::seconds life = 15min) {
    return make_staff_link(parts, life).substr(std::string("/staff/link/").size());
  }
  std::string sign_in() { return use_link(parts, link(), {}).value(); }
  bool is_open(const std::string& secret) { return sessions->find(secret, clock.now()).has_value(); }
  LinkState state(const std::string& secret) {
    return parts.database.read([&](db::Tx& tx) { return state_of_link(tx, secret, clock.now()); });
  }

  FakeClock clock{Instant{1'772'357'401'000'000}};
  SystemRandom random;
  IdSource ids;
  std::vector<programs::Problem> problems;
  std::unique_ptr<programs::Programs> programs;
  Parts parts;
  std::unique_ptr<web::Sessions> sessions;
};

}  // namespace

TEST_CASE("a link opens a session of an administrator") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string secret = world.sign_in();
    CHECK(from_base64url(secret)->size() == 32);
    const auto viewer = world.sessions->find(secret, world.clock.now());
    REQUIRE(viewer);
    CHECK(viewer->person.has_value());
    CHECK(viewer->is_staff());
    CHECK(viewer->may("read_applications"));
    CHECK(viewer->may("export_applications"));
    CHECK_FALSE(viewer->may("operate"));
    CHECK_FALSE(viewer->may(""));
    // Links for the same administrator, not a new one each time.
    CHECK(world.sessions->find(world.sign_in(), world.clock.now())->person == viewer->person);
  });
}

TEST_CASE("secrets that are not ours open nothing") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string secret = world.sign_in();
    std::string near = secret;
    near[5] = near[5] == 'A' ? 'B' : 'A';
    for (const std::string& wrong :
         {near, secret + "A", secret.substr(1), std::string(), std::string(43, 'A'), std::string("' or 1=1 --"),
          std::string(100'000, 'A'), secret + std::string(1, '\0')}) {
      CHECK_FALSE(world.is_open(wrong));
    }
    // What is stored is the hash, which opens nothing either.
    CHECK_FALSE(world.is_open(to_base64url(bytes_of(sha256(secret)))));
    CHECK(world.is_open(secret));
  });
}

TEST_CASE("a session ends after twelve idle hours") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string secret = world.sign_in();
    world.clock.advance(12h - 1s);
    CHECK(world.is_open(secret));  // and marks it as seen
    world.clock.advance(12h - 1s);
    CHECK(world.is_open(secret));
    world.clock.advance(12h);
    CHECK_FALSE(world.is_open(secret));
  });
}

TEST_CASE("a session ends after seven days, however busy") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string secret = world.sign_in();
    for (int hours = 0; hours < 7 * 24 - 6; hours += 6) {
      CHECK(world.is_open(secret));
      world.clock.advance(6h);
    }
    CHECK(world.is_open(secret));
    world.clock.advance(6h);
    CHECK_FALSE(world.is_open(secret));
  });
}

TEST_CASE("a request within five minutes of the last writes nothing") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string secret = world.sign_in();
    const auto writes = [&] { return database.figures().writes; };
    const auto before = writes();
    for (int i = 0; i < 10; ++i) CHECK(world.is_open(secret));
    world.clock.advance(4min + 59s);
    CHECK(world.is_open(secret));
    CHECK(writes() == before);
    world.clock.advance(1s);
    CHECK(world.is_open(secret));
    CHECK(writes() == before + 1);
    CHECK(world.is_open(secret));
    CHECK(writes() == before + 1);
  });
}

TEST_CASE("signing in ends the session that came along") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string old = world.sign_in();
    const std::string fresh = use_link(world.parts, world.link(), {old, ""}).value();
    CHECK(fresh != old);
    CHECK_FALSE(world.is_open(old));
    CHECK(world.is_open(fresh));
  });
}

TEST_CASE("a session that an attacker planted is never taken over") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string planted(43, 'A');
    const std::string secret = use_link(world.parts, world.link(), {planted, ""}).value();
    CHECK(secret != planted);
    CHECK_FALSE(world.is_open(planted));
  });
}

TEST_CASE("a link works once") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string link = world.link();
    CHECK(world.state(link) == LinkState::usable);
    CHECK(world.state(link) == LinkState::usable);  // looking uses nothing up
    CHECK(use_link(world.parts, link, {}).has_value());
    CHECK(world.state(link) == LinkState::used);
    const auto again = use_link(world.parts, link, {});
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == ErrorKind::conflict);
  });
}

TEST_CASE("a link works once under twenty parallel posts") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string link = world.link();
    std::atomic<int> opened{0}, refused{0};
    std::vector<std::thread> threads;
    threads.reserve(20);
    for (int i = 0; i < 20; ++i) {
      threads.emplace_back([&] {
        const auto session = use_link(world.parts, link, {});
        opened += session ? 1 : 0;
        refused += !session && session.error().kind == ErrorKind::conflict ? 1 : 0;
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(opened == 1);
    CHECK(refused == 19);
  });
}

TEST_CASE("a link ends with its time, and with a newer one") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string first = world.link();
    world.clock.advance(1s);
    const std::string second = world.link(10min);
    CHECK(world.state(first) == LinkState::replaced);
    CHECK_FALSE(use_link(world.parts, first, {}).has_value());
    CHECK(world.state(second) == LinkState::usable);
    world.clock.advance(10min);
    CHECK(world.state(second) == LinkState::expired);
    CHECK_FALSE(use_link(world.parts, second, {}).has_value());
    CHECK(world.state("never made") == LinkState::unknown);
    CHECK_FALSE(use_link(world.parts, "never made", {}).has_value());
  });
}

TEST_CASE("four terminals at once make one administrator") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    std::vector<std::string> links(4);
    std::vector<std::thread> threads;
    threads.reserve(links.size());
    for (std::size_t i = 0; i < links.size(); ++i) threads.emplace_back([&, i] { links[i] = world.link(); });
    for (std::thread& thread : threads) thread.join();
    std::set<std::int64_t> people;
    int usable = 0;
    for (const std::string& link : links) {
      usable += world.state(link) == LinkState::usable ? 1 : 0;
      const auto session = use_link(world.parts, link, {});
      if (session) people.insert(world.sessions->find(*session, world.clock.now())->person->value);
    }
    CHECK(usable == 1);
    CHECK(people.size() == 1);
    CHECK(world.sessions->find(world.sign_in(), world.clock.now())->person->value == *people.begin());
  });
}

TEST_CASE("a role counts in its own program, and as soon as it is given or taken") {
  constexpr db::Query<2> kMove{"trial.move", "update role_grant set program = ?1, role = ?2",
                               "update role_grant set program = $1, role = $2"};
  constexpr db::Query<0> kTake{"trial.take", "delete from role_grant", "delete from role_grant"};
  testing::for_each_database([&](db::Database& database) {
    World world(database);
    const std::string secret = world.sign_in();
    const auto may_read = [&] {
      const auto viewer = world.sessions->find(secret, world.clock.now());
      return viewer.value().may("read_applications");
    };
    const auto move = [&](std::string_view program, Role role) {
      REQUIRE(database.write([&](db::Tx& tx) -> Result<std::int64_t> { return tx.execute(kMove, program, role); }));
    };
    move("another-program", Role::administrator);
    CHECK_FALSE(may_read());
    move("researcher-access", Role::auditor);
    CHECK(may_read());
    move("*", Role::reviewer);
    CHECK_FALSE(may_read());
    move("*", Role::coordinator);
    CHECK(may_read());
    REQUIRE(database.write([&](db::Tx& tx) -> Result<std::int64_t> { return tx.execute(kTake); }));
    CHECK_FALSE(may_read());
    CHECK_FALSE(world.sessions->find(secret, world.clock.now())->is_staff());
  });
}

TEST_CASE("an unknown role may do nothing") {
  CHECK(permissions_of(static_cast<Role>(99)).empty());
  CHECK(permissions_of(static_cast<Role>(-1)).empty());
  CHECK(permissions_of(Role::auditor) == std::set<std::string, std::less<>>{"export_applications", "read_applications",
                                                                            "read_audit", "read_messages", "staff"});
  CHECK(permissions_of(Role::reviewer) == std::set<std::string, std::less<>>{"staff"});
}
