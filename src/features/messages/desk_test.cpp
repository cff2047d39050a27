// Sending again, taking back, letters, digest, and mail that came back, on both databases.
#include "features/messages/desk.h"

#include <doctest/doctest.h>

#include <thread>

#include "features/messages/message.sql.h"
#include "features/messages/message_row.h"
#include "features/messages/test_program.h"
#include "features/messages/test_rows.sql.h"
#include "tests/support/databases.h"

using namespace bursary;
using namespace bursary::messages;
using namespace std::chrono_literals;

namespace {

constexpr web::PersonId kAna{71};
const std::string install_secret(32, 's');

class Server final : public web::MailSender {
 public:
  web::SendResult send(const web::OutgoingMail& mail) override {
    sent.push_back(mail);
    return result;
  }
  web::SendResult result{web::Delivery::sent, {}};
  std::vector<web::OutgoingMail> sent;
};

struct World {
  explicit World(db::Database& opened)
      : database(opened),
        ids(clock, 0),
        programs(open()),
        parts{opened, clock, random, ids, *programs, "https://apply.example.org", install_secret} {
    constexpr db::Query<2> kPerson{"trial.person", "insert into person (id, name, created_at) values (?1, ?2, 0)",
                                   "insert into person (id, name, created_at) values ($1, $2, 0)"};
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      tx.execute(kPerson, kAna, "Ana Lima");
      tx.execute(sql::messages::test_rows::insert_form_version);
      tx.execute(sql::messages::test_rows::insert_application, 42, db::BytesView{"x"});
      return true;
    }));
  }
  static std::unique_ptr<programs::Programs> open() {
    std::vector<programs::Problem> problems;
    return std::move(programs::Programs::open({}, problems).value());
  }
  MessageId queue(std::string recipient = "amina@example.edu") {
    NewMessage message;
    message.application = 42;
    message.template_key = "submitted";
    message.locale = "en";
    message.recipient = std::move(recipient);
    message.placeholders = {{"name", "Amina"}, {"reference", "RA-1"}, {"link", "https://apply.example.org/x"}};
    message.due = clock.now();
    MessageId id;
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      id = queue_message(tx, ids, random, clock.now(), "apply.example.org", message);
      return true;
    }));
    return id;
  }
  Message look(MessageId id) {
    return database.read([&](db::Tx& tx) { return message_of(*tx.find(sql::messages::message::find_message, id)); });
  }
  Outbox::Run run() {
    Outbox outbox({database,
                   clock,
                   random,
                   *programs,
                   server,
                   {"apply@example.org", {}, "bounce@example.org", install_secret},
                   [this](const PrivateLink& link) { return tell_desk_link(parts, link); }});
    return outbox.run_once(10);
  }
  std::int64_t count(const std::string& from_where) {
    return database.read(
        [&](db::Tx& tx) { return tx.query_composed("select count(*) from " + from_where, {}).at(0).integer(0); });
  }

  db::Database& database;
  FakeClock clock{*parse_rfc3339("2026-03-02T10:00:00Z")};
  SystemRandom random;
  IdSource ids;
  std::unique_ptr<programs::Programs> programs;
  DeskParts parts;
  Server server;
};

std::string report(const std::string& to, const std::string& fields) {
  return "From: MAILER-DAEMON@mx.example.edu\r\nTo: " + to +
         "\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\n"
         "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n"
         "--b\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n"
         "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
         "Reporting-MTA: dns; mx.example.edu\r\n\r\n" +
         fields + "\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: x\r\n\r\n--b--\r\n";
}
const std::string refused_for_good =
    "Final-Recipient: rfc822; amina@example.edu\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <amina@example.edu>:\r\n No such user\r\n";

}  // namespace

TEST_CASE("what failed or may have been sent is sent again, once, with the same Message-ID; nothing else is") {
  bursary::testing::for_each_database([](db::Database& database) {
    World world(database);
    const MessageId id = world.queue();
    CHECK(send_again(world.parts, id, kAna).error().kind == ErrorKind::conflict);  // it waits
    CHECK(send_again(world.parts, MessageId{5}, kAna).error().kind == ErrorKind::not_found);
    world.server.result = {web::Delivery::maybe_sent, "cut off"};
    CHECK(world.run().maybe_sent == 1);
    CHECK(world.look(id).state == State::maybe_sent);
    std::atomic<int> done{0};
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { done += send_again(world.parts, id, kAna) ? 1 : 0; });
    for (std::thread& thread : threads) thread.join();
    CHECK(done == 1);
    world.server.result = {web::Delivery::sent, {}};
    CHECK(world.run().sent == 1);
    CHECK(world.run().sent == 0);
    REQUIRE(world.server.sent.size() == 2);
    CHECK(world.server.sent[0].message_id == world.server.sent[1].message_id);
    CHECK(send_again(world.parts, id, kAna).error().kind == ErrorKind::conflict);
    CHECK(world.count("event where kind = 'message_sent_again'") == 1);
  });
}

