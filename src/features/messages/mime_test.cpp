#include "features/messages/mime.h"

#include <doctest/doctest.h>

#include <string>

using namespace bursary::messages;

namespace {

std::size_t longest_line(const std::string& text) {
  std::size_t longest = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find("\r\n", at), text.size());
    longest = std::max(longest, end - at);
    at = end + 2;
  }
  return longest;
}

}  // namespace

TEST_CASE("a plain header stays as it is") {
  CHECK(header_line("Subject", "We have your application") == "Subject: We have your application\r\n");
  CHECK(header_line("Subject", "") == "Subject: \r\n");
}

TEST_CASE("a long plain header is folded at spaces") {
  const std::string folded =
      header_line("Subject", "one two three four five six seven eight nine ten eleven twelve thirteen fourteen");
  CHECK(folded == "Subject: one two three four five six seven eight nine ten eleven twelve\r\n thirteen fourteen\r\n");
}

TEST_CASE("a header in other letters becomes encoded words of whole characters") {
  CHECK(header_line("Subject", "¿Hay algún error?") == "Subject: =?UTF-8?B?wr9IYXkgYWxnw7puIGVycm9yPw==?=\r\n");
  std::string long_text;
  for (int i = 0; i < 60; ++i) long_text += "語";
  const std::string folded = header_line("Subject", long_text);
  CHECK(longest_line(folded) <= 76);
  CHECK(folded.find("=?UTF-8?B?6Kqe6Kqe") != std::string::npos);
  CHECK(folded.find("?=\r\n =?UTF-8?B?6Kqe") != std::string::npos);  // the next word begins with a whole character
}

TEST_CASE("what looks like an encoded word is encoded itself") {
  CHECK(header_line("Subject", "=?UTF-8?Q?x?=") == "Subject: =?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?=\r\n");
}

TEST_CASE("no value ends its header") {
  for (const std::string& evil :
       {std::string("x\r\nBcc: all@example.org"), std::string("x\nBcc: all@example.org"),
        std::string("x\rBcc: all@example.org"), std::string("ü\r\nBcc: all@example.org"),
        std::string("x\0Bcc: all@example.org", 22), std::string("x\x0B\x0C\x1B[2J"), std::string("\xFF\xFE\r\nx")}) {
    for (const std::string& line : {header_line("Subject", evil), address_line("From", evil, "a@example.org")}) {
      CHECK(line.ends_with("\r\n"));
      for (std::size_t at = line.find('\n'); at + 1 < line.size(); at = line.find('\n', at + 1))
        CHECK(line[at + 1] == ' ');
      for (const char c : line) CHECK((c == '\r' || c == '\n' || (c >= 0x20 && c < 0x7F)));
    }
    const std::string to =
        address_line("To", "", evil);  // is_plain_address() refuses these before; still no second line
    CHECK(to.find('\n') == to.size() - 1);
  }
}

TEST_CASE("an over-long word without spaces is encoded so that lines stay short") {
  CHECK(longest_line(header_line("Subject", std::string(5000, 'x'))) <= 76);
}

TEST_CASE("names in addresses are quoted or encoded") {
  CHECK(address_line("From", "Example Lab", "a@example.org") == "From: \"Example Lab\" <a@example.org>\r\n");
  CHECK(address_line("From", "Lab \"A\" \\ B, C", "a@example.org") ==
        "From: \"Lab \\\"A\\\" \\\\ B, C\" <a@example.org>\r\n");
  CHECK(address_line("From", "Laboratório", "a@example.org") ==
        "From: =?UTF-8?B?TGFib3JhdMOzcmlv?= <a@example.org>\r\n");
  CHECK(address_line("To", "", "a@example.org") == "To: a@example.org\r\n");
  CHECK(address_line("From", std::string(60, 'n'), "a-long-address@mail.example.org") ==
        "From: \"" + std::string(60, 'n') + "\"\r\n <a-long-address@mail.example.org>\r\n");
}

TEST_CASE("addresses that could be more than one are refused") {
  for (const char* good : {"a@example.org", "first.last+tag@mail.example.edu", "o'neill@example.org", "a@localhost"}) {
    CHECK_MESSAGE(is_plain_address(good), good);
  }
  for (const std::string& bad :
       {std::string(""), std::string("a"), std::string("@example.org"), std::string("a@"), std::string("a@b@c"),
        std::string("a b@example.org"), std::string("a@example.org,b@example.org"), std::string("<a@example.org>"),
        std::string("a@example.org\r\nRCPT TO:<b@example.org>"), std::string("\"a b\"@example.org"),
        std::string("a@exämple.org"), std::string("a@example.org\0", 14), std::string(65, 'x') + "@example.org",
        "a@" + std::string(260, 'x')}) {
    CHECK_FALSE_MESSAGE(is_plain_address(bad), bad);
  }
}

TEST_CASE("quoted-printable") {
  using enum TransferEncoding;
  CHECK(encoded("Año = 1\n", quoted_printable) == "A=C3=B1o =3D 1\r\n");
  CHECK(encoded("trailing \nspace\t\n", quoted_printable) == "trailing=20\r\nspace=09\r\n");
  CHECK(encoded(".hidden\nFrom here\nFrom\n", quoted_printable) == "=2Ehidden\r\n=46rom here\r\nFrom\r\n");
  CHECK(encoded("no end", quoted_printable) == "no end\r\n");
  CHECK(encoded("a\r\nb\rc\n", quoted_printable) == "a\r\nb\r\nc\r\n");
  CHECK(encoded("", quoted_printable).empty());
  const std::string long_line = encoded(std::string(200, 'x') + "ñ" + std::string(200, 'y') + "\n", quoted_printable);
  CHECK(longest_line(long_line) == 76);
  CHECK(encoded(std::string(76, 'x') + "\n", quoted_printable) == std::string(76, 'x') + "\r\n");
  CHECK(encoded(std::string(77, 'x') + "\n", quoted_printable) == std::string(75, 'x') + "=\r\nxx\r\n");
}

TEST_CASE("base64 where most would be escaped") {
  using enum TransferEncoding;
  CHECK(encoding_for("Plain words with one é in them") == quoted_printable);
  CHECK(encoding_for("我们研究语言模型") == base64);
  CHECK(encoding_for("") == quoted_printable);
  CHECK(encoded("我们\n", base64) == "5oiR5LusDQo=\r\n");
  CHECK(longest_line(encoded(std::string(500, 'x'), base64)) == 76);
}
