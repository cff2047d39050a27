// The listening socket and the one coroutine that accepts on it. Connections go to the loop that has fewest: one kernel
// queue, so that none waits behind a busy thread while another is free.
#pragma once
#include <functional>
#include <string>

#include "base/result.h"
#include "net/addresses.h"
#include "net/loop.h"
#include "net/server.h"

namespace bursary::net {

// A bound, listening, non-blocking socket; or what the operator has to know.
Result<int> open_listener(const ServerOptions& options);
std::uint16_t port_of(int socket);
// Raises the limit on open files to what so many connections need; returns how many connections it is good for.
std::size_t make_room_for(std::size_t connections);

// One accepted socket and whom it comes from; the callee owns the socket.
using Accepted = std::function<void(int socket, const Address& peer)>;

class Listener {
 public:
  Listener(Loop& loop, int socket, Accepted accepted, std::function<void()> no_files);
  // Accepts until stop(). `ended` is called on the loop's thread when the socket is closed.
  void start(std::function<void()> ended);
  // On the loop's thread.
  void stop();

 private:
  friend struct Accepting;
  Loop& loop_;
  std::unique_ptr<Connection> socket_;
  Accepted accepted_;
  std::function<void()> no_files_;
};

}  // namespace bursary::net
