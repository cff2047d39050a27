#include "features/forms/fields/date.h"

#include <doctest/doctest.h>

#include "features/forms/test_form.h"

namespace bursary::forms {

TEST_CASE("a date is a day of the calendar as YYYY-MM-DD") {
  for (const char* date : {"2026-03-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"}) {
    CAPTURE(date);
    CHECK(is_date(date));
  }
  for (const char* text :
       {"", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-1-01",
        "31.03.2026", "2026/03/31", "2026-03-31 ", "0000-01-01", "202-603-031", "----------", "2026-0a-01"}) {
    CAPTURE(text);
    CHECK_FALSE(is_date(text));
  }
}

TEST_CASE("a date keeps its bounds") {
  CHECK(problem_with("start", std::string("2026-01-01")).empty());
  CHECK(problem_with("start", std::string("2027-12-31")).empty());
  CHECK(problem_with("start", std::string("2025-12-31")) ==
        Phrase("forms.problem.date_early", {{"date", "2026-01-01"}}));
  CHECK(problem_with("start", std::string("2028-01-01")) ==
        Phrase("forms.problem.date_late", {{"date", "2027-12-31"}}));
}

}  // namespace bursary::forms
