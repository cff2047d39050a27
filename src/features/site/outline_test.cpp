#include "features/site/outline.h"

#include <doctest/doctest.h>

namespace bursary::site {

TEST_CASE("headings get ids, are listed, and begin at h2 whatever the author wrote") {
  const Outline outline =
      outline_of(html::markdown("Intro\n\n## What *we* ask & why\n\nText\n\n### Détails\n\n## What we ask & why\n"));
  REQUIRE(outline.headings.size() == 2);
  CHECK(outline.headings[0].id == "what-we-ask-why");
  CHECK(outline.headings[0].text.str() == "What we ask &amp; why");
  CHECK(outline.headings[1].id == "what-we-ask-why-2");
  CHECK(outline.html.str().find("<h2 id=\"what-we-ask-why\">What <em>we</em> ask &amp; why</h2>") != std::string::npos);
  CHECK(outline.html.str().find("<h3 id=\"details\">Détails</h3>") != std::string::npos);
}

TEST_CASE("typed HTML makes no heading, and a rule is none") {
  const Outline outline = outline_of(html::markdown("<h2 onclick=x>no</h2>\n\n---\n\n## Main\n"));
  REQUIRE(outline.headings.size() == 1);
  CHECK(outline.headings[0].id == "main-2");  // the layout has #main
  CHECK(outline.html.str().find("<h2 onclick") == std::string::npos);
  CHECK(outline.html.str().find("<hr>") != std::string::npos);
}

TEST_CASE("plain text has neither marks nor addresses") {
  CHECK(plain_text(html::markdown("Read *the* [policy & \"terms\"](/policy) <b>")) ==
        "Read the policy & \"terms\" <b>\n");
}

TEST_CASE("chapters are cut at the highest headings") {
  const auto chapters = chapters_of(html::markdown("Before\n\n## One\n\nfirst\n\n### Deeper\n\n## Two\n"));
  REQUIRE(chapters.size() == 3);
  CHECK(chapters[0].heading.id.empty());
  CHECK(chapters[0].body.str() == "<p>Before</p>\n");
  CHECK(chapters[1].heading.text.str() == "One");
  CHECK(chapters[1].body.str().find("first") != std::string::npos);
  CHECK(chapters[1].body.str().find("<h3 id=\"deeper\">") != std::string::npos);
  CHECK(chapters[2].heading.id == "two");
  CHECK(chapters_of(html::markdown("")).empty());
  CHECK(chapters_of(html::markdown("Only text")).size() == 1);
}

}  // namespace bursary::site
