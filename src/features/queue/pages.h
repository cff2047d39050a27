// The handlers behind routes.cpp, one file each.
#pragma once
#include "features/queue/queue.h"

namespace bursary::queue {

web::Response show_list(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_counts(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_application(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response send_file(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response send_export(const Parts& parts, const web::Request& request, const web::Context& context);

}  // namespace bursary::queue
