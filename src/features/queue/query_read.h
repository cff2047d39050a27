// What a query's names mean: syntax tree to filter, with the program's areas and countries, the reader's language and
// who asks. What is wrong is left out, told with its place, and the rest narrows.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "features/programs/programs.h"
#include "features/queue/filter.h"
#include "features/queue/query_parse.h"
#include "html/phrasebook.h"
#include "web/context.h"

namespace bursary::queue {

struct Colleague {
  std::int64_t id = 0;
  std::string name;
};

struct QueryReader {
  const programs::Program& program;
  const html::Phrasebook& phrases;
  std::optional<std::int64_t> viewer;
  Instant now;
  const std::vector<Colleague>& staff;
};

// The fields there are, in the order in which a query is written.
enum class Field {
  state,
  area,
  country,
  flag,
  assigned,
  submitted,
  updated,
  amount,
  months,
  institution,
  lang,
  has,
  sort
};
inline constexpr Field kAllFields[] = {
    Field::state,  Field::area,   Field::country,     Field::flag, Field::assigned, Field::submitted, Field::updated,
    Field::amount, Field::months, Field::institution, Field::lang, Field::has,      Field::sort};
std::string_view to_string(Field field);
// By its own name or what `phrases` call it ("queue.query.name.state").
std::optional<Field> field_named(std::string_view name, const html::Phrasebook& phrases);

struct ReadQuery {
  std::string typed;
  Filter filter;
  std::vector<QueryNode> terms;  // those that hold, canonical: codes for labels, English names
  std::vector<QueryProblem> problems;

  std::string text() const { return to_text(terms); }
};
ReadQuery read_query(std::string_view typed, const QueryReader& reader);

// The terms with `field` set to `value` ("submitted,screening") where it was, or at the end; without it when empty.
std::string with_field(const std::vector<QueryNode>& terms, Field field, std::string_view value);
std::string without_term(const std::vector<QueryNode>& terms, std::size_t index);

// The nearest of `names` to what was typed, if any is near: for "did you mean".
std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& names);

}  // namespace bursary::queue
