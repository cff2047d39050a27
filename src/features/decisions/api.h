// Decisions for programs: what api*.cpp share. Private.
#pragma once
#include "features/api/api.h"
#include "features/decisions/decisions.h"

namespace bursary::decisions {

void add_release_routes(web::Router& router, const Parts& parts, const api::Parts& api);

}  // namespace bursary::decisions
