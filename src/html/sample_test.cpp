// One template through the whole compiler: golden output, and one corpus of hostile text in every place at once.
#include <doctest/doctest.h>

#include "html/phrasebook.h"
#include "html/sample.html.h"

using namespace bursary;
using html::SampleView;

namespace {

std::string draw(const SampleView& view) {
  const auto books = html::Phrasebooks::build({"en"}, {});
  html::Writer w(books->get("en"));
  tpl::html::sample(w, view);
  return w.str();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("a template draws what it says, without its indentation") {
  SampleView view;
  view.title = "Areas";
  view.query = "a&b c";
  view.intro = html::markdown("Hello *you*");
  view.rows = {{"One", "/one", false}, {"Two", "/two?x=1&y=2", true}, {"Bad", "javascript:alert(1)", false}};
  CHECK(draw(view) ==
        "<h1 id=\"top\" title=\"Areas\">Areas</h1>\n"
        "<p>Hello <em>you</em></p>\n\n"
        "<form action=\"/search?from=a%26b%20c\" method=\"post\">\n"
        "<textarea name=\"q\">\na&amp;b c</textarea>\n"
        "</form>\n"
        "<ul>\n"
        "<li><a href=\"/one\">One</a></li>\n"
        "<li aria-current=\"page\"><a href=\"/two?x=1&amp;y=2\">Two</a></li>\n"
        "<li><a href=\"#\">Bad</a></li>\n"
        "</ul>\n"
        "<p>If you write to us about this, give the reference 3.</p>\n");
}

TEST_CASE("branches are drawn only where they hold") {
  SampleView view;
  view.problem = "problem.unavailable";
  const std::string page = draw(view);
  CHECK(page.find("<p role=\"alert\">Error: The service cannot do that just now. Wait a minute and try again.</p>") !=
        std::string::npos);
  CHECK(page.find("<p>Page not found</p>") != std::string::npos);
  CHECK(page.find("<ul>") == std::string::npos);
}

TEST_CASE("nothing that is typed leaves the place it was typed into") {
  for (const char* hostile : {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
                              "</textarea><script>", "</title><script>", "javascript:alert(1)", "<!--", "-->",
                              "{{ v.title }}", "&lt;script&gt;"}) {
    CAPTURE(hostile);
    SampleView view;
    view.title = view.query = hostile;
    view.rows = {{hostile, hostile, false}};
    const std::string page = draw(view);
    // As many tags, quotes and apostrophes as the template itself has.
    SampleView calm;
    calm.title = calm.query = "x";
    calm.rows = {{"x", "#", false}};
    const std::string expected = draw(calm);
    CHECK(count(page, "<") == count(expected, "<"));
    CHECK(count(page, ">") == count(expected, ">"));
    CHECK(count(page, "\"") == count(expected, "\""));
    CHECK(count(page, "'") == count(expected, "'"));
    CHECK(page.find("href=\"javascript") == std::string::npos);
  }
}
