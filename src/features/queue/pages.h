// The handlers behind routes.cpp, one file each.
#pragma once
#include "features/queue/queue.h"

namespace bursary::queue {

web::Response show_list(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_counts(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_application(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response do_bulk(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_bulk(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response take_back_bulk(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_views(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response add_view(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response change_view(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response drop_view(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response set_columns(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response send_file(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response send_export(const Parts& parts, const web::Request& request, const web::Context& context);

// What the pages and the API do alike: begins an export, or takes the file that {reference} and {token} of the path
// name. Each with its event.
Result<web::Response> begin_export(const Parts& parts, const web::Context& context, const Filter& filter,
                                   ExportFormat format);
Result<web::Response> take_file(const Parts& parts, const web::Context& context);

}  // namespace bursary::queue
