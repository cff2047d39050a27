// What a person meets while the database is away: no word lost, nothing taken twice.
#include <doctest/doctest.h>

#include "features/applications/test_house.h"
#include "tests/support/troubled_database.h"

using namespace bursary;
using namespace bursary::applications;

namespace {

struct Given {
  testing::SqliteForTest sqlite;
  testing::TroubledDatabase database{*sqlite.database};
  House house{database};
  Site site{house};
};

}  // namespace

TEST_CASE("a form that comes while the database is away is shown again as it was typed") {
  Given given;
  const auto fields = given.site.good_fields();
  given.database.away = true;
  const web::Response refused = given.site.post("/apply", fields);
  CHECK(refused.status == 503);
  CHECK(refused.headers.find("Retry-After") == "5");
  CHECK(has(body_of(refused), "We study how models follow instructions under perturbed prompts."));
  CHECK(has(body_of(refused), "amina@example.org"));
  CHECK_FALSE(has(body_of(refused), "the database is away"));
  CHECK(has(body_of(refused), "We cannot tell whether this was saved"));
  CHECK(given.site.get("/draft/06HP04FSR0G00-nn5ybzqVekOQfJYk1toD9A").status == 503);
  given.database.away = false;
  CHECK(given.site.post("/apply", fields).status == 303);
  CHECK(given.house.count("application") == 1);
}

TEST_CASE("an answer that was lost on its way is one application when the form is sent again") {
  Given given;
  auto fields = given.site.good_fields();
  fields.emplace_back("_key", std::string(32, 'k'));
  given.database.lose_answers = true;
  CHECK(given.site.post("/apply", fields).status == 503);
  given.database.lose_answers = false;
  CHECK(location_of(given.site.post("/apply", fields)).starts_with("/application/"));
  CHECK(given.house.count("application") == 1);
}
