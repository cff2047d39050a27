// Counts: whatever happens in whatever order, they are what a recount says.
#include "features/queue/tally.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "features/queue/labels.h"
#include "features/queue/test_house.h"

using namespace bursary;
using applications::State;
using bursary::testing::for_each_database;
using queue::Field;
using queue::test::House;

namespace {

constexpr db::Query<2> kSpoil{"trial.spoil", "update tally set n = n + 3 where facet = ?1 and value = ?2",
                              "update tally set n = n + 3 where facet = $1 and value = $2"};
constexpr db::Query<2> kAssign{"trial.assign_one", "update application set assignee = ?1 where id = ?2",
                               "update application set assignee = $1 where id = $2"};
constexpr db::Query<0> kWaiting{"trial.waiting", "select count(*) from tally_change",
                                "select count(*) from tally_change"};
constexpr db::Query<0> kPerson{"trial.somebody", "insert into person (id, name, created_at) values (71, 'Ana', 0)",
                               "insert into person (id, name, created_at) values (71, 'Ana', 0)"};

queue::ReadQuery read(House& house, std::string_view query) {
  const std::vector<queue::Colleague> staff = {{71, "Ana"}};
  const auto& program = house.program();
  auto read = queue::read_query(query, {program, program.phrasebooks->get("en"), 71, house.now(), staff});
  CHECK(read.problems.empty());
  return read;
}

std::int64_t n_of(const queue::FacetCounts& counts, Field field, std::string_view code) {
  const auto found = counts.values.find(field);
  if (found == counts.values.end()) return -1;
  for (const auto& value : found->second) {
    if (value.code == code) return value.n;
  }
  return 0;
}

std::size_t fold(House& house, std::size_t limit) {
  db::JobWrites jobs;
  return queue::TallyJob(house.parts(), jobs).run_once(limit);
}

// Every count that the tally tells is what the list itself has.
void check_all(House& house) {
  const queue::TallyCheck check = queue::check_tally(house.database(), house.program().slug);
  CHECK(check.wrong == 0);
  for (const char* query : {"", "state:submitted", "country:KE", "area:robustness", "country:KE area:robustness",
                            "state:screening,returned country:BR,KE area:alignment", "assigned:me", "flag:honeypot"}) {
    CAPTURE(query);
    const auto filter = read(house, query).filter;
    const auto counts = house.database().read([&](db::Tx& tx) {
      const auto told = queue::tally_counts(tx, house.program().slug, filter);
      REQUIRE(told);
      return *told;
    });
    CHECK(counts.total == static_cast<std::int64_t>(house.names(filter, {}, 1000).size()));
    for (const State state : queue::kShownStates) {
      queue::Filter one = filter;
      one.states = {state};
      CHECK(n_of(counts, Field::state, to_string(state)) ==
            static_cast<std::int64_t>(house.names(one, {}, 1000).size()));
    }
    for (const char* country : {"KE", "BR"}) {
      queue::Filter one = filter;
      one.countries = {country};
      if (counts.values.contains(Field::country)) {
        CHECK(n_of(counts, Field::country, country) == static_cast<std::int64_t>(house.names(one, {}, 1000).size()));
      }
    }
    // The slow way says the same.
    const auto slowly =
        house.database().read([&](db::Tx& tx) { return queue::count_facets(tx, house.program().slug, filter); });
    CHECK(slowly.total == counts.total);
    for (const auto& [field, values] : counts.values) {
      for (const auto& value : values) CHECK(n_of(slowly, field, value.code) == value.n);
    }
  }
}

queue::Filter chosen(queue::Filter filter, Field field, const std::string& value) {
  switch (field) {
    case Field::state:
      if (const auto state = applications::state_named(value)) filter.states = {*state};
      break;
    case Field::country:
      filter.countries = {value};
      filter.not_countries.clear();
      break;
    case Field::area:
      filter.areas = {{value}};
      filter.not_areas.clear();
      break;
    case Field::flag:
      filter.flags = {{*std::ranges::find(applications::kAllFlags, value, [](auto flag) { return to_string(flag); })}};
      filter.not_flags.clear();
      filter.has_flag.reset();
      break;
    default:
      filter.assigned = {std::stoll(value)};
      filter.not_assigned.clear();
  }
  return filter;
}

// What is counted row by row is what choosing it would list.
void check_row_by_row(House& house) {
  for (const char* query :
       {"country:KE flag:honeypot", "flag:honeypot -state:declined", "area:alignment -flag:honeypot has:flag",
        "-area:robustness -assigned:me", "assigned:none state:submitted,screening flag:honeypot", "-country:KE",
        "area:alignment area:robustness assigned:me", "-assigned:none country:BR,KE", "-has:flag assigned:none,me",
        "country:BR area:alignment sort:updated updated:>2020-01-01 flag:honeypot"}) {
    CAPTURE(query);
    const auto filter = read(house, query).filter;
    const auto counts =
        house.database().read([&](db::Tx& tx) { return queue::count_facets(tx, house.program().slug, filter); });
    CHECK(counts.total == static_cast<std::int64_t>(house.names(filter, {}, 1000).size()));
    CHECK(counts.values.size() == 5);
    for (const auto& [field, values] : counts.values) {
      for (const auto& value : values) {
        CAPTURE(value.code);
        CHECK(static_cast<std::int64_t>(house.names(chosen(filter, field, value.code), {}, 1000).size()) == value.n);
      }
    }
  }
}

}  // namespace

