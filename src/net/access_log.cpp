#include <spdlog/spdlog.h>

#include "base/log_text.h"
#include "net/session.h"

namespace bursary::net {

void log_failure(Service& service, std::string_view event, std::string_view request_id, std::string_view what) {
  service.log.error(R"({{"event":"{}","at":"{}","id":"{}","what":"{}"}})", event, to_rfc3339(service.clock.now()),
                    request_id, log_text(what));
}

void log_access(Service& service, const Served& served) {
  service.log.info(
      R"({{"event":"request","at":"{}","id":"{}","method":"{}","route":"{}","status":{},"bytes":{},"ms":{:.3f},"peer":"{}"}})",
      to_rfc3339(service.clock.now()), served.id, served.method, served.route, served.status, served.bytes,
      static_cast<double>(served.took.count()) / 1000.0, served.peer);
}

}  // namespace bursary::net
