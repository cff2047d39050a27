// Figures as staff see them are what a recount of applications and events says.
#include "features/insights/insights.h"

#include <set>

#include "features/audit/chain.h"
#include "features/insights/figures.h"
#include "features/insights/pages.h"
#include "tests/support/staff_house.h"

using namespace bursary;
using namespace bursary::insights;
using namespace bursary::testing;
using namespace std::chrono_literals;
using applications::State;

namespace {

struct House : StaffHouse {
  explicit House(db::Database& opened) : StaffHouse(opened), insights{opened, clock, *programs} {
    insights::add_routes(router, insights);
  }
  void let_pass(std::chrono::hours time) { clock.advance(time); }
  std::size_t fold(std::size_t limit = 7) {
    audit::SealJob seals({database, clock, "test"}, writes);
    while (seals.run_once(50) > 0) {
    }
    std::size_t all = 0;
    for (std::size_t done = 1; done > 0; all += done) done = InsightJob(insights, writes).run_once(limit);
    return all;
  }
  ByPart parts_of(Measure measure) {
    const std::int64_t today = day_of(clock.now());
    return database.read([&](db::Tx& tx) {
      return by_part(tx, programs->current()->slug, measure, {next_month(month_of_day(today), -12), today + 1});
    });
  }
  std::int64_t came(std::string_view step) {
    const auto all = parts_of(Measure::came);
    const auto found = all.find(step);
    return found == all.end() ? 0 : found->second.at(0);
  }
  db::JobWrites writes;
  Parts insights;
};

}  // namespace

TEST_CASE("buckets keep order, hours and percentiles") {
  CHECK(bucket_of(std::chrono::minutes(59)) == 0);
  CHECK(hours_of(bucket_of(47h)) == 47);
  CHECK(hours_of(bucket_of(49h)) == 48);
  CHECK(hours_of(bucket_of(24h * 89 + 5h)) == 24 * 89);
  CHECK(hours_of(bucket_of(24h * 90)) == 24 * 90);
  CHECK(hours_of(bucket_of(24h * 98)) == 24 * 97);
  std::int64_t before = -1;
  for (int hour = 0; hour < 24 * 1000; ++hour) {
    const std::int64_t bucket = bucket_of(std::chrono::hours(hour));
    CHECK(bucket >= before);
    CHECK(hours_of(bucket) <= hour);
    before = bucket;
  }
  const Spread four = spread_of({{1, 1}, {2, 1}, {3, 1}, {4, 1}});
  CHECK(four.n == 4);
  CHECK(four.median == 2);
  CHECK(four.ninetieth == 4);
  CHECK(four.median_days == 1);
  const Spread ten = spread_of({{1, 9}, {40, 1}});
  CHECK(ten.ninetieth == 1);
  CHECK(spread_of({{1, 9}, {40, 2}}).ninetieth == 40);
  CHECK(spread_of({}).n == 0);
  CHECK(days_within(bucket_of(0h)) == 1);
  CHECK(days_within(bucket_of(24h)) == 2);
  for (int hour = 1; hour < 24 * 1000; hour += 7) {
    const std::int64_t bucket = bucket_of(std::chrono::hours(hour));
    CHECK(days_within(bucket) * 24 > hour);
    CHECK((days_within(bucket) - 7) * 24 <= hour);
  }
}

TEST_CASE("months are read, named and counted") {
  const std::int64_t march = month_named("2026-03").value_or(0);
  CHECK(month_name(march) == "2026-03");
  CHECK(month_name(next_month(march, -3)) == "2025-12");
  CHECK(month_of_day(march + 30) == march);
  for (const char* wrong : {"", "2026-13", "2026-00", "26-03", "2026-3", "2026/03", "2026-03-01", "x026-03"})
    CHECK_FALSE(month_named(wrong));
}

