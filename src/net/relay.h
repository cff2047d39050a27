// Carries out a web::Relay: the call to the upstream, and its answer on its way to the client.
#pragma once
#include <cstdint>
#include <memory>

#include "net/session.h"
#include "web/relay.h"

namespace bursary::net {

struct Relayed {
  int status = 0;
  std::uint64_t bytes = 0;  // of the body, to the client
  bool kept = false;        // another request may follow
};
// `response` has the headers that every answer carries. The call goes to its end even where the client leaves.
Task<Relayed> serve_relay(Session& session, const Exchange& exchange, const web::Response& response,
                          std::shared_ptr<web::Relay> relay);

}  // namespace bursary::net
