// What a list's address says: the query, where the page begins, and the older parameters that became terms of it.
#pragma once
#include <string>
#include <vector>

#include "features/queue/query_read.h"
#include "features/queue/queue.h"
#include "web/request.h"

namespace bursary::queue {

struct ListAddress {
  ReadQuery query;
  Cursor cursor;
  // Set when the address named filters outside the query (the select boxes, links of old): the query with all of them,
  // where to go instead.
  std::optional<std::string> moved_to;
};
ListAddress read_address(const web::Request& request, const QueryReader& reader);

// The fields that have a select box, and what stands in it: "submitted", "submitted,screening", or nothing.
inline constexpr Field kBoxes[] = {Field::state, Field::area,     Field::country,
                                   Field::flag,  Field::assigned, Field::sort};
std::string box_value(const std::vector<QueryNode>& terms, Field field);
struct DayBoxes {
  std::string from, until;  // "2026-03-01", both included
};
DayBoxes day_boxes(const Filter& filter);

// "/staff?q=…", with "&" and `more` behind when there is more.
std::string list_address(std::string_view query, std::string_view more = {});
// "older=123", "newer=123.1767225600000000".
std::string to_parameter(const Cursor& cursor);

// Who may be given an application: everybody who screens for this program, by name.
std::vector<Colleague> colleagues(db::Tx& tx, std::string_view program);

}  // namespace bursary::queue
