// Lists that the query language asks for: exclusions, lists of values, orders, what an index cannot tell, and that
// nothing which is typed becomes part of a statement.
#include <doctest/doctest.h>

#include "features/queue/query_match.h"
#include "features/queue/query_sql.h"
#include "features/queue/test_house.h"

using namespace bursary;
using bursary::testing::for_each_database;
using queue::Filter;
using queue::Sort;
using queue::test::House;

namespace {

using Names = std::vector<std::string>;

constexpr db::Query<2> kAssign{"trial.assign", "update application set assignee = ?1 where applicant_name = ?2",
                               "update application set assignee = $1 where applicant_name = $2"};
constexpr db::Query<2> kPerson{"trial.person", "insert into person (id, name, created_at) values (?1, ?2, 0)",
                               "insert into person (id, name, created_at) values ($1, $2, 0)"};

applications::ApplicationId id_of(House& house, const std::string& name) {
  for (const auto& row : house.page({}, {}, 50).rows) {
    if (row.applicant_name == name) return row.id;
  }
  throw std::logic_error("nobody of that name");
}

void move(House& house, const std::string& name, applications::State to) {
  const auto id = id_of(house, name);
  house.let_pass(std::chrono::seconds(1));
  REQUIRE(house.database().write([&](db::Tx& tx) {
    return applications::move(tx, house.parts().ids, house.now(), id, {to, audit::By::staff(web::PersonId{71})});
  }));
}

void assign(House& house, const std::string& name, std::int64_t person) {
  REQUIRE(
      house.database().write([&](db::Tx& tx) -> Result<std::int64_t> { return tx.execute(kAssign, person, name); }));
}

}  // namespace

TEST_CASE("lists of values, exclusions, people and orders") {
  for_each_database([](db::Database& database) {
    House house(database);
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      tx.execute(kPerson, 71, "Ana Lima");
      tx.execute(kPerson, 72, "Ben");
      return true;
    }));
    house.submit({.first_name = "Ada", .last_name = "One", .country = "KE", .area = "alignment"});
    house.submit({.first_name = "Bo", .last_name = "Two", .country = "BR", .area = "robustness"});
    house.submit({.first_name = "Cy", .last_name = "Three", .country = "NG", .area = "robustness"});
    house.submit({.first_name = "Di", .last_name = "Four", .country = "KE", .area = "robustness"});
    move(house, "Bo Two", applications::State::screening);
    move(house, "Ada One", applications::State::returned);
    assign(house, "Cy Three", 71);
    assign(house, "Di Four", 72);

    CHECK(house.find("country:KE,NG") == Names{"Di Four", "Cy Three", "Ada One"});
    CHECK(house.find("country:KE,NG state:submitted") == Names{"Di Four", "Cy Three"});
    CHECK(house.find("-country:KE") == Names{"Cy Three", "Bo Two"});
    CHECK(house.find("area:alignment,robustness country:KE") == Names{"Di Four", "Ada One"});
    CHECK(house.find("area:alignment,robustness") == Names{"Di Four", "Cy Three", "Bo Two", "Ada One"});
    CHECK(house.find("-area:robustness") == Names{"Ada One"});
    CHECK(house.find("area:alignment area:robustness").empty());
    CHECK(house.find("-state:submitted") == Names{"Bo Two", "Ada One"});
    CHECK(house.find("sort:oldest") == Names{"Ada One", "Bo Two", "Cy Three", "Di Four"});
    CHECK(house.find("sort:oldest country:KE,BR") == Names{"Ada One", "Bo Two", "Di Four"});
    CHECK(house.find("sort:updated") == Names{"Ada One", "Bo Two", "Di Four", "Cy Three"});
    CHECK(house.find("sort:updated area:robustness") == Names{"Bo Two", "Di Four", "Cy Three"});
    CHECK(house.find("updated:<3d state:screening") == Names{"Bo Two"});
    CHECK(house.find("updated:>3d").empty());
    CHECK(house.find("assigned:me") == Names{"Cy Three"});
    CHECK(house.find("assigned:me,Ben") == Names{"Di Four", "Cy Three"});
    CHECK(house.find("assigned:none") == Names{"Bo Two", "Ada One"});
    CHECK(house.find("assigned:none,me") == Names{"Cy Three", "Bo Two", "Ada One"});
    CHECK(house.find("-assigned:me") == Names{"Di Four", "Bo Two", "Ada One"});
    CHECK(house.find("-assigned:none state:submitted") == Names{"Di Four", "Cy Three"});
    CHECK(house.find("assigned:me country:KE").empty());
    CHECK(house.find("lang:es").empty());
    CHECK(house.find("lang:en -has:file") == Names{"Di Four", "Cy Three", "Bo Two", "Ada One"});
    CHECK(house.find("amount:>=5000USD months:6") == Names{"Di Four", "Cy Three", "Bo Two", "Ada One"});
    CHECK(house.find("amount:>5000").empty());
    CHECK(house.find("amount:5000EUR").empty());
    CHECK(house.find("months:>6").empty());
    CHECK(house.find("submitted:2026-03-01 country:BR") == Names{"Bo Two"});
    CHECK(house.find("submitted:<2026-03-01").empty());
  });
}

