#include <doctest/doctest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <deque>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "base/unavailable.h"
#include "features/messages/message.sql.h"
#include "features/messages/message_row.h"
#include "features/messages/messages.h"
#include "features/messages/test_rows.sql.h"
#include "tests/support/databases.h"
#include "web/outside.h"

using namespace bursary;
using namespace bursary::messages;
using namespace std::chrono_literals;

namespace {

constexpr Instant kStart{1'772'357'401'000'000};

// Answers as told, in order, then `sent`; may take its time, and may die.
class FakeMail final : public web::MailSender {
 public:
  web::SendResult send(const web::OutgoingMail& mail) override {
    if (during) during();
    const web::SendResult result = results.empty() ? web::SendResult{web::Delivery::sent, {}} : results.front();
    if (!results.empty()) results.pop_front();
    if (result.delivery != web::Delivery::refused_now) sent.push_back(mail);
    ++tries;
    return result;
  }
  std::deque<web::SendResult> results;
  std::function<void()> during;
  std::vector<web::OutgoingMail> sent;
  int tries = 0;
};

struct World {
  explicit World(db::Database& d) : database(d), ids(clock, 0) {
    std::vector<programs::Problem> problems;
    programs = std::move(programs::Programs::open({}, problems).value());
  }
  std::unique_ptr<Outbox> outbox(OutboxOptions options = {}) {
    return std::make_unique<Outbox>(
        OutboxParts{database, clock, random, *programs, mail, {"apply@example.org", ""}, tell}, options);
  }
  MessageId queue(std::int64_t number = 1, Microseconds later = 0us, const char* template_key = "submitted") {
    NewMessage message;
    message.template_key = template_key;
    message.locale = "en";
    message.recipient = "person" + std::to_string(number) + "@example.edu";
    message.placeholders = {
        {"name", "Amina"}, {"reference", "RA-7K3M-Q9XT5"}, {"link", "https://apply.example.org/applications/x"}};
    for (const auto& [name, link] : links) message.placeholders.erase(name);
    message.links = links;
    message.due = clock.now() + later;
    MessageId id;
    const Result<bool> done = database.write([&](db::Tx& tx) -> Result<bool> {
      id = queue_message(tx, ids, random, clock.now(), "apply.example.org", message);
      return true;
    });
    REQUIRE(done);
    return id;
  }
  Message look(MessageId id) {
    return database.read([&](db::Tx& tx) { return message_of(*tx.find(sql::messages::message::find_message, id)); });
  }

  db::Database& database;
  FakeClock clock{kStart};
  SeededRandom random{11};
  IdSource ids;
  FakeMail mail;
  TellLink tell;
  std::map<std::string, PrivateLink> links;  // of what is queued next
  std::unique_ptr<programs::Programs> programs;
};

}  // namespace

TEST_CASE("a message is kept as it was queued and sent once") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const MessageId id = world.queue();
    CHECK(world.look(id).state == State::waiting);
    CHECK(world.look(id).placeholders.at("name") == "Amina");
    CHECK(world.look(id).message_id.ends_with("@apply.example.org>"));
    const auto outbox = world.outbox();
    CHECK(outbox->figures().waiting == 1);
    CHECK(outbox->run_once(10).sent == 1);
    CHECK(outbox->run_once(10).done() == 0);
    REQUIRE(world.mail.sent.size() == 1);
    CHECK(world.mail.sent[0].sender == "apply@example.org");
    CHECK(world.mail.sent[0].recipient == "person1@example.edu");
    CHECK(world.mail.sent[0].message_id == world.look(id).message_id);
    CHECK(world.mail.sent[0].content.find("Subject: We received your application RA-7K3M-Q9XT5\r\n") !=
          std::string::npos);
    CHECK(world.look(id).state == State::sent);
    CHECK(world.look(id).sent_at == kStart);
    CHECK(outbox->figures().waiting == 0);
    CHECK(outbox->figures().total.sent == 1);
  });
}

