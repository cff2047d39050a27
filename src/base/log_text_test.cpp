#include "base/log_text.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

using namespace bursary;

TEST_CASE("whatever it holds, it is one line and one JSON string") {
  CHECK(log_text("Grüße, 世界") == "Grüße, 世界");
  CHECK(log_text("a\"b\\c") == "a\\\"b\\\\c");
  CHECK(log_text("a\r\n{\"event\":\"forged\"}") == "a\\u000d\\u000a{\\\"event\\\":\\\"forged\\\"}");
  CHECK(log_text(std::string("\0\x1b[2J\x7f", 6)) == "\\u0000\\u001b[2J\\u007f");
  CHECK(log_text("a\u202Eb\u2066c\u200Bd\u0085e\u2028f\u00ADg") == "a\\u202eb\\u2066c\\u200bd\\u0085e\\u2028f\\u00adg");
  CHECK(log_text("\U000E0041") == "\\udb40\\udc41");
  CHECK(log_text("a\xff\xc3z") == "a\uFFFD\uFFFDz");
  for (const std::string& evil : {std::string("\"},{\"x\":\""), std::string("\\"), std::string("\xed\xa0\x80\n"),
                                  std::string("\U000E0041\r\n\t\"\\\u2029")}) {
    const std::string line = "{\"what\":\"" + log_text(evil) + "\"}";
    CAPTURE(line);
    CHECK(line.find_first_of("\r\n") == std::string::npos);
    boost::system::error_code problem;
    const auto parsed = boost::json::parse(line, problem);
    REQUIRE_FALSE(problem);
    CHECK(parsed.as_object().size() == 1);
  }
}
