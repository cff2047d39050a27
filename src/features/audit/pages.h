// Handlers of this folder's routes.
#pragma once
#include "features/audit/trail.h"

namespace bursary::audit {

web::Response show_trail(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response send_trail(const Parts& parts, const web::Request& request, const web::Context& context);

}  // namespace bursary::audit
