#include "features/decisions/decisions.h"

namespace bursary::decisions {

void add_routes(web::Router&, const Parts&) {}

}  // namespace bursary::decisions
