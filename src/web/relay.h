// A request that is passed on to somebody else's server, and its answer as it comes back. A handler gives one as its
// response's body; net/ carries it out.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/request.h"
#include "web/response.h"

namespace bursary::web {

struct UpstreamRequest {
  std::string upstream;                                      // one of the operator's, by name
  std::string path;                                          // behind its address: "/chat/completions"
  std::vector<std::pair<std::string, std::string>> headers;  // beside Host, Content-Length and the upstream's own
  std::string body;
};

// What the client gets before any of the body.
struct RelayHead {
  int status = 200;
  Headers headers;
  bool unchanged = true;  // the body is passed on byte for byte, so its length may be told
};

enum class RelayEnd {
  whole,   // the upstream's answer came to its own end
  broken,  // it did not: the upstream may have done the work all the same
  unsent,  // the upstream never had the whole request: it has done nothing
  busy,    // the same: too many calls go to it already
};

// One call. Everything here is called on an I/O thread and must not block: take_request() once, on_head() at most once,
// then on_bytes() as it comes, then on_end() once, whatever happens. refusal() after that, when on_head() was never
// called or gave nothing.
class Relay {
 public:
  virtual ~Relay() = default;
  virtual UpstreamRequest take_request() = 0;
  // Nothing: the client gets refusal() in place of the upstream's answer.
  virtual std::optional<RelayHead> on_head(int status, const Headers& headers) = 0;
  // Appends to `out` what the client gets of it.
  virtual void on_bytes(std::string_view bytes, std::string& out) = 0;
  // Appends what the client still gets.
  virtual void on_end(RelayEnd end, std::string& out) = 0;
  virtual Response refusal() = 0;
  // False: what is under way is not wanted any more, and the client is cut off.
  virtual bool wanted() const = 0;
};

}  // namespace bursary::web
