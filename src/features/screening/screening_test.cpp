// The rules of screening on both databases, and its page as staff meet it.
#include "features/screening/screening.h"

#include <fstream>
#include <thread>

#include "features/screening/sanctions.h"
#include "tests/support/staff_house.h"

using namespace bursary;
using namespace bursary::screening;
using namespace bursary::testing;
using namespace std::chrono_literals;

namespace {

struct House : StaffHouse {
  explicit House(db::Database& opened) : StaffHouse(opened), sanctions({}), screening{parts, sanctions} {
    add_routes(router, screening);
  }
  std::string path(const applications::Application& application) const {
    return "/staff/applications/" + application.reference + "/screening";
  }
  SanctionsFile sanctions;
  Parts screening;
};

Act act(const applications::Application& application, State seen, web::PersonId by = kAna) {
  return {application.id, seen, by};
}

}  // namespace

TEST_CASE("from submitted to review in one act, with both moves told") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    REQUIRE(send_to_review(house.parts, act(application, State::submitted)));
    CHECK(house.state_of(application.id) == State::in_review);
    CHECK(house.count_of("event where kind = 'moved'") == 2);
    // Who saw it as submitted is told that it has moved on.
    CHECK(send_to_review(house.parts, act(application, State::submitted)).error().kind == ErrorKind::conflict);
    REQUIRE(take_back(house.parts, act(application, State::in_review)));
    CHECK(house.state_of(application.id) == State::screening);
  });
}

TEST_CASE("changes are asked for once, by mail and on the applicant's page") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    const Instant due = house.clock.now() + 24h * 14;
    CHECK(return_for_changes(house.parts, act(application, State::submitted), " ", due).error().fields[0].field ==
          "changes");
    CHECK(return_for_changes(house.parts, act(application, State::submitted), "More.", house.clock.now())
              .error()
              .fields[0]
              .field == "due");
    CHECK(house.state_of(application.id) == State::submitted);
    std::atomic<int> done{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        done += return_for_changes(house.parts, act(application, State::submitted), "Name <b>two</b> methods.", due)
                    ? 1
                    : 0;
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(done == 1);
    const auto mail = house.mail_of(application.id);
    REQUIRE(mail.size() == 2);  // that it came in, and this
    CHECK(mail[1].template_key == "returned");
    const auto words = messages::words_of(*house.programs->current(), mail[1]).value();
    CHECK(has(words.plain, "Name <b>two</b> methods."));
    CHECK(has(words.plain, "16 March 2026"));
    CHECK(has(words.html.str(), "&lt;b&gt;two"));
    const auto asked = database.read([&](db::Tx& tx) { return applications::open_change_request(tx, application.id); });
    REQUIRE(asked);
    CHECK(asked->due_at == due);
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      applications::answer_change_requests(tx, house.clock.now(), application.id);
      return true;
    }));
    CHECK_FALSE(database.read([&](db::Tx& tx) { return applications::open_change_request(tx, application.id); }));
  });
}

TEST_CASE("a hold ends by itself, where it came from, and once") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    house.place(application.id, {State::screening, State::in_review});
    REQUIRE(put_on_hold(house.parts, act(application, State::in_review), "The ethics board", house.clock.now() + 24h));
    CHECK(house.state_of(application.id) == State::on_hold);
    CHECK(end_holds(house.parts, 10) == 0);
    house.clock.advance(25h);
    CHECK(end_holds(house.parts, 10) == 1);
    CHECK(house.state_of(application.id) == State::in_review);
    CHECK(end_holds(house.parts, 10) == 0);
    CHECK_FALSE(database.read([&](db::Tx& tx) { return hold_of(tx, application.id).has_value(); }));
    // By hand, and for what was withdrawn meanwhile there is nothing to end.
    const auto other = house.submit();
    REQUIRE(put_on_hold(house.parts, act(other, State::submitted), "Asked the sponsor", house.clock.now() + 24h));
    CHECK(database.read([&](db::Tx& tx) { return hold_of(tx, other.id)->back_to; }) == State::screening);
    REQUIRE(end_hold(house.parts, act(other, State::on_hold)));
    CHECK(house.state_of(other.id) == State::screening);
    REQUIRE(put_on_hold(house.parts, act(other, State::screening), "Again", house.clock.now() + 24h));
    REQUIRE(database.write([&](db::Tx& tx) {
      return applications::move(tx, house.ids, house.clock.now(), other.id, {State::withdrawn, audit::By::applicant()});
    }));
    house.clock.advance(25h);
    CHECK(end_holds(house.parts, 10) == 0);
    CHECK(house.state_of(other.id) == State::withdrawn);
  });
}

