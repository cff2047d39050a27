// The console's pages of messages, where there are applications and decisions that messages are about.
#include "features/decisions/decisions.h"
#include "features/messages/desk.h"
#include "tests/support/staff_house.h"

using namespace bursary;
using namespace bursary::testing;
using namespace std::chrono_literals;

namespace {

struct House : StaffHouse {
  explicit House(db::Database& opened)
      : StaffHouse(opened),
        decisions{parts, 600s},
        desk{opened, clock, random, ids, *programs, parts.public_address, std::string(32, 's')} {
    messages::add_routes(router, desk);
  }
  decisions::Parts decisions;
  messages::DeskParts desk;
};

}  // namespace

TEST_CASE("the outbox lists by state, one message is shown masked, and cancelled by who may") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    const std::string list = StaffHouse::text(house.get("/staff/messages"));
    CHECK(has(list, "We received your application " + application.reference));
    CHECK(has(StaffHouse::text(house.get("/staff/messages?state=failed")), "No message is in this state."));
    CHECK(has(StaffHouse::text(house.get("/staff/messages?state=waiting")), application.reference));
    const auto id = house.mail_of(application.id)[0].id.value;
    const std::string path = "/staff/messages/" + std::to_string(id);
    const std::string page = StaffHouse::text(house.get(path));
    CHECK(has(page, "[private link]"));
    CHECK_FALSE(has(page, house.links.at(application.id.value)));
    CHECK(has(page, "Cancel it"));
    CHECK_FALSE(has(StaffHouse::text(house.get(path, "auditor")), "Cancel it"));
    CHECK(house.post(path, {{"_action", "cancel"}}, "auditor").status == 404);
    CHECK(house.post(path, {{"_action", "cancel"}}).status == 303);
    CHECK(house.post(path, {{"_action", "cancel"}}).status == 409);
    CHECK(has(StaffHouse::text(house.get("/staff/messages?state=cancelled")), application.reference));
    CHECK(house.get("/staff/messages/99").status == 404);
  });
}

TEST_CASE("a held message is shown as held, and gone with its release") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    REQUIRE(decisions::decide(house.decisions, {application.id, applications::State::submitted, kAna},
                              {decisions::Kind::award, {}, "Well done.", {}}));
    const auto chosen = database.read([&](db::Tx& tx) {
      return decisions::all_pending(tx, house.programs->current()->slug, std::nullopt, house.clock.now());
    });
    const auto made = decisions::make_release(house.decisions, kAna, chosen);
    REQUIRE(made);
    CHECK(has(StaffHouse::text(house.get("/staff/messages?state=held")), "Good news about your application"));
    REQUIRE(decisions::undo_release(house.decisions, made->id, kAna));
    CHECK(has(StaffHouse::text(house.get("/staff/messages?state=held")), "No message is in this state."));
  });
}

TEST_CASE("a message to one applicant, with what was written before and what else that address got") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    const std::string path = "/staff/applications/" + application.reference + "/messages";
    CHECK(house.post(path, {{"letter", " "}}).status == 422);
    CHECK(house.post(path, {{"letter", "x"}}, "auditor").status == 404);
    CHECK(house.post(path, {{"letter", "Which <data> do you mean?"}}).status == 303);
    const std::string page = StaffHouse::text(house.get(path));
    CHECK(has(page, "Which &lt;data&gt; do you mean?"));
    CHECK(has(page, "Ana Lima, staff"));
    CHECK(has(page, "A message about your application"));
    const auto mail = house.mail_of(application.id);
    REQUIRE(mail.size() == 2);
    CHECK(mail[1].template_key == "staff_message");
    REQUIRE(database.write([&](db::Tx& tx) {
      return messages::write_to_staff(tx, house.desk, application.id.value, "The first set.", std::nullopt);
    }));
    CHECK(has(StaffHouse::text(house.get(path, "auditor")), ">new<"));
    // Looking at it changes nothing; who has read it says so, up to what their page showed.
    CHECK(has(StaffHouse::text(house.get(path)), ">new<"));
    const std::string unread = StaffHouse::text(house.get(path));
    CHECK(has(unread, ">new<"));
    const std::string_view mark = R"(name="shown" value=")";
    REQUIRE(has(unread, mark));
    const std::string shown = unread.substr(unread.find(mark) + mark.size(), 20);
    CHECK_FALSE(has(StaffHouse::text(house.get(path, "auditor")), mark));
    CHECK(house.post(path, {{"_action", "read"}, {"shown", "1"}}).status == 303);
    CHECK(has(StaffHouse::text(house.get(path)), ">new<"));
    CHECK(house.post(path, {{"_action", "read"}, {"shown", shown.substr(0, shown.find('"'))}}).status == 303);
    CHECK_FALSE(has(StaffHouse::text(house.get(path)), ">new<"));
    CHECK(house.get("/staff/applications/RA-0000-00000/messages").status == 404);
  });
}

TEST_CASE("a template is tried with a real application; an unknown placeholder is named, and nothing is sent") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    const std::string page = StaffHouse::text(
        house.get("/staff/messages/templates?key=returned&language=es&reference=" + application.reference));
    CHECK(has(page, "Hola, Amina Otieno"));
    CHECK(has(page, "[changes]"));
    const auto tried =
        house.post("/staff/messages/templates", {{"key", "returned"},
                                                 {"language", "en"},
                                                 {"reference", application.reference},
                                                 {"subject", "Hello {name}"},
                                                 {"text", "See {link} {nmae} <script>alert(1)</script>"}});
    CHECK(tried.status == 422);
    const std::string said = StaffHouse::text(tried);
    CHECK(has(said, "“{nmae}” is no placeholder of this message."));
    CHECK(has(said, "useless without “{changes}”"));
    CHECK(has(said, "Hello Amina Otieno"));
    CHECK_FALSE(has(said, "<script>alert"));
    CHECK(house.count_of("message") == 1);
    CHECK(has(StaffHouse::text(house.get("/staff/messages/templates?key=returned&reference=nothing")),
              "There is no such application."));
  });
}

TEST_CASE("a digest is asked for and ended in the console, and ended by its link") {
  for_each_database([](db::Database& database) {
    House house(database);
    CHECK(StaffHouse::to(house.post("/staff/messages/digest", {{"_action", "start"}})) ==
          "/staff/messages?done=digest_started");
    CHECK(has(StaffHouse::text(house.get("/staff/messages")), "Stop the digest"));
    const std::string link = *messages::tell_desk_link(house.desk, {"digest_stop", kAna.value});
    const std::string path = link.substr(link.find("/digest/"));
    CHECK(has(StaffHouse::text(house.get(path, "")), "No more of them"));
    CHECK(house.count_of("digest_choice") == 1);  // looking ends nothing
    CHECK(house.post(path, {}, "").status == 200);
    CHECK(house.count_of("digest_choice") == 0);
    CHECK(house.get("/digest/nothing", "").status == 404);
  });
}
