#include "db/row.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "db/statement_text.h"

using namespace bursary;
using namespace bursary::db;

TEST_CASE("a row outlives its rows and refuses what it does not hold") {
  std::optional<Row> kept;
  {
    const Rows rows(
        {std::int64_t{7}, std::string("seven"), Null{}, 0.5, std::int64_t{8}, std::string("eight"), Null{}, 1.5}, 4);
    CHECK(rows.size() == 2);
    std::vector<std::int64_t> seen;
    for (const Row row : rows) seen.push_back(row.integer(0));
    CHECK(seen == std::vector<std::int64_t>{7, 8});
    kept = rows.at(1);
  }
  CHECK(kept->size() == 4);
  CHECK(kept->text(1) == "eight");
  CHECK(kept->real(3) == 1.5);
  CHECK(kept->real(0) == 8.0);
  CHECK(kept->is_null(2));
  CHECK(kept->text_or_empty(2).empty());
  CHECK_FALSE(kept->maybe_instant(2).has_value());
  CHECK(kept->maybe_integer(0) == 8);
  CHECK_THROWS_WITH_AS(kept->integer(1), "column 1 holds text, not an integer", std::logic_error);
  CHECK_THROWS_WITH_AS(kept->text(2), "column 2 holds null, not text", std::logic_error);
  CHECK_THROWS_AS((void)kept->integer(4), std::logic_error);
  CHECK(Rows().empty());
}

TEST_CASE("placeholders are turned outside of quotes alone") {
  CHECK(to_dollar_placeholders("select '?1', \"a?2\", ?1, ?12") == "select '?1', \"a?2\", $1, $12");
  CHECK(to_dollar_placeholders("select 'it''s ?', ?1") == "select 'it''s ?', $1");
}

TEST_CASE("text for a database is UTF-8 without a NUL") {
  CHECK_NOTHROW(check_text(""));
  CHECK_NOTHROW(check_text("\xE2\x82\xAC"));
  CHECK_THROWS_AS(check_text(std::string_view("\0", 1)), std::invalid_argument);
  CHECK_THROWS_AS(check_text("\xFF"), std::invalid_argument);
}
