// Every named query of the product, prepared on both databases against the whole schema.
#include <doctest/doctest.h>

#include <set>
#include <string>

#include "all_queries.h"
#include "tests/support/databases.h"

using namespace bursary;

TEST_CASE("every named query can be prepared") {
  testing::for_each_database([](db::Database& database) {
    std::size_t prepared = 0;
    for (const auto& list : testing::all_queries()) {
      for (const db::Query<0>& query : list) {
        const auto problem = database.problem_with(query.text(database.dialect()));
        CHECK_MESSAGE(!problem.has_value(), std::string(query.name) << ": " << problem.value_or(""));
        ++prepared;
      }
    }
    CHECK(prepared > 5);
  });
}

TEST_CASE("a query's name is its own: prepared statements are found by it") {
  std::set<std::string_view> names;
  for (const auto& list : testing::all_queries()) {
    for (const db::Query<0>& query : list) CHECK_MESSAGE(names.insert(query.name).second, query.name);
  }
}
