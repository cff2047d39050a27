#include "db/migrate.h"

#include <doctest/doctest.h>

#include <thread>

#include "tests/support/databases.h"

using namespace bursary;
using namespace bursary::db;
using namespace bursary::testing;

namespace {

constexpr Migration kFirst{1, "0001_first", "create table first (id integer not null primary key, name text not null)",
                           "create table first (id bigint not null primary key, name text not null)"};
constexpr std::string_view kFill =
    "insert into first (id, name) values (1, 'one'); insert into first (id, name) values (2, 'two');"
    "create index first_by_name on first (name)";
constexpr Migration kSecond{2, "0002_second", kFill, kFill};
constexpr std::string_view kHalf = "create table half (id bigint); insert into first (id, name) values (1, 'again')";
constexpr Migration kBroken{3, "0003_broken", kHalf, kHalf};

constexpr Migration kFiles[] = {kFirst, kSecond, kBroken};
constexpr std::span<const Migration> one() { return std::span(kFiles).first(1); }
constexpr std::span<const Migration> two() { return std::span(kFiles).first(2); }
constexpr std::span<const Migration> three() { return kFiles; }

std::int64_t rows_in_first(Database& database) {
  return database.read([](Tx& tx) { return tx.query_composed("select count(*) from first", {}).at(0).integer(0); });
}

}  // namespace

TEST_CASE("the product's migrations run on an empty database, once") {
  for_each_empty_database([](Database& database) {
    const auto before = migration_state(database);
    CHECK(before.have == 0);
    CHECK(before.want == static_cast<int>(migrations().size()));
    REQUIRE(before.pending.size() == migrations().size());
    CHECK(before.pending.front() == "0001_foundation");
    CHECK(migrate(database) == before.pending);
    CHECK(migrate(database).empty());
    const auto after = migration_state(database);
    CHECK(after.have == after.want);
    CHECK(after.pending.empty());
    const auto noted = database.read([](Tx& tx) {
      return tx.query_composed("select number, name, sha256, applied_at from migration order by number", {});
    });
    REQUIRE(noted.size() == migrations().size());
    CHECK(noted.at(0).integer(0) == 1);
    CHECK(noted.at(0).text(2).size() == 64);
    const Instant now = SystemClock{}.now();
    CHECK(now - noted.at(0).instant(3) < std::chrono::minutes(1));
    CHECK(now - noted.at(0).instant(3) > -std::chrono::minutes(1));
  });
}

TEST_CASE("an older database is brought up and keeps what it holds") {
  for_each_empty_database([](Database& database) {
    CHECK(migrate(database, one()) == std::vector<std::string>{"0001_first"});
    CHECK(rows_in_first(database) == 0);
    CHECK(migration_state(database, two()).pending == std::vector<std::string>{"0002_second"});
    CHECK(migrate(database, two()) == std::vector<std::string>{"0002_second"});
    CHECK(rows_in_first(database) == 2);
  });
}

TEST_CASE("a migration that fails leaves nothing of itself") {
  for_each_empty_database([](Database& database) {
    CHECK_THROWS_AS(migrate(database, three()), ConstraintViolated);
    const auto state = migration_state(database, three());
    CHECK(state.have == 2);
    CHECK(state.pending == std::vector<std::string>{"0003_broken"});
    CHECK(rows_in_first(database) == 2);
    CHECK(database.problem_with("select id from half").has_value());
  });
}

TEST_CASE("a database that is newer than the binary is refused") {
  for_each_empty_database([](Database& database) {
    migrate(database, two());
    CHECK_THROWS_WITH_AS(migration_state(database, one()), doctest::Contains("newer than this binary"), DatabaseBroken);
    CHECK_THROWS_AS(migrate(database, one()), DatabaseBroken);
    CHECK(rows_in_first(database) == 2);
  });
}

TEST_CASE("a migration that was altered after it ran is refused") {
  for_each_empty_database([](Database& database) {
    migrate(database, two());
    std::vector<Migration> altered(two().begin(), two().end());
    altered[0].sqlite = "create table first (id integer not null primary key, name text)";
    altered[0].postgres = "create table first (id bigint not null primary key, name text)";
    CHECK_THROWS_WITH_AS(migration_state(database, altered), doctest::Contains("0001_first was altered"),
                         DatabaseBroken);
    std::vector<Migration> renamed(two().begin(), two().end());
    renamed[1].name = "0002_other";
    CHECK_THROWS_WITH_AS(migrate(database, renamed), doctest::Contains("0002_other"), DatabaseBroken);
  });
}

TEST_CASE("several that start at once apply each migration once") {
  for_each_empty_database([](Database& database) {
    std::vector<std::thread> nodes;
    nodes.reserve(4);
    std::atomic<std::size_t> applied{0};
    for (int node = 0; node < 4; ++node) {
      nodes.emplace_back([&] { applied += migrate(database).size(); });
    }
    for (std::thread& node : nodes) node.join();
    CHECK(applied == migrations().size());
    CHECK(migration_state(database).pending.empty());
  });
}
