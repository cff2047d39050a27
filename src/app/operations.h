// For whoever keeps it running: GET /healthz (this process answers), /readyz (its database answers too), /metrics
// (Prometheus).
#pragma once
#include <string>

#include "web/router.h"

namespace bursary::app {

class House;

void add_operation_routes(web::Router& router, House& house);

}  // namespace bursary::app
