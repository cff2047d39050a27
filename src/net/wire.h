// Bytes in and out of a socket without waiting: plain or through TLS, the session code is the same. The socket itself
// belongs to the connection; signals are not raised.
#pragma once
#include <sys/uio.h>

#include <cstddef>
#include <memory>
#include <span>

namespace bursary::net {

struct Moved {
  enum class State { moved, wait_to_read, wait_to_write, closed } state = State::moved;
  std::size_t bytes = 0;
};

class Wire {
 public:
  virtual ~Wire() = default;
  // Until it says `moved` nothing may be read or written. Plain: at once.
  virtual Moved greet() = 0;
  virtual Moved read(std::span<char> into) = 0;
  // May take a part. After wait_to_… call again with the same bytes first, wherever they now lie.
  virtual Moved write(std::span<const iovec> pieces) = 0;
  // Bytes that were received but not yet read: read before waiting.
  virtual bool holds_more() const = 0;
  // Nothing more will be written.
  virtual void end() = 0;
  virtual bool secure() const = 0;
};

std::unique_ptr<Wire> plain_wire(int socket);

}  // namespace bursary::net
