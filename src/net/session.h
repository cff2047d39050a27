// One connection from its greeting to its end. The session owns itself: run_session() holds it until the connection
// ends. All of it happens on its loop's thread.
#pragma once
#include <sys/uio.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "net/station.h"
#include "net/task.h"
#include "net/wire.h"

namespace bursary::net {

// Received bytes that are not done with. They lie in the loop's scratch while they are being looked at, and are the
// session's own only when it has to wait: ten thousand idle connections hold no buffer.
class Input {
 public:
  std::string_view bytes() const { return view_; }
  bool empty() const { return view_.empty(); }
  void consume(std::size_t size) { view_.remove_prefix(size); }
  // Before anything else may use the scratch: before every suspension.
  void keep();
  // Reads behind what is there, at most so that `most` bytes are.
  Moved fill(Wire& wire, std::span<char> scratch, std::size_t most);

 private:
  std::string kept_;
  std::string_view view_;
};

// Bytes to send that lie somewhere else, and how much of them has gone.
class Output {
 public:
  void add(std::string_view bytes);
  bool empty() const { return first_ == count_; }
  std::span<const iovec> pieces() const { return {pieces_.data() + first_, count_ - first_}; }
  void sent(std::size_t bytes);

 private:
  std::array<iovec, 4> pieces_{};
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

class Session : public Link {
 public:
  Session(Station& its_station, int socket, std::unique_ptr<Wire> its_wire, const Peer& its_peer);
  ~Session();

  Station& station;
  Service& service;
  Connection connection;
  std::unique_ptr<Wire> wire;
  Peer peer;
  Connection* partner = nullptr;  // an upstream's, while a call goes on: cut with this one
  Input input;
  HeadScanner scanner;
  IdlePlace idle_place{*this};
  Millis head_due{0};                // when the head that has begun must be whole; 0: none has begun
  bool read_waits_to_write = false;  // TLS may have to send before it can receive, and the other way round
  bool write_waits_to_read = false;

  bool may_keep() const { return !service.stopping.load(std::memory_order_relaxed); }
  // Reads what has come. False: the connection is over.
  bool receive(std::size_t most);
  // Until when the other side has to move more, of whom `bytes` have been moved since `begun`: it must not stand still
  // for `timeout`, nor be slower on the whole than the least rate.
  Millis due_at_pace(Millis begun, std::uint64_t bytes, Millis timeout) const;
  // Sends what can be sent now.
  enum class Sent { all, part, none };  // none: the connection is over
  Sent send_now(Output& output);
};

void run_session(std::unique_ptr<Session> session);

// session_io.cpp
// Sends all of it. False: the connection is over.
Task<bool> send_all(Session& session, Output output);
// Waits for more input within `due` and reads it. ready: something came; late; cut: the connection is over.
Task<Woken> receive_more(Session& session, Millis due, std::size_t most);
// The page that says what is wrong; many of them in a short time become plain.
web::Response draw_refusal(Session& session, const web::Request& request, int status);
// Answers with a page that says what is wrong, then ends the connection so that the client can read it.
Task<bool> refuse(Session& session, web::Request request, int status, std::string allow);
// Nothing more will be sent: forgets what still comes, for a while, so that what was sent is not lost.
Task<bool> end_and_linger(Session& session);

// session_exchange.cpp
// From a parsed head to the whole answer. True: another request may follow.
Task<bool> serve_exchange(Session& session, const Head& head, std::size_t head_size);

// access_log.cpp
struct Served {
  std::string_view id, method, route, peer;
  int status = 0;
  std::uint64_t bytes = 0;
  std::chrono::microseconds took{0};
};
// One line of JSON. Holds no text that a client chose: a route's pattern, not its path.
void log_access(Service& service, const Served& served);
// What went wrong, for the operator. `request_id` may be empty.
void log_failure(Service& service, std::string_view event, std::string_view request_id, std::string_view what);

}  // namespace bursary::net
