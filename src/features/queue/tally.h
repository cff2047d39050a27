// Counts beside the queue's filters. Exact from the tally (applications/tally.h) for each facet by state, and for
// country with area; everything else is counted row by row, exactly up to kCounted. Private but for TallyJob in
// queue.h.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "features/applications/tally.h"
#include "features/queue/query_read.h"

namespace bursary::queue {

inline constexpr std::int64_t kCounted = 10'000;

// facet, within, value, state → how many.
using TallyKey = std::tuple<applications::TallyFacet, std::string, std::string, applications::State>;
using Tally = std::map<TallyKey, std::int64_t>;

// What one row of tally_change (state, country, areas, flags, assignee, n) adds, to every key it concerns.
struct TallyPlace {
  applications::State state{};
  std::string country, areas;
  std::int64_t flags = 0, assignee = kNobody;
};
void add_place(Tally& tally, const TallyPlace& place, std::int64_t n);

struct FacetCounts {
  struct Value {
    std::string code;
    std::int64_t n = 0;
  };
  // By field: state, area, country, flag, assigned ("0" is nobody). Each as if the query had no term of that field, so
  // that it tells what another choice would give.
  std::map<Field, std::vector<Value>> values;
  std::int64_t total = 0;  // of the whole query
  // all: exact. more: over kCounted. walked: not known, for more than kCountedWalk rows would have to be looked
  // through. A field that is not in `values` is not known either.
  enum class Reach { all, more, walked };
  Reach reach = Reach::all;
};

// From the tally alone, or nothing where that is not exact. A few milliseconds at any size.
std::optional<FacetCounts> tally_counts(db::Tx& tx, std::string_view program, const Filter& filter);
// Of any filter, up to kCounted rows for each facet that it narrows and one besides.
FacetCounts count_facets(db::Tx& tx, std::string_view program, const Filter& filter);

// How many a filter finds: for one line of a menu.
struct BoundedCount {
  std::int64_t n = 0;
  FacetCounts::Reach reach = FacetCounts::Reach::all;
};
BoundedCount count(db::Tx& tx, std::string_view program, const Filter& filter);

}  // namespace bursary::queue
