#include <doctest/doctest.h>

#include "features/applications/key.h"
#include "features/applications/test_house.h"
#include "features/messages/messages.h"

using namespace bursary;
using namespace bursary::applications;
using bursary::testing::for_each_database;
using namespace std::chrono_literals;

namespace {

constexpr auto kDay = 24h;

Saved start(House& house, const std::string& email) {
  Result<Saved> saved = start_draft(house.parts, *house.program(), "es", house.good_answers(email), {});
  REQUIRE(saved.has_value());
  return std::move(*saved);
}

}  // namespace

TEST_CASE("a draft's holder is reminded a week before its end, once, with the link") {
  for_each_database([](db::Database& database) {
    House house(database);
    const Saved draft = start(house, "amina@example.org");
    start(house, "");  // nobody to remind
    house.clock.advance(kDay * 82);
    CHECK(run_draft_expiry(house.parts, 100).reminded == 0);
    house.clock.advance(kDay + 1s);
    const DraftExpiry run = run_draft_expiry(house.parts, 100);
    CHECK(run.reminded == 1);
    CHECK(run.expired == 0);
    CHECK(run_draft_expiry(house.parts, 100).reminded == 0);
    const auto mail = database.read([&](db::Tx& tx) { return messages::messages_of(tx, draft.id.value); });
    REQUIRE(mail.size() == 1);
    CHECK(mail[0].template_key == "draft_expires");
    CHECK(mail[0].locale == "es");
    CHECK(tell_link(house.parts, mail[0].links.at("link")) == "https://apply.example.org/draft/" + draft.link.text);

    // A save makes it young again: there will be another reminder before the new end.
    REQUIRE(save_draft(house.parts, draft.link.text, 1, house.good_answers(), {}).has_value());
    house.clock.advance(kDay * 80);
    CHECK(run_draft_expiry(house.parts, 100).expired == 1);  // the one without an address
    house.clock.advance(kDay * 4);
    CHECK(run_draft_expiry(house.parts, 100).reminded == 1);
  });
}

TEST_CASE("a draft whose time is over is erased, and its link says so") {
  for_each_database([](db::Database& database) {
    House house(database);
    const Saved draft = start(house, "amina@example.org");
    const auto kept = submit(house.parts, house.good_request("kept@example.org"));
    REQUIRE(kept.has_value());
    house.clock.advance(kDay * 90 - 1s);
    CHECK(run_draft_expiry(house.parts, 100).expired == 0);
    house.clock.advance(1s);
    CHECK(run_draft_expiry(house.parts, 100).expired == 1);
    CHECK(house.count("draft") == 0);
    CHECK(house.count("file") == 0);
    CHECK(house.count("application where state = 12 and email = '' and applicant_name = '' and country = ''") == 1);
    CHECK(house.count("event where kind = 'draft_expired' and actor_kind = 2") == 1);
    const auto application = database.read([&](db::Tx& tx) { return find_by_link(tx, draft.link.text); });
    REQUIRE(application.has_value());
    CHECK(application->state == State::expired);
    CHECK(save_draft(house.parts, draft.link.text, 1, house.good_answers(), {}).error().message.key ==
          "applications.problem.draft_ended");
    SubmitRequest request = house.good_request();
    request.link = draft.link.text;
    request.base_version = 1;
    CHECK(submit(house.parts, request).error().message.key == "applications.problem.draft_ended");
    CHECK(house.count("application where state = 1") == 1);  // what was submitted stays
  });
}

TEST_CASE("many drafts end in runs of a bounded size") {
  for_each_database([](db::Database& database) {
    House house(database);
    for (int i = 0; i < 7; ++i) start(house, "");
    house.clock.advance(kDay * 91);
    CHECK(run_draft_expiry(house.parts, 3).expired == 3);
    CHECK(run_draft_expiry(house.parts, 3).expired == 3);
    CHECK(run_draft_expiry(house.parts, 3).expired == 1);
    CHECK(run_draft_expiry(house.parts, 3).expired == 0);
  });
}

TEST_CASE("one node at a time does the work") {
  for_each_database([](db::Database& database) {
    House house(database);
    start(house, "");
    house.clock.advance(kDay * 91);
    // Another node took the lease a moment ago and is at it, or has died.
    (void)database.write([&](db::Tx& tx) -> Result<bool> {
      tx.query_composed(
          "insert into lease (name, holder, until_at) values ('draft_expiry', 'another', ?1) returning name",
          {db::to_value(house.clock.now() + 10min)});
      return true;
    });
    CHECK(run_draft_expiry(house.parts, 10).expired == 0);
    house.clock.advance(10min + 1s);
    CHECK(run_draft_expiry(house.parts, 10).expired == 1);
    CHECK(house.count("lease") == 0);
  });
}

TEST_CASE("submission keys are forgotten after yesterday") {
  for_each_database([](db::Database& database) {
    House house(database);
    for (int i = 0; i < 5; ++i)
      REQUIRE(submit(house.parts, house.good_request("a" + std::to_string(i) + "@example.org")).has_value());
    house.clock.advance(kDay);
    REQUIRE(submit(house.parts, house.good_request("b@example.org")).has_value());
    CHECK(forget_keys(database, house.clock.now()) == 0);
    house.clock.advance(kDay);
    CHECK(forget_keys(database, house.clock.now()) == 5);
    CHECK(house.count("submission_key") == 1);
  });
}
