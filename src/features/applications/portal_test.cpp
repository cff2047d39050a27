#include "features/applications/portal.h"

#include <doctest/doctest.h>

#include "features/applications/email.h"
#include "features/applications/test_house.h"

using namespace bursary;
using namespace bursary::applications;
using bursary::testing::for_each_database;
using namespace std::chrono_literals;

namespace {

std::vector<Own> own(House& house, const std::vector<std::string>& emails) {
  return house.database.read(
      [&](db::Tx& tx) { return own_applications(tx, house.program()->slug, web::PersonId{1}, emails); });
}

// As the index job does just after the commit.
ApplicationId submitted(House& house, const std::string& email) {
  const auto done = submit(house.parts, house.good_request(email)).value();
  REQUIRE(house.database.write([&](db::Tx& tx) -> Result<void> {
    list_email(tx, done.application.id, email);
    list_email(tx, done.application.id, email);  // indexed once more
    return {};
  }));
  house.clock.advance(1s);
  return done.application.id;
}

}  // namespace

TEST_CASE("one's own are those that give one of one's addresses, newest first") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto first = submitted(house, "Amina@Example.org");
    submitted(house, "eve@example.org");
    const auto draft = start_draft(house.parts, *house.program(), "en", house.good_answers("amina@work.example"), {});
    REQUIRE(draft);
    const auto mine = own(house, {"amina@example.org", "amina@work.example"});
    REQUIRE(mine.size() == 2);
    CHECK(mine[0].application.id == draft->id);
    CHECK(mine[0].application.state == State::draft);
    CHECK(mine[0].belonging.relation == Relation::owner);
    CHECK(mine[1].application.id == first);
    CHECK(mine[1].application.submitted_at.has_value());
    CHECK(mine[1].belonging.may(Right::own));
    CHECK(own(house, {}).empty());
    CHECK(own(house, {"nobody@example.org"}).empty());
    CHECK(own(house, {"' or 1=1 --"}).empty());
  });
}

TEST_CASE("an application whose address was corrected is its old holder's no more") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto id = submitted(house, "typo@exmaple.org");
    const std::string link = LinkSecret::derive(id, house.parts.secret).text;
    REQUIRE(own(house, {"typo@exmaple.org"}).size() == 1);
    REQUIRE(correct_email(house.parts, link, "amina@example.org"));
    CHECK(own(house, {"typo@exmaple.org"}).empty());
    CHECK(own(house, {"amina@example.org"}).size() == 1);
    const auto draft = start_draft(house.parts, *house.program(), "en", {}, {});
    REQUIRE(mail_draft_link(house.parts, draft->link.text, "amina@example.org"));
    CHECK(own(house, {"amina@example.org"}).size() == 2);
  });
}

TEST_CASE("a draft that ended is nobody's") {
  for_each_database([](db::Database& database) {
    House house(database);
    REQUIRE(start_draft(house.parts, *house.program(), "en", house.good_answers("amina@example.org"), {}));
    CHECK(own(house, {"amina@example.org"}).size() == 1);
    house.clock.advance(24h * 400);
    while (run_draft_expiry(house.parts, 100).expired > 0) {
    }
    CHECK(own(house, {"amina@example.org"}).empty());
    CHECK(house.count("application_email") == 0);
  });
}