TEST_CASE("whatever happens in whatever order, each event counts once and each step once") {
  for_each_database([](db::Database& database) {
    House house(database);
    SeededRandom random(34);
    std::vector<applications::Application> all;
    std::map<std::string, std::set<std::int64_t>> reached;
    std::int64_t awarded = 0, declined = 0;
    for (int turn = 0; turn < 60; ++turn) {
      house.let_pass(std::chrono::hours(1 + random.below(40)));
      if (random.below(3) == 0 || all.empty()) {
        all.push_back(house.submit());
        reached["submitted"].insert(all.back().id.value);
        continue;
      }
      const auto id = all[random.below(all.size())].id;
      const auto to = static_cast<State>(1 + random.below(11));
      const auto moved = database.write([&](db::Tx& tx) {
        return applications::move(tx, house.ids, house.clock.now(), id, {to, audit::By::staff(kAna)});
      });
      if (moved) {
        reached[std::string(to_string(to))].insert(id.value);
        awarded += to == State::awarded ? 1 : 0;
        declined += to == State::declined ? 1 : 0;
      }
      if (random.below(5) == 0) house.fold(1 + random.below(5));
    }
    house.fold();
    CHECK(house.fold() == 0);
    for (const auto& [step, ids] : reached) {
      CAPTURE(step);
      CHECK(house.came(step) == static_cast<std::int64_t>(ids.size()));
    }
    CHECK(house.came("draft") == static_cast<std::int64_t>(all.size()));
    const auto countries = house.parts_of(Measure::country);
    CHECK(countries.at("KE").at(0) == static_cast<std::int64_t>(all.size()));
    const auto n_of = [&](std::int64_t outcome) {
      const auto found = countries.at("KE").find(outcome);
      return found == countries.at("KE").end() ? 0 : found->second;
    };
    CHECK(n_of(1) == awarded);
    CHECK(n_of(2) == declined);
    const auto standing_now = database.read([&](db::Tx& tx) { return standing(tx, house.programs->current()->slug); });
    for (int state = 1; state <= 11; ++state) {
      const std::int64_t n = house.count_of("application where state = " + std::to_string(state));
      const auto found = standing_now.states.find(state);
      CHECK((found == standing_now.states.end() ? 0 : found->second) == n);
    }
  });
}

TEST_CASE("how long a step and the whole way took") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto one = house.submit();
    house.let_pass(5h);
    house.place(one.id, {State::screening});
    house.let_pass(10h);
    house.place(one.id, {State::in_review});
    house.let_pass(24h * 10);
    house.place(one.id, {State::decided, State::awarded});
    house.fold();
    const auto took = house.parts_of(Measure::took);
    CHECK(hours_of(took.at("submitted").begin()->first) == 5);
    CHECK(hours_of(took.at("screening").begin()->first) == 10);
    CHECK(hours_of(took.at("in_review").begin()->first) == 240);
    CHECK(hours_of(took.at("whole").begin()->first) == 240);  // 255 hours, to the day
  });
}

TEST_CASE("how soon others were answered is told once enough were") {
  for_each_database([](db::Database& database) {
    House house(database);
    const std::string program = house.programs->current()->slug;
    const auto told = [&] { return database.read([&](db::Tx& tx) { return median_turnaround(tx, program); }); };
    const auto answer_one = [&](std::chrono::hours after) {
      const auto one = house.submit();
      house.let_pass(after);
      house.place(one.id, {State::screening, State::decided, State::declined});
    };
    CHECK_FALSE(told());
    for (int i = 0; i < 5; ++i) answer_one(20h);
    for (int i = 0; i < 4; ++i) answer_one(24h * 12 + 1h);
    house.fold();
    CHECK_FALSE(told());
    answer_one(24h * 30);
    house.fold();
    REQUIRE(told());
    CHECK(told()->cases == 10);
    CHECK(told()->days == 1);
    answer_one(24h * 30);
    house.fold();
    CHECK(told()->days == 13);
    CHECK_FALSE(database.read([&](db::Tx& tx) { return median_turnaround(tx, "another"); }));
    // What is long ago is nobody's measure.
    house.let_pass(24h * 400);
    for (int i = 0; i < 10; ++i) answer_one(24h * 2);
    house.fold();
    CHECK(told()->days == 3);
    CHECK(told()->cases == 10);
  });
}

