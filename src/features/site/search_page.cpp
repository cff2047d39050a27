#include "base/search_words.h"
#include "base/text.h"
#include "features/site/search_view.h"

namespace bursary::site {
namespace {

constexpr std::size_t kMostCharacters = 200;
constexpr std::size_t kMostResults = 30;

std::string where(SearchDocument::Kind kind) {
  switch (kind) {
    case SearchDocument::Kind::page:
      return "site.search.where.page";
    case SearchDocument::Kind::question:
      return "site.search.where.question";
    case SearchDocument::Kind::country:
      return "site.search.where.country";
    case SearchDocument::Kind::form:
      return "site.search.where.form";
  }
  return "site.search.where.page";
}

}  // namespace

SearchView search_view(const SearchIndex& index, std::string_view query) {
  SearchView view;
  view.query = std::string(first_characters(trim(query), kMostCharacters));
  const std::vector<std::string> words = search_words(view.query);
  const auto hits = index.find(words);
  view.total = hits.size();
  for (const SearchIndex::Hit& hit : hits) {
    if (view.results.size() == kMostResults) break;
    const SearchDocument& document = *hit.document;
    view.results.push_back(
        {excerpt(document.title, words, 40), excerpt(document.text, words), document.href, where(document.kind)});
  }
  return view;
}

}  // namespace bursary::site