TEST_CASE("after any schedule of submissions, moves, flags and assignments the counts are those of a recount") {
  for_each_database([](db::Database& database) {
    House house(database);
    REQUIRE(database.write([](db::Tx& tx) -> Result<std::int64_t> { return tx.execute(kPerson); }));
    SeededRandom random(20'261'123);
    std::string story;
    for (int i = 0; i < 60; ++i) story += "sentence " + std::to_string(i) + " of a text that comes twice. ";
    for (int turn = 0; turn < 60; ++turn) {
      const auto what = random.below(10);
      const auto rows = house.page({}, {}, 1000).rows;
      if (what < 4 || rows.empty()) {
        house.submit({.first_name = "P" + std::to_string(turn),
                      .country = random.below(2) == 0 ? "KE" : "BR",
                      .area = random.below(2) == 0 ? "alignment" : "robustness",
                      .description = random.below(3) == 0 ? story : "words " + std::to_string(turn)});
      } else if (what < 7) {
        const auto& row = rows[random.below(rows.size())];
        const State to = queue::kShownStates[random.below(std::size(queue::kShownStates))];
        // Most are refused by the table of moves, and a refused one counts nothing.
        (void)database.write([&](db::Tx& tx) {
          return applications::move(tx, house.parts().ids, house.now(), row.id,
                                    {to, audit::By::staff(web::PersonId{71})});
        });
      } else if (what < 8) {
        const auto& row = rows[random.below(rows.size())];
        const std::optional<std::int64_t> to = row.assignee == 71 ? std::nullopt : std::optional<std::int64_t>(71);
        const std::optional<std::int64_t> before =
            row.assignee == queue::kNobody ? std::nullopt : std::optional(row.assignee);
        REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
          tx.execute(kAssign, to, row.id);
          applications::tally_assigned(tx, house.parts().ids, row.id, before);
          return true;
        }));
      } else if (what < 9) {
        house.index();
      } else {
        fold(house, 1 + random.below(20));
      }
      if (turn % 15 == 14) check_all(house), check_row_by_row(house);
    }
    while (fold(house, 7) > 0) {
    }
    CHECK(database.read([](db::Tx& tx) { return tx.query(kWaiting).at(0).integer(0); }) == 0);
    check_all(house);
    check_row_by_row(house);
  });
}

TEST_CASE("a wrong count is found, told and mended") {
  for_each_database([](db::Database& database) {
    House house(database);
    house.submit({.country = "KE"});
    house.submit({.country = "BR"});
    fold(house, 1);
    const auto spoil = [&] {
      REQUIRE(database.write([](db::Tx& tx) -> Result<std::int64_t> { return tx.execute(kSpoil, 1, "KE"); }));
    };
    spoil();
    const std::string& program = house.program().slug;
    CHECK(queue::check_tally(database, program).wrong == 2);  // everywhere, and within its area
    CHECK(queue::mend_tally(database, program).wrong == 2);
    CHECK(queue::check_tally(database, program).wrong == 0);
    fold(house, 10);
    CHECK(queue::check_tally(database, program).wrong == 0);
    CHECK(queue::check_tally(database, program).counts > 5);
  });
}

TEST_CASE("what the tally cannot tell is counted row by row") {
  for_each_database([](db::Database& database) {
    House house(database);
    house.submit({.first_name = "Ada", .country = "KE", .area = "alignment", .description = "probing heads"});
    house.submit({.first_name = "Bo", .country = "BR", .area = "robustness", .description = "probing vision"});
    house.submit({.first_name = "Cy", .country = "BR", .area = "robustness", .description = "audits"});
    house.index();
    const auto counts = [&](std::string_view query) {
      const auto filter = read(house, query).filter;
      return database.read([&](db::Tx& tx) {
        CHECK_FALSE(queue::tally_counts(tx, house.program().slug, filter));
        return queue::count_facets(tx, house.program().slug, filter);
      });
    };
    const auto probing = counts("probing");
    CHECK(probing.total == 2);
    CHECK(probing.reach == queue::FacetCounts::Reach::all);
    CHECK(n_of(probing, Field::country, "KE") == 1);
    CHECK(n_of(probing, Field::country, "BR") == 1);
    const auto brazil = counts("probing country:BR");
    CHECK(brazil.total == 1);
    CHECK(n_of(brazil, Field::country, "KE") == 1);  // what another choice would give
    CHECK(n_of(brazil, Field::area, "alignment") == 0);
    CHECK(n_of(brazil, Field::area, "robustness") == 1);
    CHECK(counts("-country:BR").total == 1);
    CHECK(counts("amount:>5000").total == 0);
    CHECK(counts("submitted:2026-03-01").total == 3);
  });
}