TEST_CASE("quarters are over a day after their end, and other years are whole") {
  const auto at = [](const char* month, int days) {
    return Instant{(month_named(month).value_or(0) + days) * 86'400'000'000};
  };
  const auto until = [&](int year, Instant now) { return month_name(public_period(year, now).until); };
  CHECK(until(2026, at("2026-11", 22)) == "2026-10");
  CHECK(until(2026, at("2026-10", 0)) == "2026-07");
  CHECK(until(2026, at("2026-10", 1)) == "2026-10");
  CHECK(until(2026, at("2026-01", 0)) == "2026-01");
  CHECK(until(2025, at("2026-01", 0)) == "2025-10");
  CHECK(until(2025, at("2026-01", 1)) == "2026-01");
  CHECK(until(2025, at("2026-11", 22)) == "2026-01");
}

TEST_CASE("the public page keeps small numbers back, and its file says the same") {
  for_each_database([](db::Database& database) {
    House house(database);
    CHECK(has(StaffHouse::text(house.get("/transparency", "")), "There are no figures for this year yet."));
    CHECK(house.get("/transparency/csv", "").status == 404);
    for (int i = 0; i < 7; ++i) {
      const auto one = house.submit();
      house.place(one.id, {State::screening, State::decided, i < 6 ? State::declined : State::awarded});
    }
    house.fold();
    const std::string year = month_name(month_of_day(day_of(house.clock.now()))).substr(0, 4);
    CHECK(has(StaffHouse::text(house.get("/transparency", "")), "There are no figures for this year yet."));
    house.let_pass(24h * 370);
    const std::string page = StaffHouse::text(house.get("/transparency?year=" + year, ""));
    CHECK(has(page, "<dt class=\"summary-list__key\">Applications</dt><dd class=\"summary-list__value\">7</dd>"));
    CHECK(has(page, "Fewer than 5"));
    CHECK_FALSE(has(page, "data-label=\"Awarded\">1<"));
    CHECK_FALSE(has(page, "data-label=\"Declined\">6<"));
    const std::string file = StaffHouse::text(house.get("/transparency/csv?year=" + year, ""));
    CHECK(has(file, "Table,Name,Applications,Awarded,Declined,Decisions,Award rate\r\n" + year + ",In all,7,<5,"));
    CHECK(house.get("/transparency?year=1999", "").status == 404);
    CHECK(house.get("/transparency?year=2999", "").status == 404);
    CHECK(house.get("/transparency?year=x", "").status == 404);
  });
}

TEST_CASE("the page and its files are for those who may read applications") {
  for_each_database([](db::Database& database) {
    House house(database);
    const std::string before = StaffHouse::text(house.get("/staff/insights"));
    CHECK(has(before, "Nothing in these months."));
    house.submit();
    house.fold();
    const std::string page = StaffHouse::text(house.get("/staff/insights"));
    CHECK(has(page, "<svg class=\"chart\""));
    CHECK(has(page, "Kenya"));
    CHECK(house.get("/staff/insights", "auditor").status == 200);
    CHECK(house.get("/staff/insights", "").status != 200);
    CHECK(house.get("/staff/insights/funnel/csv", "").status != 200);
    CHECK(has(StaffHouse::text(house.get("/staff/insights/countries/csv")),
              "Place,Submitted,Awarded,Declined\r\nKenya,1,0,0\r\n"));
    CHECK(house.get("/staff/insights/nothing/csv").status == 404);
    CHECK(has(StaffHouse::text(house.get("/staff/insights?from=2019-01")), "At most 24 months"));
    CHECK(house.get("/staff/insights?from=2099-01&to=1800-99").status == 200);
  });
}
