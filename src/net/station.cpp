#include "net/station.h"

#include <fmt/format.h>

#include "net/session.h"

namespace bursary::net {

std::string Station::next_request_id() {
  return fmt::format("{}{:x}-{:x}", service.id_prefix, loop.number(), ++requests_);
}

void Station::evict_oldest() {
  IdlePlace* place = idle.oldest();
  if (!place) return;
  place->leave();
  count(Count::connections_evicted);
  place->session.connection.cut();
}

void Station::end_idle() {
  while (IdlePlace* place = idle.oldest()) {
    place->leave();
    place->session.connection.cut();
  }
}

void Station::cut_all() {
  Chain<Session> present;
  present.take(sessions);
  while (Session* session = present.oldest()) {
    sessions.add(*session);
    session->connection.cut();
    if (session->partner != nullptr) session->partner->cut();
  }
}

}  // namespace bursary::net