TEST_CASE("words, alternatives, what is left out, and beginnings of the institution's words") {
  for_each_database([](db::Database& database) {
    House house(database);
    house.submit({.first_name = "Ada", .last_name = "One", .description = "probing of induction heads"});
    house.submit({.first_name = "Bo", .last_name = "Two", .country = "BR", .description = "vision models and probes"});
    house.submit({.first_name = "Cy", .last_name = "Three", .description = "audits of language models"});
    house.index();
    CHECK(house.find("probing OR probes") == Names{"Bo Two", "Ada One"});
    CHECK(house.find("probing OR probes -vision") == Names{"Ada One"});
    CHECK(house.find("models -(vision OR heads)") == Names{"Cy Three"});
    CHECK(house.find("(probing heads) OR (audits language)") == Names{"Cy Three", "Ada One"});
    CHECK(house.find("models -\"language models\"") == Names{"Bo Two"});
    CHECK(house.find("models sort:oldest") == Names{"Bo Two", "Cy Three"});
    CHECK(house.find("models country:BR,NG") == Names{"Bo Two"});
    CHECK(house.find("models -country:BR") == Names{"Cy Three"});
    CHECK(house.find("institution:\"uni nairobi\"") == Names{"Cy Three", "Bo Two", "Ada One"});
    CHECK(house.find("institution:nairobi models country:KE") == Names{"Cy Three"});
    CHECK(house.find("institution:robi").empty());
    CHECK(house.find("institution:probing").empty());
  });
}

TEST_CASE("pages go both ways in every order") {
  for_each_database([](db::Database& database) {
    House house(database);
    for (const char* name : {"One", "Two", "Three", "Four", "Five"})
      house.submit({.first_name = "A", .last_name = name});
    move(house, "A Two", applications::State::screening);
    for (const Sort sort : {Sort::newest, Sort::oldest, Sort::updated}) {
      Filter filter;
      filter.sort = sort;
      const Names all = house.names(filter);
      REQUIRE(all.size() == 5);
      const auto place = [&](const queue::ListRow& row, bool newer) {
        queue::Cursor cursor;
        (newer ? cursor.newer_than : cursor.older_than) = row.queue_id;
        if (sort == Sort::updated) cursor.updated_at = row.updated_at.micros;
        return cursor;
      };
      const bool up = sort == Sort::oldest;  // the next page is the newer one
      const auto first = house.page(filter, {}, 2);
      CHECK((up ? first.has_newer : first.has_older));
      CHECK_FALSE((up ? first.has_older : first.has_newer));
      const auto second = house.page(filter, place(first.rows.back(), up), 2);
      REQUIRE(second.rows.size() == 2);
      CHECK(second.rows[0].applicant_name == all[2]);
      CHECK(second.rows[1].applicant_name == all[3]);
      CHECK((second.has_newer && second.has_older));
      const auto back = house.page(filter, place(second.rows.front(), !up), 2);
      REQUIRE(back.rows.size() == 2);
      CHECK(back.rows[0].applicant_name == all[0]);
      CHECK(back.rows[1].applicant_name == all[1]);
      const auto last = house.page(filter, place(second.rows.back(), up), 2);
      CHECK(last.rows.size() == 1);
      CHECK_FALSE((up ? last.has_newer : last.has_older));
    }
  });
}

