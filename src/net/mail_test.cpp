#include "net/mail.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

#include "net/testing_mail_server.h"

using namespace bursary;
using namespace bursary::net;
using namespace bursary::net::testing;
using web::Delivery;

namespace {

web::OutgoingMail mail() {
  return {
      "apply@site.example", "ada@people.example", "<1.abc@site.example>",
      "From: Site <apply@site.example>\nTo: ada@people.example\nSubject: Received\n\nHello.\n.a dot first\n.\nlast\n"};
}

SmtpOptions plain_to(const FakeMailServer& server) {
  SmtpOptions options;
  options.url = server.url();
  options.require_tls = false;
  options.timeout = std::chrono::seconds{3};
  return options;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) found.push_back(entry.path());
  return found;
}

}  // namespace

TEST_CASE("SMTP: a message arrives as it was composed, its dots doubled on the way") {
  FakeMailServer server(Script{});
  const auto result = SmtpSender(plain_to(server)).send(mail());
  server.finish();
  CHECK(result.delivery == Delivery::sent);
  CHECK(result.detail == "250 taken");
  CHECK(server.text.find("Subject: Received\r\n\r\nHello.\r\n..a dot first\r\n..\r\nlast\r\n") != std::string::npos);
  CHECK(std::find(server.commands.begin(), server.commands.end(), "MAIL FROM:<apply@site.example>") !=
        server.commands.end());
  CHECK(std::find(server.commands.begin(), server.commands.end(), "RCPT TO:<ada@people.example>") !=
        server.commands.end());
}

TEST_CASE("SMTP: what was refused, for now or for good, and what may have been sent") {
  struct Case {
    const char* what;
    Script script;
    Delivery expected;
  };
  for (const Case& one : {
           Case{"busy", {{"greeting", "421 too busy"}}, Delivery::refused_now},
           Case{"gone before the greeting", {{"greeting", ""}}, Delivery::refused_now},
           Case{"sender put off", {{"MAIL", "451 later"}}, Delivery::refused_now},
           Case{"nobody is greeted", {{"greeting", "554 no mail here"}}, Delivery::refused_now},
           Case{"sender refused", {{"MAIL", "550 5.7.1 not from you"}}, Delivery::refused_now},
           Case{"no such person", {{"RCPT", "550 5.1.1 no such user"}}, Delivery::refused_for_good},
           Case{"mailbox full for now", {{"RCPT", "452 4.2.2 full"}}, Delivery::refused_now},
           Case{"no text wanted", {{"DATA", "554 no"}}, Delivery::refused_for_good},
           Case{"cut before the text", {{"DATA", ""}}, Delivery::refused_now},
           Case{"text put off", {{"TEXT", "451 4.3.0 later"}}, Delivery::refused_now},
           Case{"text refused", {{"TEXT", "550 5.7.1 spam"}}, Delivery::refused_for_good},
           Case{"cut after the text", {{"TEXT", ""}}, Delivery::maybe_sent},
           Case{"cut at the farewell", {{"QUIT", ""}}, Delivery::sent},
       }) {
    CAPTURE(one.what);
    FakeMailServer server(one.script);
    const auto result = SmtpSender(plain_to(server)).send(mail());
    server.finish();
    CAPTURE(result.detail);
    CHECK(result.delivery == one.expected);
    // The reason that staff read is the refusal, not the farewell after it.
    CHECK(result.detail.find("bye") == std::string::npos);
    const auto refusal = one.script.begin()->second;
    if (one.expected != Delivery::sent && !refusal.empty()) CHECK(result.detail.find(refusal) != std::string::npos);
  }
  SmtpOptions nowhere;
  nowhere.url = "smtp://127.0.0.1:1";
  CHECK(SmtpSender(nowhere).send(mail()).delivery == Delivery::refused_now);
}