TEST_CASE("the row names a private link, the mail tells it") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.links = {{"link", {"application", 42}}};
    const MessageId id = world.queue();
    CHECK(world.look(id).placeholders.count("link") == 0);
    CHECK(world.look(id).links.at("link").opens == "application");
    CHECK(world.look(id).links.at("link").id == 42);
    world.tell = [](const PrivateLink& link) { return "https://apply.example.org/" + link.opens + "/s3cret"; };
    CHECK(world.outbox()->run_once(10).sent == 1);
    CHECK(world.mail.sent.at(0).content.find("https://apply.example.org/application/s3cret") != std::string::npos);
  });
}

TEST_CASE("a private link that cannot be told fails its message, and a database that is away postpones it") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.links = {{"link", {"application", 42}}};
    const MessageId gone = world.queue(1);
    world.tell = [](const PrivateLink&) { return std::nullopt; };
    CHECK(world.outbox()->run_once(10).failed == 1);
    CHECK(world.look(gone).problem.find("secrets/links") != std::string::npos);

    const MessageId later = world.queue(2);
    world.tell = [](const PrivateLink&) -> std::optional<std::string> { throw Unavailable("the database is away"); };
    CHECK(world.outbox()->run_once(10).postponed == 1);  // not "maybe sent": nothing left
    CHECK(world.look(later).problem == "the database is away");
    CHECK(world.mail.tries == 0);
    world.clock.advance(2min);
    world.tell = [](const PrivateLink&) { return "https://apply.example.org/application/s3cret"; };
    CHECK(world.outbox()->run_once(10).sent == 1);
  });
}

TEST_CASE("what somebody typed never becomes a private link") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string typed = R"({"opens":"draft","id":42})";
    NewMessage message;
    message.template_key = "submitted";
    message.recipient = "a@example.edu";
    message.placeholders = {{"name", typed}, {"link", typed}};
    message.due = world.clock.now();
    MessageId id;
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      id = queue_message(tx, world.ids, world.random, world.clock.now(), "example.org", message);
      return true;
    }));
    CHECK(world.look(id).links.empty());
    CHECK(world.look(id).placeholders.at("link") == typed);
  });
}

TEST_CASE("a message of a transaction that is rolled back never existed") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const Result<bool> refused = database.write([&](db::Tx& tx) -> Result<bool> {
      NewMessage message;
      message.template_key = "submitted";
      message.recipient = "a@example.edu";
      message.due = world.clock.now();
      queue_message(tx, world.ids, world.random, world.clock.now(), "example.org", message);
      return fail(ErrorKind::conflict, "problem.not_found");
    });
    CHECK_FALSE(refused);
    CHECK(world.outbox()->run_once(10).done() == 0);
    CHECK(world.mail.tries == 0);
  });
}

TEST_CASE("oldest due first, nothing before its time, no more than the limit") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.queue(1, 2min);
    world.queue(2, 1min);
    world.queue(3, 1h);
    const auto outbox = world.outbox();
    CHECK(outbox->run_once(10).done() == 0);
    CHECK(outbox->figures().oldest_due == 0s);
    world.clock.advance(5min);
    CHECK(outbox->figures().oldest_due == 240s);
    CHECK(outbox->run_once(1).sent == 1);
    CHECK(outbox->run_once(10).sent == 1);
    CHECK(world.mail.sent[0].recipient == "person2@example.edu");
    CHECK(world.mail.sent[1].recipient == "person1@example.edu");
    CHECK(outbox->figures().waiting == 1);
  });
}

TEST_CASE("a code that somebody waits for leaves before what stands in a row") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    for (int number = 1; number <= 3; ++number) world.queue(number);
    world.clock.advance(1min);
    world.queue(4, 0us, "sign_in");
    world.queue(5, 1h, "sign_in");
    CHECK(world.outbox()->run_once(2).sent == 2);
    CHECK(world.mail.sent[0].recipient == "person4@example.edu");
    CHECK(world.mail.sent[1].recipient == "person1@example.edu");
  });
}