TEST_CASE("what waits is taken back and never leaves; what was held or has left is not") {
  bursary::testing::for_each_database([](db::Database& database) {
    World world(database);
    const MessageId id = world.queue(), other = world.queue();
    REQUIRE(cancel(world.parts, id, kAna));
    CHECK(cancel(world.parts, id, kAna).error().kind == ErrorKind::conflict);
    CHECK(world.run().sent == 1);
    CHECK(world.look(id).state == State::cancelled);
    CHECK(world.look(other).state == State::sent);
    CHECK(cancel(world.parts, other, kAna).error().kind == ErrorKind::conflict);
    // The applicant is shown neither what was taken back nor what is held.
    NewMessage held;
    held.application = 42;
    held.template_key = "decision_awarded";
    held.recipient = "amina@example.edu";
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      hold_message(tx, world.ids, world.random, world.clock.now(), "example.org", held);
      return true;
    }));
    CHECK(world.run().done() == 0);
    const auto shown = database.read([](db::Tx& tx) { return messages_for_applicant(tx, 42); });
    REQUIRE(shown.size() == 1);
    CHECK(shown[0].id == other);
  });
}

TEST_CASE("letters go both ways, staff's by mail too, and are read once") {
  bursary::testing::for_each_database([](db::Database& database) {
    World world(database);
    NewMessage mail;
    mail.application = 42;
    mail.template_key = "staff_message";
    mail.locale = "en";
    mail.recipient = "amina@example.edu";
    mail.placeholders = {{"name", "Amina"}, {"reference", "RA-1"}, {"link", "https://apply.example.org/x"}};
    const auto write = [&](std::string_view text) {
      return database.write([&](db::Tx& tx) { return write_to_applicant(tx, world.parts, mail, text, kAna); });
    };
    CHECK(write(" \n").error().fields[0].field == "letter");
    CHECK(write(std::string(9000, 'x')).error().fields[0].field == "letter");
    REQUIRE(write("Which data do you mean?\n**Not bold**"));
    REQUIRE(database.write([&](db::Tx& tx) { return write_to_staff(tx, world.parts, 42, "The first set.", {}); }));
    const auto letters = database.read([](db::Tx& tx) { return letters_of(tx, 42); });
    REQUIRE(letters.size() == 2);
    CHECK(letters[0].author == "Ana Lima");
    CHECK_FALSE(letters[0].from_applicant);
    CHECK(letters[1].from_applicant);
    REQUIRE(letters[0].message);
    const Words words = words_of(*world.programs->current(), world.look(*letters[0].message)).value();
    CHECK(words.plain.find("**Not bold**") != std::string::npos);
    CHECK(words.html.str().find("<strong>Not") == std::string::npos);
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      mark_read(tx, world.clock.now(), 42, false, LetterId{INT64_MAX});
      return true;
    }));
    CHECK(world.count("letter where read_at is not null and from_applicant = 1") == 1);
    CHECK(world.count("letter where read_at is not null and from_applicant = 0") == 0);
  });
}

TEST_CASE("each message leaves from an address of its own, which only its server can make") {
  const std::string address = envelope_for("bounce@example.org", MessageId{4711}, install_secret);
  CHECK(address.starts_with("bounce+"));
  CHECK(address.ends_with("@example.org"));
  CHECK(address.size() == std::string("bounce+@example.org").size() + 19);
  CHECK(message_of_envelope(address, install_secret) == MessageId{4711});
  std::string upper = address;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  CHECK(message_of_envelope(upper, install_secret) == MessageId{4711});
  CHECK_FALSE(message_of_envelope(address, std::string(32, 't')));
  for (const char* wrong : {"", "@", "bounce@example.org", "bounce+@example.org",
                            "bounce+0000000000000000000@example.org", "bounce+zzzzzzzzzzzzzzzzzzz@x", "+++@x"}) {
    CHECK_FALSE(message_of_envelope(wrong, install_secret));
  }
}

