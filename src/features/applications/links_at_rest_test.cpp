// Private links are secrets: a copy of the whole database opens no application.
#include <doctest/doctest.h>

#include "db/row_counts.h"
#include "features/applications/email.h"
#include "features/applications/test_house.h"
#include "features/messages/messages.h"
#include "web/outside.h"

using namespace bursary;
using namespace bursary::applications;
using bursary::testing::for_each_database;
using namespace std::chrono_literals;

namespace {

class KeptMail final : public web::MailSender {
 public:
  web::SendResult send(const web::OutgoingMail& mail) override {
    sent.push_back(mail);
    return {web::Delivery::sent, {}};
  }
  std::vector<web::OutgoingMail> sent;
};

// Every cell of every table, as a dump would hold it.
std::string dump(db::Database& database) {
  std::string out;
  for (const auto& [table, count] : db::row_counts(database)) {
    const std::string text = "select * from \"" + table + "\"";
    database.read([&](db::Tx& tx) {
      for (const db::Row row : tx.query_composed(text, {})) {
        for (std::size_t i = 0; i < row.size(); ++i) {
          if (row.is_null(i)) continue;
          try {
            out += row.text(i) + "\n";
          } catch (const std::logic_error&) {
            continue;  // a number
          }
        }
      }
      return true;
    });
  }
  return out;
}

std::string secret_of(const std::string& link) { return link.substr(link.find('-') + 1); }

// Quoted-printable breaks long lines.
std::string unfolded(std::string mail) {
  for (auto at = mail.find("=\r\n"); at != std::string::npos; at = mail.find("=\r\n")) mail.erase(at, 3);
  return mail;
}

}  // namespace

TEST_CASE("no private link stands in the database, and the mail that leaves holds one that opens") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto draft = start_draft(house.parts, *house.program(), "en", {}, {}, "0123456789abcdef0123456789abcdef");
    REQUIRE(draft.has_value());
    REQUIRE(mail_draft_link(house.parts, draft->link.text, "amina@example.org").has_value());
    const auto submitted = submit(house.parts, house.good_request());
    REQUIRE(submitted.has_value());
    REQUIRE(correct_email(house.parts, submitted->link, "amina.otieno@example.org").has_value());
    const auto waiting = start_draft(house.parts, *house.program(), "es", house.good_answers("ada@example.org"), {});
    REQUIRE(waiting.has_value());
    house.clock.advance(24h * 84);  // of the default program's 90
    REQUIRE(run_draft_expiry(house.parts, 100).reminded == 2);

    const std::vector<std::string> links = {draft->link.text, submitted->link, waiting->link.text};
    const auto nowhere_at_rest = [&] {
      const std::string all = dump(database);
      REQUIRE(all.find("amina.otieno@example.org") != std::string::npos);  // it is the whole of it
      for (const std::string& link : links) {
        CHECK(all.find(link) == std::string::npos);
        CHECK(all.find(secret_of(link)) == std::string::npos);
      }
    };
    nowhere_at_rest();

    KeptMail mail;
    messages::Outbox outbox({database,
                             house.clock,
                             house.random,
                             *house.programs,
                             mail,
                             {"apply@example.org", ""},
                             [&](const messages::PrivateLink& link) { return tell_link(house.parts, link); }});
    CHECK(outbox.run_once(100).sent == 5);
    nowhere_at_rest();
    const std::vector<std::string> addresses = {"/draft/" + draft->link.text, "/application/" + submitted->link,
                                                "/draft/" + waiting->link.text};
    std::vector<int> told(addresses.size());
    const Site site(house);
    for (const web::OutgoingMail& one : mail.sent) {
      const std::string content = unfolded(one.content);
      for (std::size_t i = 0; i < addresses.size(); ++i) {
        const std::string whole = "https://apply.example.org" + addresses[i];
        if (content.find(whole + "\"") == std::string::npos && content.find(whole + "=22") == std::string::npos)
          continue;
        ++told[i];
        CHECK(site.get(addresses[i]).status == 200);
      }
    }
    CHECK(told == std::vector<int>{2, 2, 1});
  });
}

TEST_CASE("a link that the server cannot tell again is not mailed, and says so") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto draft = start_draft(house.parts, *house.program(), "en", house.good_answers(), {});
    REQUIRE(draft.has_value());
    const messages::PrivateLink link{"draft", draft->id.value};
    REQUIRE(tell_link(house.parts, link).has_value());
    CHECK_FALSE(tell_link(house.parts, {"draft", draft->id.value + 1}).has_value());
    CHECK_FALSE(tell_link(house.parts, {"secret", draft->id.value}).has_value());

    house.parts.secret = std::string(32, 'n');  // the old one was lost
    CHECK_FALSE(tell_link(house.parts, link).has_value());
    const auto refused = mail_draft_link(house.parts, draft->link.text, "amina@example.org");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.key == "applications.problem.link_not_mailed");
    CHECK(house.count("message") == 0);
    const Site site(house);
    CHECK(site.get("/draft/" + draft->link.text).status == 200);  // it opens as before
  });
}
