// One I/O thread: an Asio io_context, the sockets that belong to it, their deadlines, and the answers that come back to
// it from the workers. Everything here but post(), completed() and stop() is for its own thread. No Asio in this
// header.
#pragma once
#include <array>
#include <atomic>
#include <coroutine>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "net/deadlines.h"

namespace bursary::net {

enum class Woken {
  ready,
  late,  // its deadline passed first
  cut,   // the server is being stopped: end at once
};

class Loop {
 public:
  Loop(const Clock& clock, std::size_t number);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void run();                             // until stop(); the caller's thread is the loop's from then on
  void stop();                            // any thread
  void post(std::function<void()> step);  // any thread
  // A coroutine of this loop may go on. Any thread; many completions make one wake-up.
  void completed(std::coroutine_handle<> waiting);
  // Every tick (a tenth of a second).
  void on_tick(std::function<void()> step);

  Millis now() const;  // of the deadlines; not of the clock on the wall
  Deadlines& deadlines();
  std::string_view date() const;  // now as an HTTP date, good for this second
  std::size_t number() const { return number_; }
  // Input of whatever connection is being served: good until the next suspension.
  std::span<char> scratch() { return scratch_; }

 private:
  friend class Connection;
  struct Reactor;
  void tick();
  void resume_completed();

  const Clock& clock_;
  std::size_t number_;
  std::unique_ptr<Reactor> reactor_;
  std::array<char, 64UL * 1024> scratch_{};
};

// A socket of the loop's, and the one thing it waits for.
class Connection final : private Deadline {
 public:
  // Takes the socket over.
  Connection(Loop& loop, int socket);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // co_await: until the socket can be read (written), or `due` passes, or cut() is called.
  struct Wait {
    Connection& connection;
    bool to_write;
    Millis due;
    bool await_ready() const noexcept { return connection.cut_; }
    void await_suspend(std::coroutine_handle<> waiting);
    Woken await_resume() const noexcept {
      return connection.cut_ ? Woken::cut : connection.late_ ? Woken::late : Woken::ready;
    }
  };
  Wait readable(Millis due) { return {*this, false, due}; }
  Wait writable(Millis due) { return {*this, true, due}; }

  // Wakes whoever waits, now and from now on.
  void cut();
  // What was sent may be lost: the other side sees an error and not an end.
  void reset_on_close();
  int socket() const;
  Loop& loop() { return loop_; }

 private:
  void passed() override;

  struct Socket;
  Loop& loop_;
  std::unique_ptr<Socket> socket_;
  bool late_ = false;
  bool cut_ = false;
};

}  // namespace bursary::net