TEST_CASE("a report is read for what it says of the recipient") {
  const Bounce hard = read_bounce(report("<bounce+abc@example.org>", refused_for_good));
  CHECK(hard.kind == Bounce::Kind::hard);
  CHECK(hard.status == "5.1.1");
  CHECK(hard.reason == "550 5.1.1 <amina@example.edu>: No such user");
  REQUIRE(hard.recipients.size() == 1);
  CHECK(hard.recipients[0] == "bounce+abc@example.org");
  CHECK(read_bounce(report("a@b", "Action: delayed\r\nStatus: 4.4.1\r\n")).kind == Bounce::Kind::delayed);
  CHECK(read_bounce(report("a@b", "Action: failed\r\nStatus: 4.4.7\r\n")).kind == Bounce::Kind::soft);
  CHECK(read_bounce(report("a@b", "Action: delivered\r\nStatus: 2.0.0\r\n")).kind == Bounce::Kind::none);
  CHECK(read_bounce("From: a@b\r\n\r\nI am on holiday. Action: failed\r\n").kind == Bounce::Kind::none);
  for (const std::string& odd : {std::string(), std::string("\0\0\xff", 3), std::string(100'000, 'x'),
                                 std::string("Content-Type: multipart/report; boundary=b\r\n\r\n--b"),
                                 report("x", std::string("Action: failed\0\r\nStatus: \xff\r\n :\r\n::\r\n", 35))}) {
    (void)read_bounce(odd);
  }
  std::string nested = "Content-Type: message/rfc822\r\n\r\n";
  std::string deep;
  for (int i = 0; i < 3000; ++i) deep += nested;
  (void)read_bounce(deep);
}

TEST_CASE("mail that came back marks its message and its address, once, and a later try takes the mark away") {
  bursary::testing::for_each_database([](db::Database& database) {
    World world(database);
    const MessageId id = world.queue("Amina@Example.edu");
    CHECK(world.run().sent == 1);
    const std::string envelope = world.server.sent[0].sender;
    CHECK(message_of_envelope(envelope, install_secret) == id);
    const Bounce hard = read_bounce(report(envelope, refused_for_good));
    CHECK_FALSE(
        take_bounce(world.parts, id, read_bounce(report(envelope, "Action: delayed\r\nStatus: 4.4.1\r\n"))).value());
    CHECK(take_bounce(world.parts, id, hard).value());
    CHECK_FALSE(take_bounce(world.parts, id, hard).value());
    CHECK_FALSE(take_bounce(world.parts, MessageId{9}, hard).value());
    CHECK(world.look(id).state == State::failed);
    CHECK(world.look(id).problem.starts_with("5.1.1 550"));
    CHECK(database.read([](db::Tx& tx) { return trouble_of(tx, "amina@example.edu"); }));
    CHECK(world.count("event where kind = 'mail_bounced' and detail like '%example%'") == 0);
    CHECK(world.count("event where kind = 'mail_bounced'") == 1);
    REQUIRE(send_again(world.parts, id, kAna));
    CHECK_FALSE(database.read([](db::Tx& tx) { return trouble_of(tx, "amina@example.edu"); }));
  });
}

TEST_CASE("a digest comes once a day to who asked for it and may read, when something waits, and its link ends it") {
  bursary::testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string program = world.programs->current()->slug;
    constexpr db::Query<2> kEmail{"trial.email",
                                  "insert into person_email (email, person_id, verified_at) values (?1, ?2, 0)",
                                  "insert into person_email (email, person_id, verified_at) values ($1, $2, 0)"};
    constexpr db::Query<1> kRole{
        "trial.role", "insert into role_grant (person_id, program, role, granted_at) values (?1, '*', 1, 0)",
        "insert into role_grant (person_id, program, role, granted_at) values ($1, '*', 1, 0)"};
    constexpr db::Query<1> kNoRole{"trial.no_role", "delete from role_grant where person_id = ?1",
                                   "delete from role_grant where person_id = $1"};
    const auto run = [&](const auto& query, const auto&... values) {
      REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
        tx.execute(query, values...);
        return true;
      }));
    };
    run(kEmail, "ana@example.org", kAna);
    run(kRole, kAna);
    REQUIRE(choose_digest(world.parts, kAna, "en", true));
    REQUIRE(choose_digest(world.parts, kAna, "en", true));
    CHECK(world.count("event where kind = 'digest_chosen'") == 1);
    CHECK(run_digest(world.parts) == 0);  // from tomorrow on
    world.clock.advance(24h);
    CHECK(run_digest(world.parts) == 0);  // nothing waits
    const MessageId failed = world.queue();
    world.server.result = {web::Delivery::refused_for_good, "no"};
    CHECK(world.run().failed == 1);
    world.server.result = {web::Delivery::sent, {}};
    CHECK(run_digest(world.parts) == 0);  // today's is done
    world.clock.advance(24h);
    CHECK(run_digest(world.parts) == 1);
    CHECK(run_digest(world.parts) == 0);
    CHECK(world.run().sent == 1);
    const std::string mail = world.server.sent.back().content;
    CHECK(mail.find("1 message could not be sent") != std::string::npos);
    CHECK(mail.find("List-Unsubscribe: <https://apply.example.org/digest/") != std::string::npos);
    CHECK(mail.find("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n") != std::string::npos);
    CHECK(world.look(failed).state == State::failed);
    run(kNoRole, kAna);
    world.clock.advance(24h);
    CHECK(run_digest(world.parts) == 0);  // no role any more
    REQUIRE(choose_digest(world.parts, kAna, "en", false));
    CHECK(world.count("digest_choice") == 0);
  });
}