TEST_CASE("a server that is down is tried again, later each time, ten times") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const MessageId id = world.queue();
    const auto outbox = world.outbox();
    for (int i = 0; i < 20; ++i) world.mail.results.push_back({web::Delivery::refused_now, "421 try later"});
    std::chrono::seconds whole{0};
    for (int attempt = 1; attempt < 10; ++attempt) {
      CHECK(outbox->run_once(10).postponed == 1);
      CHECK(outbox->run_once(10).done() == 0);
      const Message message = world.look(id);
      CHECK(message.state == State::waiting);
      CHECK(message.attempts == attempt);
      CHECK(message.problem == "421 try later");
      const auto wait = message.due_at - world.clock.now();
      const auto nominal = std::min<std::chrono::seconds>(60s * (1 << (attempt - 1)), 12h);
      CHECK(wait >= nominal * 8 / 10);
      CHECK(wait <= nominal * 12 / 10);
      whole += std::chrono::duration_cast<std::chrono::seconds>(wait);
      world.clock.advance(wait);
    }
    CHECK(outbox->run_once(10).failed == 1);
    CHECK(world.look(id).state == State::failed);
    CHECK(world.mail.tries == 10);
    CHECK(whole > 6h);
    world.clock.advance(48h);
    CHECK(outbox->run_once(10).done() == 0);
  });
}

TEST_CASE("the longest wait is twelve hours") {
  SeededRandom random(5);
  const OutboxOptions options;
  for (int attempt = 10; attempt < 2000; attempt += 97) {
    CHECK(wait_after(attempt, options, random) <= std::chrono::seconds(12h) * 12 / 10);
  }
}

TEST_CASE("refused for good is not tried again") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const MessageId id = world.queue();
    world.mail.results.push_back({web::Delivery::refused_for_good, "550 no\xFFsuch\r\nuser"});
    const auto outbox = world.outbox();
    CHECK(outbox->run_once(10).failed == 1);
    CHECK(world.look(id).problem == "550 no\uFFFDsuch  user");
    world.clock.advance(48h);
    CHECK(outbox->run_once(10).done() == 0);
    CHECK(world.mail.tries == 1);
  });
}

TEST_CASE("the log names no address that a server repeats, however it is written") {
  const auto before = spdlog::default_logger();
  std::ostringstream log;
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log)));
  testing::SqliteForTest sqlite;
  World world(*sqlite.database);
  for (const std::string said : {"550 <ada.byron@example.edu>: not here", "550 ada@example.edu is not here",
                                 "550 <o'ada@example.edu> not here", R"(550 no "ada byron"@example.edu)",
                                 R"(550 no "ada\"b byron"@example.edu)", R"(550 no "ada byron@home"@example.edu)"}) {
    world.queue();
    world.mail.results.push_back({web::Delivery::refused_for_good, said});
    world.clock.advance(5s);
    CHECK(world.outbox()->run_once(1).failed == 1);
  }
  spdlog::set_default_logger(before);
  for (const char* kept : {"550 (address) not here", "550 (address) is not here", "550 no (address) …"})
    CHECK_MESSAGE(log.str().find(kept) != std::string::npos, kept);
  for (const char* part : {"ada", "byron", "example"}) CHECK_MESSAGE(log.str().find(part) == std::string::npos, part);
}

TEST_CASE("a sender that cannot tell leaves the message as maybe sent, for staff") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const MessageId id = world.queue();
    world.mail.results.push_back({web::Delivery::maybe_sent, "the connection broke after the text"});
    const auto outbox = world.outbox();
    CHECK(outbox->run_once(10).maybe_sent == 1);
    CHECK(world.look(id).state == State::maybe_sent);
    world.clock.advance(48h);
    CHECK(outbox->run_once(10).done() == 0);
    CHECK(world.mail.tries == 1);
  });
}

TEST_CASE("a crash between sending and noting it makes no second copy") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const MessageId id = world.queue();
    world.mail.during = [&] {
      CHECK(world.look(id).state == State::sending);  // on disk before the first byte leaves
      throw std::runtime_error("the process dies here");
    };
    CHECK_THROWS(world.outbox()->run_once(10));
    world.mail.during = nullptr;
    const auto next_life = world.outbox();
    CHECK(next_life->run_once(10).done() == 0);
    CHECK(world.look(id).state == State::sending);  // somebody else could still be at it
    world.clock.advance(120s);
    CHECK(next_life->run_once(10).done() == 0);
    CHECK(world.look(id).state == State::maybe_sent);
    CHECK(world.look(id).problem.find("may have arrived") != std::string::npos);
    world.clock.advance(48h);
    CHECK(next_life->run_once(10).done() == 0);
    CHECK(world.mail.tries == 0);
  });
}

