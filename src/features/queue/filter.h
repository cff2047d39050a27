// The list's filters as they stand in its URL.
#pragma once
#include <string>
#include <vector>

#include "features/queue/queue.h"
#include "web/request.h"

namespace bursary::queue {

struct ParsedFilter {
  Filter filter;
  Cursor cursor;
  std::vector<FieldError> problems;  // of a hand-written URL; what is wrong is left out of the filter
};
ParsedFilter parse_filter(const web::Request& request, const programs::Program& program);

// "state=submitted&country=KE"; empty when nothing narrows. Values percent-encoded.
std::string to_query(const Filter& filter);

}  // namespace bursary::queue
