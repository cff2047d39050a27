// What descriptions of operations say again and again. Public: api.h lists it.
#pragma once
#include <string>

#include "base/instant.h"
#include "web/operation.h"

namespace bursary::api {

inline constexpr std::int64_t kMostRows = 200;  // of one page
inline constexpr std::int64_t kUsualRows = 50;

web::Parameter path_part(std::string name, std::string about);
web::Parameter in_query(std::string name, std::string about, web::Schema schema);
web::Parameter limit_parameter();
web::Parameter cursor_parameter();

// An id: whole numbers beyond 2^53 do not survive every JSON reader, so ids are texts of digits.
web::Schema id_schema();
std::string id_text(std::int64_t id);
std::optional<std::int64_t> id_in(std::string_view text);

// {"items": […], "next": cursor or null}
web::Schema page_of(std::string name, web::Schema item);

// {"done": true} and the like hold no more than this.
web::Given given(std::string about, web::Schema schema, int status = 200);

}  // namespace bursary::api
