#if defined(__SANITIZE_THREAD__)
#pragma GCC diagnostic ignored "-Wtsan"  // Asio's fences, which the sanitizer does not follow; its locks it does
#endif
#include "net/loop.h"

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <vector>

namespace bursary::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
using TcpSocket = asio::basic_stream_socket<asio::ip::tcp, Executor>;

Millis steady_now() { return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch()); }

}  // namespace

struct Loop::Reactor {
  // The sockets are touched by the loop's thread alone, so their locks can go; posting stays safe from any thread.
  asio::io_context context{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  asio::executor_work_guard<Executor> stay{context.get_executor()};
  Timer timer{context.get_executor()};
  Deadlines deadlines{steady_now()};
  std::function<void()> on_tick = [] {};
  std::string date;
  std::int64_t date_second = 0;

  std::mutex mutex;  // of `done`
  std::vector<std::coroutine_handle<>> done;
  std::vector<std::coroutine_handle<>> resuming;
};

Loop::Loop(const Clock& clock, std::size_t number)
    : clock_(clock), number_(number), reactor_(std::make_unique<Reactor>()) {
  reactor_->date = to_http_date(clock_.now());
}
Loop::~Loop() = default;

void Loop::run() {
  tick();
  reactor_->context.run();
}

void Loop::stop() { reactor_->context.stop(); }

void Loop::post(std::function<void()> step) { asio::post(reactor_->context.get_executor(), std::move(step)); }

void Loop::on_tick(std::function<void()> step) { reactor_->on_tick = std::move(step); }

void Loop::completed(std::coroutine_handle<> waiting) {
  bool first = false;
  {
    const std::lock_guard lock(reactor_->mutex);
    first = reactor_->done.empty();
    reactor_->done.push_back(waiting);
  }
  if (first) asio::post(reactor_->context.get_executor(), [this] { resume_completed(); });
}

void Loop::resume_completed() {
  auto& resuming = reactor_->resuming;
  {
    const std::lock_guard lock(reactor_->mutex);
    resuming.swap(reactor_->done);
  }
  for (const auto waiting : resuming) waiting.resume();
  resuming.clear();
}

void Loop::tick() {
  const auto second = clock_.now().micros / 1'000'000;
  if (second != reactor_->date_second) {
    reactor_->date_second = second;
    reactor_->date = to_http_date(Instant{second * 1'000'000});
  }
  reactor_->deadlines.advance(steady_now());
  reactor_->on_tick();
  reactor_->timer.expires_after(reactor_->deadlines.tick());
  reactor_->timer.async_wait([this](error_code failure) {
    if (!failure) tick();
  });
}

Millis Loop::now() const { return steady_now(); }
Deadlines& Loop::deadlines() { return reactor_->deadlines; }
std::string_view Loop::date() const { return reactor_->date; }

struct Connection::Socket {
  TcpSocket socket;
};

Connection::Connection(Loop& loop, int socket)
    : loop_(loop), socket_(std::make_unique<Socket>(Socket{TcpSocket(loop.reactor_->context.get_executor())})) {
  error_code failure;
  socket_->socket.assign(asio::ip::tcp::v4(), socket, failure);  // the family matters to Asio for naming alone
  if (failure) ::close(socket);                                  // then every wait ends at once and every read says so
}

Connection::~Connection() {
  error_code failure;
  socket_->socket.close(failure);  // Asio's own destructor would take reset_on_close() back
}

void Connection::Wait::await_suspend(std::coroutine_handle<> waiting) {
  connection.late_ = false;
  connection.loop_.deadlines().set(connection, due);
  const auto go_on = [woken = &connection, waiting](error_code) {
    Deadlines::clear(*woken);
    waiting.resume();
  };
  auto& socket = connection.socket_->socket;
  if (to_write) {
    socket.async_wait(TcpSocket::wait_write, go_on);
  } else {
    socket.async_wait(TcpSocket::wait_read, go_on);
  }
}

void Connection::passed() {
  late_ = true;
  error_code failure;
  socket_->socket.cancel(failure);
}

void Connection::cut() {
  cut_ = true;
  error_code failure;
  socket_->socket.cancel(failure);
}

void Connection::reset_on_close() {
  error_code failure;
  socket_->socket.set_option(asio::socket_base::linger(true, 0), failure);
}

int Connection::socket() const { return socket_->socket.native_handle(); }

}  // namespace bursary::net
