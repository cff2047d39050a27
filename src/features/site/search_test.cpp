#include <doctest/doctest.h>

#include "base/search_words.h"
#include "features/site/search_view.h"

namespace bursary::site {
namespace {

using Kind = SearchDocument::Kind;

SearchIndex small_index() {
  return SearchIndex(
      {{Kind::page, "Research policy", "/policy", "What the access may be used for. Publish what you find."},
       {Kind::page, "Pricing", "/pricing", "Credits cover the policy price of every model. Résumé of costs."},
       {Kind::question, "How long does it take?", "/questions#time", "A decision takes 45 days."},
       {Kind::country, "Côte d’Ivoire", "/countries#country-CI", "It is supported."}});
}

std::vector<std::string> found(std::string_view query) {
  const SearchIndex index = small_index();
  std::vector<std::string> addresses;
  for (const auto& hit : index.find(search_words(query))) addresses.push_back(hit.document->href);
  return addresses;
}

std::string shown(const std::vector<Excerpt>& pieces) {
  std::string text;
  for (const Excerpt& piece : pieces) text += piece.marked ? "[" + piece.text + "]" : piece.text;
  return text;
}

}  // namespace

TEST_CASE("a word of the title ranks before the same word in a text") {
  CHECK(found("policy") == std::vector<std::string>{"/policy", "/pricing"});
}

TEST_CASE("case and accents do not matter") {
  CHECK(found("RESUME") == std::vector<std::string>{"/pricing"});
  CHECK(found("cote") == std::vector<std::string>{"/countries#country-CI"});
}

TEST_CASE("the last word may be a beginning, the others not") {
  CHECK(found("deci") == std::vector<std::string>{"/questions#time"});
  CHECK(found("deci 45") == std::vector<std::string>{"/questions#time"});  // no document has "deci": any word will do
  CHECK(found("45 deci") == std::vector<std::string>{"/questions#time"});
  CHECK(found("d").empty());
}

TEST_CASE("all words must be there, unless no document has them all") {
  CHECK(found("policy price") == std::vector<std::string>{"/pricing"});
  CHECK(found("policy zebra") == std::vector<std::string>{"/policy", "/pricing"});
  CHECK(found("zebra").empty());
  CHECK(found("").empty());
  CHECK(found("!?\"'()*").empty());
}

TEST_CASE("an excerpt shows what was found, marked, and says where it was cut") {
  const std::vector<std::string> words = search_words("fox");
  CHECK(shown(excerpt("The quick Fox, red.", words)) == "The quick [Fox,] red.");
  std::string text;
  for (int i = 0; i < 100; ++i) text += "word ";
  const std::string cut = shown(excerpt(text + "fox " + text, words, 8));
  CHECK(cut == "… word word [fox] word word word word word …");
  CHECK(shown(excerpt("nothing here", words)) == "nothing here");
  CHECK(excerpt("", words).empty());
}

TEST_CASE("an excerpt of a very long text ends between characters") {
  std::string text;
  while (text.size() < 70'000) text += "ééé ";
  for (const Excerpt& piece : excerpt(text, search_words("zebra"), 100'000))
    CHECK(piece.text.find('\xC3') != std::string::npos);
}

TEST_CASE("a query is cut, shown as typed and finds at most thirty") {
  std::vector<SearchDocument> many;
  many.reserve(40);
  for (int i = 0; i < 40; ++i) many.push_back({Kind::page, "Same", "/" + std::to_string(i), "same text"});
  const SearchView view = search_view(SearchIndex(many), "  <b>same  ");
  CHECK(view.query == "<b>same");
  CHECK(view.total == 40);
  CHECK(view.results.size() == 30);
  CHECK(view.results.front().href == "/0");
  CHECK(search_view(SearchIndex({}), "same").total == 0);
  CHECK(search_view(SearchIndex(many), std::string(5000, 'a')).query.size() == 200);
}

}  // namespace bursary::site
