// One request as the server understood it, and what is to be done with it before any handler sees it. No sockets.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "net/addresses.h"
#include "net/head.h"
#include "web/pipeline.h"

namespace bursary::net {

// Whom a connection comes from.
struct Peer {
  Address address;
  bool trusted = false;  // a proxy whose word on the client is taken
  bool secure = false;   // TLS ends here
};

struct Exchange {
  web::Request request;
  const web::Route* route = nullptr;
  bool http_1_1 = true;
  bool keep = true;  // whether the client lets another request follow
  bool has_body = false;
  bool read_body = false;       // false with a body: answered without it, and the connection ends
  std::uint64_t expected = 0;   // bytes of the body, when they were told
  bool wants_continue = false;  // "Expect: 100-continue"
  int refused = 0;              // the status to answer with at once: 400, 405, 413, 415, 417
  bool stored = false;          // the path is a stored page's: 405 means GET and HEAD
};

// What stored pages have to say about a path that has no route.
class KnownPages {
 public:
  virtual ~KnownPages() = default;
  virtual bool holds(std::string_view path) = 0;
};

bool is_secure(const Head& head, const Peer& peer);
// Copies what it needs: the head may go afterwards. `request.id` and `request.received` are the caller's to set.
Exchange plan_exchange(const Head& head, const Peer& peer, const std::vector<Cidr>& trusted,
                       const web::Pipeline& pipeline, KnownPages& pages);
// As much of a request as a refused head still tells, for the page that says so. `target` may be cut off: what it
// begins with tells only whether a program of the API is to be answered, or a browser.
web::Request remains_of(const Head& head, const Peer& peer, std::string_view target);

}  // namespace bursary::net
