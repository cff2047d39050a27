#include <doctest/doctest.h>

#include "features/forms/fields/links.h"
#include "features/forms/test_form.h"

namespace bursary::forms {

TEST_CASE("a line is a web address or a DOI") {
  CHECK(link_of("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d");
  CHECK(link_of("http://example.org:8080") == "http://example.org:8080");
  CHECK(link_of("10.1000/182") == "https://doi.org/10.1000/182");
  CHECK(link_of("doi: 10.1000/xyz(1)") == "https://doi.org/10.1000/xyz(1)");
  CHECK(link_of("doi.org/10.1000/182") == "https://doi.org/10.1000/182");
  CHECK(link_of("https://bücher.example/ö") == "https://bücher.example/ö");
  for (const char* text :
       {"", "example.org", "ftp://example.org", "javascript:alert(1)", "https://", "https://a", "https://a b.org",
        "10.1000/", "10.1/a", "https://user@example.org", "https://bank.example@evil.example", "https://example..org",
        "https://example.org:123456", "data:text/html,x", "10.1000a/b", "//example.org"}) {
    CAPTURE(text);
    CHECK_FALSE(link_of(text).has_value());
  }
}

TEST_CASE("a list of links names the first line that is none") {
  CHECK(problem_with("links", std::string("https://example.org\n\n 10.1000/182 ")).empty());
  CHECK(problem_with("links", std::string("https://example.org\nmy paper")) ==
        Phrase("forms.problem.link", {{"line", "my paper"}}));
  std::string many;
  for (int i = 0; i < 51; ++i) many += "https://example.org/" + std::to_string(i) + "\n";
  CHECK(problem_with("links", many) == Phrase("forms.problem.too_many_links", {{"limit", "50"}, {"n", "51"}}));
}

TEST_CASE("links are shown as links, line by line") {
  Answers answers;
  answers.set("links", std::string("https://example.org\n10.1000/182"));
  const Definition form = test_form();
  const auto shown = url_list_field().shown(form, *form.find("links"), answers, "en");
  REQUIRE(shown.size() == 3);
  CHECK(shown[0].href == "https://example.org");
  CHECK(shown[1].text == "\n");
  CHECK(shown[2].text == "10.1000/182");
  CHECK(shown[2].href == "https://doi.org/10.1000/182");
}

}  // namespace bursary::forms
