// What the search page shows.
#pragma once
#include <string>
#include <vector>

#include "features/site/search_index.h"

namespace bursary::site {

struct SearchView {
  struct Result {
    std::vector<Excerpt> title, text;
    std::string href, where;  // where: a phrase's key
  };
  std::string query;
  std::size_t total = 0;
  std::vector<Result> results;  // the best of them
};

SearchView search_view(const SearchIndex& index, std::string_view query);

}  // namespace bursary::site
