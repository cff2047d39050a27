// The queue for programs: what api_*.cpp share. Private.
#pragma once
#include "features/api/api.h"
#include "features/applications/staff.h"
#include "features/queue/list_query.h"
#include "features/queue/queue.h"

namespace bursary::queue {

// One of the list, and the same as JSON.
web::Schema row_schema();
boost::json::object row_json(const ListRow& row, const std::map<std::int64_t, std::string>& names);
// {"id": …, "name": …} or null.
web::Schema person_schema();
boost::json::value person_json(std::int64_t person, const std::map<std::int64_t, std::string>& names);

web::Parameter query_parameter();
// What parameter `q` asks for; Error "problem.api.request.query" where any of it cannot be understood: half a query
// would give more than was asked for.
Result<ReadQuery> read_asked_query(const api::Call& call, const programs::Program& program,
                                   const std::vector<Colleague>& staff, std::string_view typed);

void add_list_routes(web::Router& router, const Parts& parts, const api::Parts& api);
void add_application_routes(web::Router& router, const Parts& parts, const api::Parts& api);
void add_bulk_routes(web::Router& router, const Parts& parts, const api::Parts& api);
void add_view_routes(web::Router& router, const Parts& parts, const api::Parts& api);

// The queue on a caller's open transaction.
Parts on_database(const Parts& parts, db::Database& inside);
web::Parameter reference_part();

}  // namespace bursary::queue