TEST_CASE("every way to walk is a statement that both databases know, with its bound, and no table is read whole") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto& program = house.program();
    for (const char* query :
         {"", "state:submitted", "country:KE", "country:KE,NG,BR state:submitted,screening", "area:alignment",
          "flag:honeypot", "flag:honeypot,bot_speed area:alignment", "assigned:me", "assigned:me,none", "sort:updated",
          "updated:<7d country:KE", "sort:oldest -area:alignment", "words", "words -country:KE",
          "institution:uni has:file", "amount:>5 months:<3 lang:es", "-flag:honeypot -has:flag -assigned:me",
          "words OR \"two words\" -not area:alignment,robustness"}) {
      CAPTURE(query);
      const std::vector<queue::Colleague> nobody;
      const auto read = queue::read_query(query, {program, program.phrasebooks->get("en"), 71, house.now(), nobody});
      REQUIRE(read.problems.empty());
      for (const queue::Cursor& cursor : {queue::Cursor{}, queue::Cursor{5, {}, 9}, queue::Cursor{{}, 5, 9}}) {
        queue::ListQuery asked{.program = program.slug, .filter = read.filter, .cursor = cursor};
        queue::ComposedQuery bound, list;
        const bool bounded = queue::compose_bound(bound, database.dialect(), asked);
        asked.bound = 7;
        queue::compose_list(list, database.dialect(), asked);
        queue::ComposedQuery number, rows;
        queue::compose_count(number, database.dialect(), asked, queue::Counting::number);
        queue::compose_count(rows, database.dialect(), asked, queue::Counting::rows);
        database.read([&](db::Tx& tx) {
          CHECK(tx.query_composed(number.text, number.values).at(0).integer(1) == 0);
          CHECK(tx.query_composed(rows.text, rows.values).empty());
          if (bounded) CHECK(tx.query_composed(bound.text, bound.values).size() == 1);
          CHECK(tx.query_composed(list.text, list.values).empty());
          if (database.dialect() != db::Dialect::sqlite) return true;
          for (const auto* one : {&bound, &list}) {
            if (one->text.empty()) continue;
            for (const db::Row step : tx.query_composed("explain query plan " + one->text, one->values)) {
              const std::string& detail = step.text(3);
              const bool whole = detail.starts_with("SCAN ") && detail.find("VIRTUAL TABLE") == std::string::npos &&
                                 detail.find(" s") == std::string::npos && detail != "SCAN a" && detail != "SCAN b";
              CHECK_MESSAGE(!whole, detail);
            }
          }
          return true;
        });
      }
    }
  });
}

TEST_CASE("nothing that is typed becomes part of a statement") {
  for_each_database([](db::Database& database) {
    House house(database);
    house.submit({.first_name = "Ada", .last_name = "One", .description = "plain words"});
    house.index();
    const auto& program = house.program();
    const std::vector<queue::Colleague> staff = {{71, "O'Hara\"; --"}};
    for (const char* evil : {"'; drop table application; --",
                             "\" OR 1=1 --",
                             "x') or ('1'='1",
                             "$1",
                             "?1",
                             ":program",
                             "\\",
                             "\\'",
                             "%",
                             "_",
                             "0country0ke",
                             "#country#ke",
                             "body",
                             "NEAR",
                             "*",
                             "^a",
                             "a:*",
                             "a & b | !c",
                             "{a b} : c",
                             "\x01\x02",
                             "𝔘𝔫𝔦",
                             "-",
                             "--",
                             "(",
                             ")",
                             "'",
                             "\"",
                             "cast(1 as text)",
                             "<->",
                             "1e309",
                             "9223372036854775808",
                             "NaN"}) {
      for (const char* around :
           {"%", "\"%\"", "state:%", "country:\"%\"", "area:%", "flag:%", "assigned:\"%\"", "institution:\"%\"",
            "lang:%", "amount:%", "months:>%", "submitted:%", "sort:%", "has:%", "-%", "a OR %", "(%)", "%:x"}) {
        std::string query = around;
        query.replace(query.find('%'), 1, evil);
        CAPTURE(query);
        const auto read = queue::read_query(query, {program, program.phrasebooks->get("en"), 71, house.now(), staff});
        queue::ComposedQuery composed;
        queue::compose_list(composed, database.dialect(), {.program = program.slug, .filter = read.filter});
        // No letter of it: fragments alone.
        CHECK(composed.text.find("drop") == std::string::npos);
        CHECK(composed.text.find('\'') == std::string::npos);
        CHECK(composed.text.find('"') == std::string::npos);
        CHECK_NOTHROW(house.names(read.filter));
        // What is left of it reads to the same again.
        const auto again =
            queue::read_query(read.text(), {program, program.phrasebooks->get("en"), 71, house.now(), staff});
        CHECK(again.text() == read.text());
        CHECK(again.filter == read.filter);
      }
    }
    CHECK(house.names({}) == Names{"Ada One"});
  });
}
