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
  return out;
}

}  // namespace

ListPage list(db::Tx& tx, std::string_view program, const Filter& filter, const Cursor& cursor, std::size_t size) {
  ComposedQuery query;
  // One more tells whether there is a next page.
  compose_list(query, tx.dialect(), program, filter, cursor, size + 1);
  const db::Rows rows = tx.query_composed(query.text, query.values);
  ListPage page;
  page.rows.reserve(rows.size());
  for (const db::Row row : rows) page.rows.push_back(read_row(row));
  const bool more = page.rows.size() > size;
  if (more) page.rows.pop_back();
  if (cursor.newer_than) {
    std::reverse(page.rows.begin(), page.rows.end());
    page.has_newer = more;
    page.has_older = true;
  } else {
    page.has_older = more;
    page.has_newer = cursor.older_than.has_value();
  }
  return page;
}

}  // namespace bursary::queue
