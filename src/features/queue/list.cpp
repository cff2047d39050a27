#include <algorithm>

#include "features/queue/query_sql.h"
#include "features/queue/queue.h"

namespace bursary::queue {
namespace {

ListRow read_row(const db::Row& row) {
  ListRow out;
  out.queue_id = row.integer(0);
  out.id = row.id<applications::ApplicationId>(1);
  out.reference = row.text(2);
  out.state = static_cast<applications::State>(row.integer(3));
  out.applicant_name = row.text(4);
  out.institution = row.text(5);
  out.country = row.text(6);
  out.area = row.text(7);
  out.locale = row.text(8);
  out.flags = static_cast<std::uint64_t>(row.integer(9));
  out.submitted_at = row.instant(10);
  out.updated_at = row.instant(11);
  out.assignee = row.maybe_integer(12).value_or(kNobody);
  return out;
}

std::optional<std::int64_t> bound_of(db::Tx& tx, const ListQuery& asked) {
  ComposedQuery query;
  if (!compose_bound(query, tx.dialect(), asked)) return std::nullopt;
  return tx.query_composed(query.text, query.values, query.planned)
      .at(0)
      .maybe_integer(0);  // an aggregate: always one row
}

// Behind the last that was looked at, in the direction of the page.
Cursor behind(const Filter& filter, std::int64_t bound, bool descending) {
  Cursor cursor;
  if (filter.sort == Sort::updated) {
    cursor.updated_at = bound;
    descending ? cursor.older_than = 0 : cursor.newer_than = INT64_MAX;
  } else {
    descending ? cursor.older_than = bound : cursor.newer_than = bound;
  }
  return cursor;
}

}  // namespace

ListPage list(db::Tx& tx, std::string_view program, const Filter& filter, const Cursor& cursor, std::size_t size,
              Walk walk) {
  // One more tells whether there is a next page.
  ListQuery asked{.program = program, .filter = filter, .cursor = cursor, .size = size + 1};
  if (walk == Walk::bounded) asked.bound = bound_of(tx, asked);
  ComposedQuery query;
  compose_list(query, tx.dialect(), asked);
  const db::Rows rows = tx.query_composed(query.text, query.values);
  ListPage page;
  page.rows.reserve(rows.size());
  for (const db::Row row : rows) page.rows.push_back(read_row(row));
  const bool more = page.rows.size() > size;
  if (more) page.rows.pop_back();
  const bool back = goes_back(filter, cursor);
  if (asked.bound && !more) page.looked_until = behind(filter, *asked.bound, (filter.sort != Sort::oldest) != back);
  if (back) std::reverse(page.rows.begin(), page.rows.end());
  // Which of the two links leads further down depends on the order.
  const bool further = back || more, earlier = back ? more : (cursor.older_than || cursor.newer_than);
  page.has_older = filter.sort == Sort::oldest ? earlier : further;
  page.has_newer = filter.sort == Sort::oldest ? further : earlier;
  return page;
}

}  // namespace bursary::queue