TEST_CASE("a sender slower than its lease is still believed") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const MessageId id = world.queue();
    const auto other = world.outbox();
    int looks = 0;
    world.mail.during = [&] {
      if (++looks > 1) return;
      world.clock.advance(10min);
      CHECK(other->run_once(10).done() == 0);
      CHECK(world.look(id).state == State::maybe_sent);
    };
    CHECK(world.outbox()->run_once(10).sent == 1);
    CHECK(world.look(id).state == State::sent);
    CHECK(world.look(id).problem.empty());
    CHECK(world.mail.sent.size() == 1);
  });
}

TEST_CASE("a template that is gone fails its message and holds up no other") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    MessageId lost;
    const Result<bool> done = database.write([&](db::Tx& tx) -> Result<bool> {
      NewMessage message;
      message.template_key = "of_an_older_program";
      message.recipient = "a@example.edu";
      message.due = world.clock.now();
      lost = queue_message(tx, world.ids, world.random, world.clock.now(), "example.org", message);
      return true;
    });
    REQUIRE(done);
    world.queue(2);
    const Outbox::Run run = world.outbox()->run_once(10);
    CHECK(run.failed == 1);
    CHECK(run.sent == 1);
    CHECK(world.look(lost).problem == "the program has no message 'of_an_older_program'");
  });
}

TEST_CASE("four outboxes at once send each of a hundred messages once") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    for (int i = 0; i < 100; ++i) world.queue(i);
    std::vector<FakeMail> mails(4);
    std::vector<SeededRandom> randoms{SeededRandom(1), SeededRandom(2), SeededRandom(3), SeededRandom(4)};
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (std::size_t i = 0; i < 4; ++i) {
      threads.emplace_back([&, i] {
        Outbox outbox({database, world.clock, randoms[i], *world.programs, mails[i], {"apply@example.org", ""}});
        for (int idle = 0; idle < 5;) idle = outbox.run_once(100).done() == 0 ? idle + 1 : 0;
      });
    }
    for (std::thread& thread : threads) thread.join();
    std::map<std::string, int> copies;
    for (const FakeMail& mail : mails) {
      for (const web::OutgoingMail& each : mail.sent) ++copies[each.recipient];
    }
    CHECK(copies.size() == 100);
    for (const auto& [recipient, count] : copies) CHECK_MESSAGE(count == 1, recipient);
    CHECK(world.outbox()->figures().waiting == 0);
  });
}

TEST_CASE("messages of an application are listed in order, and no other's") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const Result<bool> done = database.write([&](db::Tx& tx) -> Result<bool> {
      tx.execute(sql::messages::test_rows::insert_form_version);
      for (const std::int64_t id : {41, 42}) {
        tx.execute(sql::messages::test_rows::insert_application, id, db::BytesView{id == 41 ? "a" : "b"});
      }
      for (const char* to : {"first@example.edu", "second@example.edu", "other@example.edu"}) {
        NewMessage message;
        message.application = to[0] == 'o' ? 41 : 42;
        message.template_key = "draft_link";
        message.recipient = to;
        queue_message(tx, world.ids, world.random, world.clock.now(), "example.org", message);
      }
      return true;
    });
    REQUIRE(done);
    const auto listed = database.read([](db::Tx& tx) { return messages_of(tx, 42); });
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].recipient == "first@example.edu");
    CHECK(listed[1].recipient == "second@example.edu");
    CHECK(listed[1].application == 42);
    CHECK(listed[0].message_id != listed[1].message_id);
  });
}

TEST_CASE("stop() ends a run after the message in hand") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    for (int i = 0; i < 3; ++i) world.queue(i);
    const auto outbox = world.outbox();
    world.mail.during = [&] { outbox->stop(); };
    CHECK(outbox->run_once(10).sent == 1);
    CHECK(outbox->figures().waiting == 2);
  });
}
