#include "features/forms/fields/email.h"

#include <doctest/doctest.h>

#include "features/forms/test_form.h"

namespace bursary::forms {

TEST_CASE("every address that mail can reach is accepted") {
  for (const char* address :
       {"a@b.co", "ada@example.org", "ada+bursary@example.org", "ada.lovelace@sub.example.ac.uk", "o'brien@example.ie",
        "ADA@EXAMPLE.ORG", "1@example.org", "a_b-c@example.museum", "!#$%&'*+/=?^_`{|}~-@example.org",
        "\"john doe\"@example.org", "\"a@b\"@example.org", "user@xn--bcher-kva.example", "user@bücher.example",
        "用户@例え.jp", "दीपक@भारत.भारत", "x@3com.com", "x@a-b.example", "josé@example.org", "user@例え。jp"}) {
    CAPTURE(address);
    CHECK(is_email(address));
  }
  CHECK(is_email(std::string(64, 'a') + "@example.org"));
}

TEST_CASE("what is no address is refused") {
  for (const char* address : {"",
                              "@",
                              "ada",
                              "ada@",
                              "@example.org",
                              "ada@example",
                              "ada@localhost",
                              "ada example@example.org",
                              "ada@exam ple.org",
                              "ada@@example.org",
                              "a@b@example.org",
                              ".ada@example.org",
                              "ada.@example.org",
                              "a..b@example.org",
                              "ada@.example.org",
                              "ada@example..org",
                              "ada@example.org.",
                              "ada@-example.org",
                              "ada@example-.org",
                              "ada@192.0.2.1",
                              "ada@[192.0.2.1]",
                              "<ada@example.org>",
                              "Ada <ada@example.org>",
                              "ada@example.org, eve@example.org",
                              "ada@exam_ple.org",
                              "ada@example.o",
                              "ada@example.123",
                              "ada@exa\u202Emple.org",
                              "\"\"@example.org",
                              "\"a\"b\"@example.org",
                              "mailto:ada@example.org",
                              "ada@example.org\nbcc: x@example.org",
                              "ada@xn--zzzz\u0301.org",
                              "ada@\u00AD.org",
                              "ada(comment)@example.org",
                              "\xff@example.org"}) {
    CAPTURE(address);
    CHECK_FALSE(is_email(address));
  }
  CHECK_FALSE(is_email(std::string(65, 'a') + "@example.org"));
  CHECK_FALSE(is_email("a@" + std::string(64, 'b') + ".org"));
  CHECK_FALSE(is_email("a@" + std::string(250, 'b') + ".org"));
}

TEST_CASE("a slip in the domain is hinted at, and real domains are left alone") {
  struct Row {
    const char* typed;
    const char* meant;
  };
  const Row rows[] = {{"ada@gmial.com", "ada@gmail.com"},     {"ada@gmai.com", "ada@gmail.com"},
                      {"ada@gmail.con", "ada@gmail.com"},     {"Ada@GMAIL.CO", "Ada@gmail.com"},
                      {"ada@hotmial.com", "ada@hotmail.com"}, {"ada@outlok.com", "ada@outlook.com"},
                      {"ada@uni.eud", "ada@uni.edu"},         {"ada@example.ogr", "ada@example.org"},
                      {"ada@yaho.com", "ada@yahoo.com"},      {"ada@gmai.ocm", "ada@gmail.com"}};
  for (const Row& row : rows) {
    CAPTURE(row.typed);
    CHECK(likely_email(row.typed) == row.meant);
  }
  for (const char* fine :
       {"ada@gmail.com", "ada@ymail.com", "ada@mail.com", "ada@email.com", "ada@hotmail.se", "ada@yahoo.gr",
        "ada@yahoo.co.id", "ada@example.org", "ada@gmx.net", "ada@qq.com", "ada@aa.com", "no address", "@gmial.com"}) {
    CAPTURE(fine);
    CHECK_FALSE(likely_email(fine).has_value());
  }
}

TEST_CASE("a typo hint warns and allows") {
  CHECK(problem_with("email", std::string("ada@gmial.com")).empty());
  const Phrase warning = warning_about("email", std::string("ada@gmial.com"));
  CHECK(warning == Phrase("forms.warning.email_typo", {{"suggestion", "ada@gmail.com"}}));
  CHECK(message_of(test_form(), {"email", warning}, "en", english()) ==
        "Did you mean ada@gmail.com? Check the address: we will write to it.");
}

}  // namespace bursary::forms
