// The one place outside .sql files where statements are composed, out of closed fragments: nothing that a person typed
// is ever part of the text, only of the values.
//
// Every statement walks one ordered stretch of one index (or a few, merged) from where the page begins, and stops when
// the page is full. What that index cannot tell is checked row by row, and then at most kWalk rows are walked: how far
// that is, compose_bound asks beforehand.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "db/database.h"
#include "features/queue/queue.h"

namespace bursary::queue {

struct ComposedQuery {
  std::string text;               // ?1, ?2 …
  std::deque<std::string> texts;  // owns what text values point at
  std::vector<db::Value> values;
  db::Tx::Planned planned = db::Tx::Planned::each_time;

  ComposedQuery() = default;
  ComposedQuery(const ComposedQuery&) = delete;
  ComposedQuery& operator=(const ComposedQuery&) = delete;
};

// How many rows are looked through at most: for one page, and for a count.
inline constexpr std::int64_t kWalk = 5'000;
inline constexpr std::int64_t kCountedWalk = 10'000;

// kWalk, shared out among what has to be looked up in other tables beside each row.
std::int64_t most_walked(const Filter& filter);

// list: queue_id, id, reference, state, applicant_name, institution, country, area, locale, flags, submitted_at,
// updated_at, assignee. facets: queue_id, state, country, areas, flags, assignee. chosen: queue_id, id, state.
enum class Columns { list, facets, chosen };

struct ListQuery {
  std::string_view program;
  const Filter& filter;
  Cursor cursor = {};
  std::size_t size = 51;
  std::optional<std::int64_t> bound = std::nullopt;  // what compose_bound's statement found
  Columns columns = Columns::list;
};

// In the order of the filter, or against it for a cursor that goes back (goes_back). At most `size` rows.
void compose_list(ComposedQuery& query, db::Dialect dialect, const ListQuery& asked);

// One row with the last place (a queue id; for Sort::updated a moment) that is looked at when kWalk rows are walked, or
// null when fewer are there. False, and no statement: every row that is walked is in the list.
bool compose_bound(ComposedQuery& query, db::Dialect dialect, const ListQuery& asked);

// Whatever order, and at most kCountedWalk + 1 rows are walked: then it is not known. rows: those of Columns::facets
// with one column more, whether the row fits in all that these do not tell; number: one row, how many were walked and
// how many of them fit.
enum class Counting { number, rows };
void compose_count(ComposedQuery& query, db::Dialect dialect, const ListQuery& asked, Counting what);

// A bit for each, as application.flags has them.
std::int64_t mask_of(const std::vector<applications::Flag>& flags);

// True: rows come from the wrong end and are to be turned around.
bool goes_back(const Filter& filter, const Cursor& cursor);

}  // namespace bursary::queue