TEST_CASE("SMTP: STARTTLS before anything secret, and never without it when it is required") {
  TemporaryFolder folder;
  const std::string certificate = folder.path() / "c.pem", key = folder.path() / "k.pem",
                    password = folder.path() / "password";
  write_certificate(certificate, key, 1);
  std::ofstream(password) << "s3cret\n";
  ::chmod(password.c_str(), 0600);
  const Script with_tls = {{"EHLO", "250-me\r\n250-STARTTLS\r\n250 AUTH PLAIN"}};
  const auto options = [&](const FakeMailServer& server) {
    SmtpOptions made = plain_to(server);
    made.require_tls = true;
    made.certificate_file = certificate;
    made.user = "bursary";
    made.password_file = password;
    return made;
  };
  {
    FakeMailServer server(with_tls, certificate, key);
    const auto result = SmtpSender(options(server)).send(mail());
    CAPTURE(result.detail);
    CHECK(result.delivery == Delivery::sent);
    server.finish();
    CHECK(server.was_secure);
    const auto is = [](const char* verb) { return [verb](const std::string& line) { return line.starts_with(verb); }; };
    const auto begun = std::find_if(server.commands.begin(), server.commands.end(), is("STARTTLS"));
    const auto secret = std::find_if(server.commands.begin(), server.commands.end(), is("AUTH PLAIN"));
    CHECK(begun < secret);
    CHECK(secret != server.commands.end());
    CHECK(server.secret == "AGJ1cnNhcnkAczNjcmV0");  // NUL bursary NUL s3cret
  }
  {
    FakeMailServer server(Script{{"EHLO", "250-me\r\n250 AUTH PLAIN"}});
    const auto result = SmtpSender(options(server)).send(mail());
    server.finish();
    CHECK(result.delivery == Delivery::refused_now);
    for (const auto& command : server.commands) CHECK_FALSE(command.starts_with("AUTH"));
    CHECK(server.text.empty());
  }
  {
    FakeMailServer server(with_tls, certificate, key);
    SmtpOptions strangers = options(server);
    strangers.certificate_file.clear();  // then it is nobody that the system knows
    CHECK(SmtpSender(strangers).send(mail()).delivery == Delivery::refused_now);
  }
  {
    FakeMailServer server(Script{{"EHLO", "250 AUTH PLAIN"}}, certificate, key, true);
    SmtpOptions at_once = options(server);
    at_once.url = server.url("smtps");
    const auto result = SmtpSender(at_once).send(mail());
    CAPTURE(result.detail);
    CHECK(result.delivery == Delivery::sent);
    server.finish();
    CHECK(server.was_secure);
  }
  {
    Script refusing = with_tls;
    refusing["SECRET"] = "535 5.7.8 wrong password";
    FakeMailServer server(refusing, certificate, key);
    const auto result = SmtpSender(options(server)).send(mail());
    CHECK(result.delivery == Delivery::refused_now);  // the operator's to mend, not the message's fault
    CHECK(result.detail.find("s3cret") == std::string::npos);
  }
  ::chmod(password.c_str(), 0644);
  SmtpOptions open;
  open.url = "smtp://127.0.0.1:1";
  open.user = "bursary";
  open.password_file = password;
  CHECK(SmtpSender(open).send(mail()).detail.find("may be read by others") != std::string::npos);
}

TEST_CASE("SMTP: a name beyond ASCII goes to a server that offers SMTPUTF8, and to no other") {
  const auto to = [](std::string recipient) {
    web::OutgoingMail made = mail();
    made.recipient = std::move(recipient);
    made.content = "To: " + made.recipient + "\nSubject: Received\n\nHello.\n";
    return made;
  };
  const auto said = [](const FakeMailServer& server, const std::string& command) {
    return std::find(server.commands.begin(), server.commands.end(), command) != server.commands.end();
  };
  {
    FakeMailServer server(Script{{"EHLO", "250-me\r\n250-8BITMIME\r\n250 SMTPUTF8"}});
    const auto result = SmtpSender(plain_to(server)).send(to("josé@xn--exmple-qta.org"));
    CAPTURE(result.detail);
    CHECK(result.delivery == Delivery::sent);
    server.finish();
    CHECK(said(server, "MAIL FROM:<apply@site.example> SMTPUTF8"));
    CHECK(said(server, "RCPT TO:<josé@xn--exmple-qta.org>"));
    CHECK(server.text.find("To: josé@xn--exmple-qta.org\r\n") == 0);
  }
  {
    FakeMailServer server(Script{{"EHLO", "250-me\r\n250 8BITMIME"}});
    const auto result = SmtpSender(plain_to(server)).send(to("josé@xn--exmple-qta.org"));
    server.finish();
    CHECK(result.delivery == Delivery::refused_for_good);
    CHECK(result.detail.find("SMTPUTF8") != std::string::npos);
    for (const std::string& command : server.commands) CHECK_FALSE(command.starts_with("MAIL"));
  }
  // What is ASCII asks for nothing, also when it is offered.
  for (const char* plain : {"jose@xn--exmple-qta.org", "\"john doe\"@example.org", "\"a@b\"@example.org"}) {
    CAPTURE(plain);
    FakeMailServer server(Script{{"EHLO", "250-me\r\n250 SMTPUTF8"}});
    CHECK(SmtpSender(plain_to(server)).send(to(plain)).delivery == Delivery::sent);
    server.finish();
    CHECK(said(server, "MAIL FROM:<apply@site.example>"));
    CHECK(said(server, "RCPT TO:<" + std::string(plain) + ">"));
  }
}

