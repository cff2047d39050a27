#include <doctest/doctest.h>

#include "features/applications/email.h"
#include "features/applications/test_house.h"
#include "features/messages/messages.h"

using namespace bursary;
using namespace bursary::applications;
using bursary::testing::for_each_database;
using namespace std::chrono_literals;

TEST_CASE("a draft's link is mailed to the address that is then the draft's") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto draft = start_draft(house.parts, *house.program(), "en", {}, {});
    REQUIRE(draft.has_value());
    for (const char* wrong : {"", "  ", "amina", "a@b@c", "a b@example.org", "amina@"}) {
      const auto refused = mail_draft_link(house.parts, draft->link.text, wrong);
      REQUIRE_FALSE(refused.has_value());
      REQUIRE(refused.error().fields.size() == 1);
      CHECK(refused.error().fields[0].field == "_email");
    }
    CHECK(house.count("message") == 0);
    REQUIRE(mail_draft_link(house.parts, draft->link.text, " amina@example.org ").has_value());
    const auto now = database.read([&](db::Tx& tx) { return find_draft(tx, house.versions, draft->link.text); });
    REQUIRE(now.has_value());
    CHECK(now->application.email == "amina@example.org");
    CHECK(now->answers.text("email") == "amina@example.org");
    const auto mail = database.read([&](db::Tx& tx) { return messages::messages_of(tx, draft->id.value); });
    REQUIRE(mail.size() == 1);
    CHECK(mail[0].recipient == "amina@example.org");
    CHECK(tell_link(house.parts, mail[0].links.at("link")) == "https://apply.example.org/draft/" + draft->link.text);
  });
}

TEST_CASE("a mistyped address is mended after submission, and the confirmation goes there") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto submitted = submit(house.parts, house.good_request("amina@exmaple.org"));
    REQUIRE(submitted.has_value());
    house.clock.advance(std::chrono::minutes(1));
    const auto mended = correct_email(house.parts, submitted->link, "amina@example.org");
    REQUIRE(mended.has_value());
    // It waits for the index from now, also where it has not been there since it was submitted.
    const std::string waits =
        "search_backlog where since > " + std::to_string(submitted->application.submitted_at->micros);
    CHECK(house.count(waits.c_str()) == 1);
    CHECK(mended->email == "amina@example.org");
    const auto view = database.read([&](db::Tx& tx) { return find_confirmation(tx, house.versions, submitted->link); });
    REQUIRE(view.has_value());
    CHECK(view->application.email == "amina@example.org");
    CHECK(view->submission.answers.text("email") == "amina@exmaple.org");  // what was submitted stays
    const auto mail = database.read([&](db::Tx& tx) { return messages::messages_of(tx, view->application.id.value); });
    REQUIRE(mail.size() == 2);
    CHECK(mail[1].template_key == "submitted");
    CHECK(mail[1].recipient == "amina@example.org");
    CHECK(house.count("event where kind = 'email_corrected' and detail = '{}'") == 1);
    CHECK_FALSE(correct_email(house.parts, LinkSecret::make(view->application.id, house.random).text, "eve@example.org")
                    .has_value());
  });
}

TEST_CASE("nobody is pestered: five mails a day for one application") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto submitted = submit(house.parts, house.good_request());
    REQUIRE(submitted.has_value());
    for (int i = 0; i < kMailsADay; ++i)
      CHECK(correct_email(house.parts, submitted->link, "victim@example.org").has_value());
    const auto refused = correct_email(house.parts, submitted->link, "victim@example.org");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::limit);
    house.clock.advance(24h + 1s);
    CHECK(correct_email(house.parts, submitted->link, "victim@example.org").has_value());
  });
}
