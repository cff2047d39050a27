// Whole messages against tests/golden/mail/*.eml. To write them anew after a change that is meant:
//   BURSARY_WRITE_GOLDEN=1 build/debug/test_features_messages
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "features/messages/test_program.h"

using namespace bursary;
using namespace bursary::messages;

namespace {

Sender sender() { return {"apply@example.org", ""}; }
constexpr Instant kDate{1'772'357'401'000'000};

std::string golden_path(const std::string& name) {
  const std::string here = __FILE__;
  return here.substr(0, here.rfind("/src/")) + "/tests/golden/mail/" + name + ".eml";
}

void check_golden(const std::string& name, const std::string& mail) {
  if (std::getenv("BURSARY_WRITE_GOLDEN") != nullptr) std::ofstream(golden_path(name), std::ios::binary) << mail;
  std::ifstream file(golden_path(name), std::ios::binary);
  std::stringstream kept;
  kept << file.rdbuf();
  CHECK_MESSAGE(mail == kept.str(), golden_path(name));
}

std::string mail_of(const Message& message) {
  return compose(*testing::test_program(), message, sender(), kDate, testing::tell_link).value().content;
}

}  // namespace

TEST_CASE("golden: submitted, in English") { check_golden("submitted.en", mail_of(testing::submitted_message())); }

TEST_CASE("golden: submitted, in Spanish, with a name in another script") {
  Message message = testing::submitted_message();
  message.locale = "es";
  message.placeholders["name"] = "李小龙";
  check_golden("submitted.es", mail_of(message));
}

TEST_CASE("golden: a hostile name") {
  Message message = testing::submitted_message();
  message.placeholders["name"] =
      "Eve\r\n\r\n--=_x\r\nContent-Type: text/html\r\n\r\n<h1>[Win](https://evil.example)</h1>\n.\nFrom you";
  check_golden("hostile_name.en", mail_of(message));
}

TEST_CASE("the frame of every message") {
  const std::string mail = mail_of(testing::submitted_message());
  const std::string head = mail.substr(0, mail.find("\r\n\r\n"));
  CHECK(
      head.starts_with("Date: Sun, 01 Mar 2026 09:30:01 +0000\r\nFrom: \"Example Lab\" <apply@example.org>\r\n"
                       "Reply-To: help@example.org\r\nTo: amina@example.edu\r\n"));
  CHECK(head.find("\r\nMessage-ID: <4711.c2VlZA@apply.example.org>\r\n") != std::string::npos);
  CHECK(head.find("\r\nAuto-Submitted: auto-generated\r\n") != std::string::npos);
  CHECK(head.find("\r\nContent-Language: en\r\n") != std::string::npos);
  CHECK(mail == mail_of(testing::submitted_message()));  // the same row makes the same message
  std::size_t line = 0;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    CHECK_FALSE((mail[i] == '\n' && (i == 0 || mail[i - 1] != '\r')));
    CHECK(static_cast<unsigned char>(mail[i]) < 0x80);
    line = mail[i] == '\n' ? 0 : line + 1;
    CHECK(line <= 78);
  }
}

TEST_CASE("a sender's own name stands before the host's") {
  const std::string mail = compose(*testing::test_program(), testing::submitted_message(),
                                   {"apply@example.org", "Access Team"}, kDate, testing::tell_link)
                               .value()
                               .content;
  CHECK(mail.find("From: \"Access Team\" <apply@example.org>\r\n") != std::string::npos);
}

TEST_CASE("whatever an applicant is called, the headers are the ones that we write") {
  const std::vector<std::string> names = {"Eve\r\nBcc: all@example.org",
                                          "Eve\nX-Evil: 1\n\n<script>",
                                          "\u202Eeve\u2028Bcc: x",
                                          "=?UTF-8?B?QmNjOiB4?=",
                                          std::string("a\0b", 3),
                                          std::string(5000, 'x'),
                                          "\xff\xfe"};
  for (const std::string& name : names) {
    CAPTURE(name);
    Message message = testing::submitted_message();
    message.template_key = "draft_link";  // its subject has the name
    message.placeholders["name"] = name;
    const std::string mail = mail_of(message);
    const std::string head = mail.substr(0, mail.find("\r\n\r\n") + 2);
    std::vector<std::string> fields;
    for (std::size_t at = 0; at < head.size();) {
      const std::size_t end = head.find("\r\n", at);
      const std::string line = head.substr(at, end - at);
      CHECK(line.size() <= 998);
      CHECK(std::none_of(line.begin(), line.end(),
                         [](char c) { return c < 0x20 || c == 0x7F; }));  // also no bytes >= 0x80
      if (!line.starts_with(' ')) fields.push_back(line.substr(0, line.find(':')));
      at = end + 2;
    }
    CHECK(fields == std::vector<std::string>{"Date", "From", "Reply-To", "To", "Subject", "Message-ID", "MIME-Version",
                                             "Auto-Submitted", "Content-Language", "Content-Type"});
  }
}

TEST_CASE("an international address stands in the header as it goes to the server") {
  Message message = testing::submitted_message();
  message.recipient = "jose@exámple.org";
  CHECK(mail_of(message).find("\r\nTo: jose@xn--exmple-qta.org\r\n") != std::string::npos);
  message.recipient = "jose\u0301@exámple.org";
  CHECK(mail_of(message).find("\r\nTo: josé@xn--exmple-qta.org\r\n") != std::string::npos);  // RFC 6532
  message.recipient = "\"Amina, O.\"@example.org";
  CHECK(mail_of(message).find("\r\nTo: \"Amina, O.\"@example.org\r\n") != std::string::npos);
}

TEST_CASE("an address that mail cannot be sent to is an error, not a header") {
  Message message = testing::submitted_message();
  message.recipient = "a@example.org\r\nBcc: all@example.org";
  CHECK_FALSE(compose(*testing::test_program(), message, sender(), kDate, testing::tell_link));
  CHECK_FALSE(compose(*testing::test_program(), testing::submitted_message(), {"not an address", ""}, kDate,
                      testing::tell_link));
}
