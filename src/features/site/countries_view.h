// What the page of countries shows: all of them, or those that fit a filter.
#pragma once
#include <string>
#include <vector>

#include "features/programs/programs.h"

namespace bursary::site {

struct CountriesView {
  struct Entry {
    std::string code, name;
    bool supported = true;
  };
  std::string query;  // what was asked, as typed
  std::vector<Entry> shown;
  std::vector<std::string> unsupported;
  std::int64_t supported = 0, total = 0;
  bool blocks = false;               // an unsupported country cannot apply
  std::string told_one, told_other;  // with {n} left in, for the browser
};

CountriesView countries_view(const programs::Program& program, const html::Phrasebook& phrases, std::string_view query);

}  // namespace bursary::site
