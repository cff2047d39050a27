// What staff type into the queue's search field: any text reads to terms whose text reads to the same, every problem
// points into it, and what the databases are asked holds none of it.
// modules: features/queue
#include "base/text.h"
#include "features/queue/query_match.h"
#include "features/queue/query_read.h"
#include "features/queue/query_sql.h"
#include "tests/fuzz/require.h"

using namespace bursary;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto programs = [] {
    std::vector<programs::Problem> problems;
    return programs::Programs::open({}, problems).value();
  }();
  static const auto program = programs->current();
  static const std::vector<queue::Colleague> staff = {{71, "Ana Lima"}, {72, "O'Hara, \"Jo\""}};
  const queue::QueryReader reader{*program, program->phrasebooks->get("es"), 71, Instant{1'774'000'000'000'000}, staff};
  const std::string typed = repair_utf8(fuzz::text(data, size));
  const queue::ReadQuery read = queue::read_query(typed, reader);
  for (const auto& problem : read.problems) {
    fuzz::require(problem.span.begin <= problem.span.end && problem.span.end <= typed.size());
    fuzz::require(is_utf8(typed.substr(problem.span.begin, problem.span.end - problem.span.begin)));
  }
  const queue::ReadQuery again = queue::read_query(read.text(), reader);
  fuzz::require(again.text() == read.text() && again.filter == read.filter);
  for (const auto dialect : {db::Dialect::sqlite, db::Dialect::postgres}) {
    queue::ComposedQuery list, bound;
    const queue::ListQuery asked{.program = program->slug, .filter = read.filter};
    queue::compose_list(list, dialect, asked);
    queue::compose_bound(bound, dialect, asked);
    queue::ComposedQuery count;
    queue::compose_count(count, dialect, asked, queue::Counting::number);
    fuzz::require(is_ascii(count.text) && count.text.find_first_of("'\";") == std::string::npos);
    fuzz::require(is_ascii(list.text) && list.text.find_first_of("'\";") == std::string::npos);
    fuzz::require(is_ascii(bound.text) && bound.text.find_first_of("'\";") == std::string::npos);
  }
  return 0;
}
