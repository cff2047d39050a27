// What an index does not tell of a filter and is checked row by row, as SQL behind "where 1 = 1". Private.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/queue/query_sql.h"

namespace bursary::queue {

// What walks: the narrowest index that fits.
enum class Driver { text, update, flag, assignee, country, area, state, program };

// Values that a statement takes: each is kept, and what stands for it in the text is given back.
class Placeholders {
 public:
  Placeholders(ComposedQuery& query, db::Dialect dialect)
      : query_(query), postgres_(dialect == db::Dialect::postgres) {}
  std::string text(std::string_view text);
  std::string number(std::int64_t number);

 private:
  std::string last() const;

  ComposedQuery& query_;
  bool postgres_;
};

// Of the application that is called `a`; what the driver's own index tells already is left out.
class Checks {
 public:
  Checks(Placeholders& values, const Filter& filter, Driver driver) : values_(values), f_(filter), driver_(driver) {}

  std::string dates();          // of submission: bounds of the index, near enough (Composer::set_bounds)
  std::string of_facets();      // state, country, area, flag, assignment: fits_facets in row_counter.cpp says the same
  std::string beside_facets();  // everything else

 private:
  std::string states() const;
  std::string places();
  std::string flags() const;
  std::string people();
  std::string list_of(const std::vector<std::int64_t>& people);
  std::string in_list(std::string_view column, const std::vector<std::string>& values, bool in);
  std::string area(const std::vector<std::string>& areas, bool has);

  Placeholders& values_;
  const Filter& f_;
  Driver driver_;
};

}  // namespace bursary::queue