TEST_CASE("a note is its author's to change, for a while") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    const auto other = house.submit();
    const NoteId note = write_note(house.parts, application.id, kAna, "Called the institute.").value();
    CHECK(edit_note(house.parts, application.id, note, kBen, "Mine").error().kind == ErrorKind::not_found);
    CHECK(edit_note(house.parts, other.id, note, kAna, "Elsewhere").error().kind == ErrorKind::not_found);
    REQUIRE(edit_note(house.parts, application.id, note, kAna, "Called the institute twice."));
    house.clock.advance(16min);
    CHECK(edit_note(house.parts, application.id, note, kAna, "Late").error().kind == ErrorKind::conflict);
    const auto notes = database.read([&](db::Tx& tx) { return notes_of(tx, application.id); });
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].body == "Called the institute twice.");
    CHECK(notes[0].author_name == "Ana Lima");
    CHECK(notes[0].edited_at);
    CHECK(house.count_of("event where kind = 'noted'") == 1);
    // What staff note is in no event.
    CHECK(house.count_of("event where detail like '%institute%'") == 0);
  });
}

TEST_CASE("checks say who checked what, and an ORCID iD must be one") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    CHECK(record_check(house.parts, application.id, kAna,
                       {CheckKind::orcid, CheckOutcome::confirmed, "0000-0002-1825-0098", ""})
              .error()
              .fields[0]
              .field == "subject");
    CHECK(record_check(house.parts, application.id, kAna, {CheckKind::mail, CheckOutcome::doubtful, "", ""})
              .error()
              .fields[0]
              .field == "remark");
    REQUIRE(record_check(house.parts, application.id, kBen,
                         {CheckKind::orcid, CheckOutcome::confirmed, "https://orcid.org/0000000218250097", ""}));
    const auto checks = database.read([&](db::Tx& tx) { return checks_of(tx, application.id); });
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].subject == "0000-0002-1825-0097");
    CHECK(checks[0].by == "Ben");
  });
  CHECK(read_orcid("0000-0001-5109-3700"));
  CHECK(read_orcid("0000-0002-1694-233X"));
  CHECK_FALSE(read_orcid("0000-0002-1694-233"));
  CHECK_FALSE(read_orcid("X000-0002-1694-2330"));
  CHECK_FALSE(read_orcid("DROP TABLE"));
}

TEST_CASE("what an address tells about an institution") {
  CHECK(mail_hint("a@students.uni-heidelberg.de", "Universität Heidelberg") == MailHint::fits);
  CHECK(mail_hint("a@mit.edu", "Massachusetts Institute of Technology") == MailHint::fits);
  CHECK(mail_hint("a@gmail.com", "University of Nairobi") == MailHint::anybodys);
  CHECK(mail_hint("a@university.example", "University of Nairobi") == MailHint::unclear);
  CHECK(mail_hint("a@example.org", "") == MailHint::unclear);
  CHECK(mail_hint("nothing", "x") == MailHint::unclear);
}

TEST_CASE("a flag set by hand stands in row, bits and event, and is taken off with a reason") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    using applications::Flag;
    CHECK(set_flag(house.parts, application.id, kAna, Flag::honeypot, "x").error().fields[0].field == "flag");
    REQUIRE(set_flag(house.parts, application.id, kAna, Flag::incomplete, "No method"));
    CHECK(set_flag(house.parts, application.id, kBen, Flag::incomplete, "Again").error().kind == ErrorKind::conflict);
    CHECK(house.count_of("application where flags = 256") == 1);
    CHECK(house.count_of("tally_change where flags = 256 and n = 1") == 1);
    REQUIRE(take_flag_off(house.parts, application.id, kBen, Flag::incomplete, "It came"));
    CHECK(take_flag_off(house.parts, application.id, kBen, Flag::incomplete, "It came").error().kind ==
          ErrorKind::conflict);
    CHECK(house.count_of("application where flags = 0") == 1);
    CHECK(house.count_of("staff_note where body = '[incomplete] It came'") == 1);
    CHECK(house.count_of("event where kind in ('flag_added', 'flag_removed')") == 2);
  });
}

TEST_CASE("names are compared without case, accents, order, and with scores that say why") {
  const SanctionsList list =
      SanctionsList::read(
          "name,aliases,countries\n# a comment\n\"Petrov, Iván\",Ivan Petroff;I. P. Petrov,XA XB\n"
          "María del Carmen Ejemplo Prueba,,\nLi Wei,,XC\n")
          .value();
  CHECK(list.size() == 3);
  const auto find = [&](const char* name, const char* country = "") { return list.find({name, country}); };
  REQUIRE(find("ivan PETROV", "XA").size() == 1);
  CHECK(find("ivan PETROV", "XA")[0].score == 100);
  CHECK(find("ivan PETROV", "XA")[0].why.key == "screening.sanctions.why.name_same_country");
  CHECK(find("Ivan Petrow", "KE").at(0).score < 100);
  CHECK(find("Ivan Petrow", "KE").at(0).why.key.ends_with("_other_country"));
  CHECK(find("Maria Carmen Ejemplo Prueba").size() == 1);
  CHECK(find("Petrov").empty());  // one word is too little
  CHECK(find("Amina Otieno").empty());
  CHECK(find("Li Na").empty());
  CHECK(find("").empty());
  CHECK(SanctionsList::read("Jane Doe\nJohn Roe\n").value().find({"Doe Jane", "KE"}).at(0).score == 100);
  CHECK(SanctionsList::read("\"\n,,,\n\xff\xfe\n").has_value());
  CHECK(jaro_winkler("martha", "marhta") == doctest::Approx(0.961).epsilon(0.001));
  CHECK(jaro_winkler("dixon", "dicksonx") == doctest::Approx(0.813).epsilon(0.001));
}