TEST_CASE("a message that could become two, or commands, goes nowhere") {
  TemporaryFolder folder;
  MaildirSender maildir(folder.path() / "mail");
  const auto refused = [&](auto&& change) {
    web::OutgoingMail changed = mail();
    change(changed);
    SmtpOptions nowhere;
    nowhere.url = "smtp://127.0.0.1:1";
    const auto by_smtp = SmtpSender(nowhere).send(changed).delivery, by_file = maildir.send(changed).delivery;
    return by_smtp == Delivery::refused_for_good && by_file == Delivery::refused_for_good;
  };
  for (const std::string bad : {"a@b\r\nRCPT TO:<eve@x>", "a b@c", "<a@b>", "a@b,c@d", "no-at", "@b", "a@", "a@b>", "",
                                "a@b\n", "\"a b@c", "\"a\"b\"@c", "\"a\\\"@c", "\"a\r\nb\"@c", "\"a\"@\"c\""}) {
    CAPTURE(bad);
    CHECK(refused([&](auto& m) { m.recipient = bad; }));
    CHECK(refused([&](auto& m) { m.sender = bad; }));
  }
  for (const std::string& bad :
       {std::string("Subject: a\0b\n\nx\n", 15), std::string("Subject: a\rBcc: eve@x\n\nx\n"),
        std::string("no header at all\n\nx\n"), std::string("\nx\n"), std::string(" folded: first\n\nx\n"),
        std::string("Subject: x\nnonsense\n\nx\n"), std::string("Subject: x\n"),
        std::string("Subject: x\n\n") + std::string(1000, 'y') + "\n"}) {
    CAPTURE(bad);
    CHECK(refused([&](auto& m) { m.content = bad; }));
  }
  CHECK_FALSE(std::filesystem::exists(folder.path() / "mail"));
  CHECK(unfit(mail()).empty());
}

TEST_CASE("Maildir: one file for one message, whole, private, in its place") {
  TemporaryFolder folder;
  const auto mailbox = folder.path() / "mail";
  MaildirSender sender(mailbox.string());
  CHECK(sender.send(mail()).delivery == Delivery::sent);
  const auto files = files_in(mailbox / "new");
  REQUIRE(files.size() == 1);
  CHECK(read_file(files[0]) ==
        "Return-Path: <apply@site.example>\nDelivered-To: ada@people.example\n" + mail().content);
  CHECK((std::filesystem::status(files[0]).permissions() & std::filesystem::perms::mask) ==
        std::filesystem::perms(0600));
  CHECK((std::filesystem::status(mailbox).permissions() & std::filesystem::perms::mask) ==
        std::filesystem::perms(0700));
  CHECK(files_in(mailbox / "tmp").empty());

  CHECK(sender.send(mail()).delivery == Delivery::sent);
  CHECK(files_in(mailbox / "new").size() == 1);
  std::filesystem::rename(files[0], mailbox / "cur" / (files[0].filename().string() + ":2,S"));
  CHECK(sender.send(mail()).delivery == Delivery::sent);
  CHECK(files_in(mailbox / "new").empty());

  auto other = mail();
  other.message_id = "<2.abc@site.example>";
  CHECK(sender.send(other).delivery == Delivery::sent);
  other.recipient = "grace@people.example";
  CHECK(sender.send(other).delivery == Delivery::sent);
  CHECK(files_in(mailbox / "new").size() == 2);
}

TEST_CASE("Maildir: a folder that cannot be written is tried again later") {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "x";
  const auto result = MaildirSender((folder.path() / "file" / "mail").string()).send(mail());
  CHECK(result.delivery == Delivery::refused_now);
  CHECK(result.detail.find("cannot make") == 0);
}
