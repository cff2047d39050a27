// Counting row by row what the tally does not hold. Private.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/queue/query_sql.h"
#include "features/queue/tally.h"

namespace bursary::queue {

// Within one transaction: a walk that two filters share (their drivers are the same, and they differ in the facets
// alone) is made once.
class RowCounter {
 public:
  RowCounter(db::Tx& tx, std::string_view program) : tx_(tx), program_(program) {}

  BoundedCount count(const Filter& filter);
  // By the field's values; nothing where it is not known.
  std::optional<std::map<std::string, std::int64_t>> by(Field field, const Filter& filter);

 private:
  struct Row {
    applications::State state{};
    std::string country, areas;  // words
    std::int64_t flags = 0, assignee = kNobody;
    bool fits_beside = false;  // in everything that is no facet
  };
  struct Walk {
    ComposedQuery query;
    std::vector<Row> rows;
  };
  static bool fits_facets(const Filter& filter, const Row& row);
  static void add_up(std::map<std::string, std::int64_t>& sums, Field field, const Row& row);
  const std::vector<Row>& walk(const Filter& filter);

  db::Tx& tx_;
  std::string_view program_;
  std::vector<std::unique_ptr<Walk>> walks_;
};

// The sort that walks least; what is searched for is found in the order of the full text.
Filter for_counting(db::Tx& tx, Filter filter);
// How many of the walked rows fit, and whether that is all.
BoundedCount judged(std::int64_t walked, std::int64_t fit);

std::vector<std::string> words_in(std::string_view text);

}  // namespace bursary::queue
