#include "base/mail_address.h"

#include <doctest/doctest.h>

using namespace bursary;

TEST_CASE("an address as headers and mail servers take it") {
  struct Row {
    const char* typed;
    const char* sent;
    bool is_international;
  };
  const Row rows[] = {
      {"ada@example.org", "ada@example.org", false},
      {"Ada.Lovelace+x@Example.org", "Ada.Lovelace+x@Example.org", false},
      {"jose@exámple.org", "jose@xn--exmple-qta.org", false},
      {"jose@EXÁMPLE.org", "jose@xn--exmple-qta.org", false},
      {"jose@exa\u0301mple.org", "jose@xn--exmple-qta.org", false},
      {"josé@example.org", "josé@example.org", true},
      {"jose\u0301@example.org", "josé@example.org", true},  // one way to write it
      {"josé@exámple.org", "josé@xn--exmple-qta.org", true},
      {"用户@例え。jp", "用户@xn--r8jz45g.jp", true},
      {"\"john doe\"@example.org", "\"john doe\"@example.org", false},
      {"\"a@b\"@example.org", "\"a@b\"@example.org", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.typed);
    const MailAddress address = read_mail_address(row.typed).value_or(MailAddress{});
    CHECK(address.text() == row.sent);
    CHECK(address.is_international() == row.is_international);
  }
}

TEST_CASE("nothing that ends a line, hides or turns around stands in an address") {
  for (const std::string& typed : {std::string("a\r\nRCPT TO:<eve@evil.example>@example.org"),
                                   std::string("\"a\r\n\"@example.org"),
                                   std::string("\"a\tb\"@example.org"),
                                   std::string("\"a\x7F\"@example.org"),
                                   std::string("a\0@example.org", 14),
                                   std::string("\u202Eada@example.org"),
                                   std::string("a\u2066da@example.org"),
                                   std::string("a\u00A0b@example.org"),
                                   std::string("a\u200Bb@example.org"),
                                   std::string("a\u00ADb@example.org"),
                                   std::string("a\uFEFFb@example.org"),
                                   std::string("a\u2028b@example.org"),
                                   std::string("a\u0085b@example.org"),
                                   std::string("a\uE000b@example.org"),
                                   std::string("ada@example.org\u202E"),
                                   std::string("ada@exa\u0000mple.org", 16),
                                   std::string("é", 2) + std::string(63, 'a') + "@example.org",
                                   std::string("\"a\\\"@example.org"),
                                   std::string("\"a\"b\"@example.org"),
                                   std::string("a@") + std::string(70, '\xC3') + ".org"}) {
    CAPTURE(typed);
    CHECK_FALSE(read_mail_address(typed).has_value());
  }
  // What its domain becomes counts, not what was typed.
  std::string domain;
  for (int i = 0; i < 25; ++i) domain += "ñañaña.";
  CHECK_FALSE(read_mail_address("someone.with.a.name@" + domain + "org").has_value());
}

TEST_CASE("a quoted local part is closed by its last character alone, on one line") {
  for (const std::string good : {"\"john doe\"", "\"a\\\"b\"", "\"..\"", "\"ä\""})
    CHECK_MESSAGE(is_quoted_local(good), good);
  for (const std::string bad : {"\"\"", "\"", "john", "\"a\"b\"", "\"a\\\"", "\"a\rb\"", "\"a\\\n\"", "\"a\x7F\""})
    CHECK_FALSE_MESSAGE(is_quoted_local(bad), bad);
}
