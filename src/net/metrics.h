// The server's figures for Prometheus. Names and help are part of the operator's guide: change them with care.
#pragma once
#include <string>

#include "net/figures.h"

namespace bursary::net {

// Text format 0.0.4, as it is at this moment. All names begin with "bursary_http_": it can stand beside web::Metrics::text().
std::string metrics_text(const Figures& figures);

}  // namespace bursary::net