TEST_CASE("every name is held against the list once, also those that came before it, and nobody is refused") {
  for_each_database([](db::Database& database) {
    House house(database);
    const TempFolder folder;
    const auto write = [&](const std::string& text) { std::ofstream(folder.file("list.txt")) << text; };
    write("Amina Otieno\n");
    SanctionsFile sanctions(folder.file("list.txt"));
    REQUIRE(sanctions.reload().value() == 1);
    const Parts parts{house.parts, sanctions};
    const auto application = house.submit();
    const auto other = house.submit({{"first_name", "Wanjiru"}, {"last_name", "Kamau"}});
    CHECK(compare_names(parts, 10) == 0);  // too young
    house.clock.advance(2min);
    CHECK(compare_names(parts, 1) == 1);
    CHECK(compare_names(parts, 10) == 1);
    CHECK(compare_names(parts, 10) == 0);
    CHECK(house.count_of("flag where kind = 6") == 1);
    CHECK(house.state_of(application.id) == State::submitted);
    write("Kamau Wanjiru\n");
    REQUIRE(sanctions.reload());
    CHECK(compare_names(parts, 10) == 2);
    CHECK(house.count_of("flag where kind = 6 and application_id = " + std::to_string(other.id.value)) == 1);
  });
}

TEST_CASE("the page: rules with why, notes, forms for who may, and nothing to press for who may not") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit({{"country", "SY"}, {"career_stage", "doctoral"}});
    const std::string page = StaffHouse::text(house.get(house.path(application)));
    CHECK(has(page, "Does not hold"));
    CHECK(has(page, "The API can be used in"));
    CHECK(has(page, "Early career"));
    CHECK(has(page, "3 of 4 points"));
    CHECK(has(page, "value=\"review_next\""));
    CHECK(has(page, "Due 7 March 2026"));
    const auto seen = house.get(house.path(application), "auditor");
    CHECK(seen.status == 200);
    CHECK_FALSE(has(StaffHouse::text(seen), "name=\"_action\""));
    CHECK(house.post(house.path(application), {{"_action", "note"}, {"note", "x"}}, "auditor").status == 404);
    CHECK(house.get(house.path(application), "").status != 200);
    CHECK(house.get("/staff/applications/RA-0000-00000/screening").status == 404);
  });
}

TEST_CASE("the page keeps what was typed when it refuses, and leads on to the next") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto first = house.submit();
    const auto second = house.submit();
    const auto refused =
        house.post(house.path(first), {{"_action", "return"}, {"changes", "Name a method"}, {"due", "2020-01-01"}});
    CHECK(refused.status == 422);
    CHECK(has(StaffHouse::text(refused), "Name a method</textarea>"));
    CHECK(has(StaffHouse::text(refused), "Choose a day that is still to come."));
    CHECK(house.state_of(first.id) == State::submitted);
    const auto next = house.post(house.path(first), {{"_action", "review_next"}, {"_seen", "submitted"}});
    CHECK(next.status == 303);
    CHECK(StaffHouse::to(next) == house.path(second) + "?done=reviewed_before");
    // Somebody else's click on the page as it was.
    const auto late = house.post(house.path(first), {{"_action", "review"}, {"_seen", "submitted"}}, "ben");
    CHECK(late.status == 409);
    const auto noted = house.post(house.path(first), {{"_action", "note"}, {"note", "Good <plan>"}});
    CHECK(noted.status == 303);
    CHECK(has(StaffHouse::text(house.get(house.path(first))), "Good &lt;plan&gt;"));
    CHECK(StaffHouse::to(house.post(house.path(second), {{"_action", "review_next"}})) ==
          house.path(second) + "?done=review_next");
  });
}

TEST_CASE("a rule that does not hold at submission flags with its words, and refuses nobody") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto sound = house.submit();
    CHECK(sound.flags == 0);
    CHECK(house.count_of("flag") == 0);
    // An unsupported country has a flag of its own, and no second one.
    const auto abroad = house.submit({{"country", "SY"}});
    CHECK(house.count_of("flag where application_id = " + std::to_string(abroad.id.value)) == 1);
    CHECK(house.count_of("flag where kind = 0") == 1);
  });
}
