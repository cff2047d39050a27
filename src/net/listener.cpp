#include "net/listener.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "net/admission.h"
#include "net/task.h"

namespace bursary::net {
namespace {

constexpr int kBacklog = 4096;            // the kernel's own limit (somaxconn) may be lower
constexpr int kAcceptAtOnce = 64;         // before other work of the loop has its turn
constexpr std::size_t kOtherFiles = 512;  // databases, spooled bodies, logs
constexpr int kUnsent = 128 * 1024;       // what the kernel holds back of an answer: its progress is then the client's
constexpr std::chrono::hours kLongTime{1};
constexpr Millis kWithoutFiles{100};

union AnyAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

std::pair<AnyAddress, socklen_t> socket_address(const Address& address, std::uint16_t port) {
  AnyAddress made{};
  if (address.is_v4()) {
    made.v4.sin_family = AF_INET;
    made.v4.sin_port = htons(port);
    std::memcpy(&made.v4.sin_addr, address.bytes.data() + 12, 4);
    return {made, sizeof made.v4};
  }
  made.v6.sin6_family = AF_INET6;
  made.v6.sin6_port = htons(port);
  std::memcpy(&made.v6.sin6_addr, address.bytes.data(), 16);
  return {made, sizeof made.v6};
}

Address address_of(const AnyAddress& peer) {
  Address address;
  if (peer.any.sa_family == AF_INET6) {
    std::memcpy(address.bytes.data(), &peer.v6.sin6_addr, 16);
  } else {
    address.bytes[10] = address.bytes[11] = 0xFF;
    std::memcpy(address.bytes.data() + 12, &peer.v4.sin_addr, 4);
  }
  return address;
}

void set_option(int socket, int level, int option, int value = 1) {
  ::setsockopt(socket, level, option, &value, sizeof value);
}

bool out_of_files(int failure) {
  return failure == EMFILE || failure == ENFILE || failure == ENOBUFS || failure == ENOMEM;
}

tl::unexpected<Error> no_listener(const std::string& what) {
  return fail(ErrorKind::unavailable, "problem.unavailable", what + ": " + std::generic_category().message(errno));
}

Result<int> listen_on(const Address& address, const ServerOptions& options) {
  const std::string name = options.address + " port " + std::to_string(options.port);
  const int socket = ::socket(address.is_v4() ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return no_listener("cannot make a socket for " + name);
  set_option(socket, SOL_SOCKET, SO_REUSEADDR);
  if (options.share_port) set_option(socket, SOL_SOCKET, SO_REUSEPORT);
  const auto [bound, size] = socket_address(address, options.port);
  if (::bind(socket, &bound.any, size) != 0 || ::listen(socket, kBacklog) != 0) {
    auto refused = no_listener("cannot listen on " + name);
    ::close(socket);
    return refused;
  }
  return socket;
}

}  // namespace

Result<int> open_listener(const ServerOptions& options) {
  if (options.inherited_socket >= 0) {
    const int flags = ::fcntl(options.inherited_socket, F_GETFL);
    if (flags < 0 || ::fcntl(options.inherited_socket, F_SETFL, flags | O_NONBLOCK) != 0)
      return no_listener("cannot use the socket that was handed over");
    return options.inherited_socket;
  }
  const auto address = parse_address(options.address);
  if (!address)
    return fail(ErrorKind::invalid, "problem.unavailable", "\"" + options.address + "\" is no address of an interface");
  return listen_on(*address, options);
}

std::uint16_t port_of(int socket) {
  AnyAddress bound{};
  socklen_t size = sizeof bound;
  if (::getsockname(socket, &bound.any, &size) != 0) return 0;
  return ntohs(bound.any.sa_family == AF_INET6 ? bound.v6.sin6_port : bound.v4.sin_port);
}

std::size_t make_room_for(std::size_t connections) {
  const rlim_t wanted = connections + Admission::slack(connections) + kOtherFiles;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return connections;
  if (limit.rlim_cur >= wanted) return connections;
  rlimit raised{wanted, std::max(limit.rlim_max, wanted)};
  if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) return connections;
  raised = {std::min(limit.rlim_max, wanted), limit.rlim_max};
  if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  const rlim_t have = std::min<rlim_t>(limit.rlim_cur, wanted);
  const rlim_t left = have > kOtherFiles + 32 ? have - kOtherFiles - 16 : 16;
  return static_cast<std::size_t>(left * 16 / 17);
}

struct Accepting {
  static void take(Listener& listener, int socket, const AnyAddress& from) {
    set_option(socket, IPPROTO_TCP, TCP_NODELAY);
    set_option(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, kUnsent);
    listener.accepted_(socket, address_of(from));
  }

  // Accepts what is there, but not endlessly. False: there are no files left.
  static bool accept_some(Listener& listener) {
    for (int i = 0; i < kAcceptAtOnce; ++i) {
      AnyAddress from{};
      socklen_t size = sizeof from;
      const int socket = ::accept4(listener.socket_->socket(), &from.any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (socket >= 0) {
        take(listener, socket, from);
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        return true;
      } else if (out_of_files(errno)) {
        listener.no_files_();
        return false;
      }
    }
    return true;
  }

  static Detached run(Listener& listener, std::function<void()> ended) {
    for (;;) {
      auto wait = listener.socket_->readable(listener.loop_.now() + kLongTime);
      const Woken woken = co_await wait;
      if (woken == Woken::cut) break;
      if (accept_some(listener)) continue;
      // A listening socket is never writable: this waits for the time alone.
      auto pause = listener.socket_->writable(listener.loop_.now() + kWithoutFiles);
      const Woken paused = co_await pause;
      if (paused == Woken::cut) break;
    }
    listener.socket_.reset();
    ended();
  }
};

Listener::Listener(Loop& loop, int socket, Accepted accepted, std::function<void()> no_files)
    : loop_(loop),
      socket_(std::make_unique<Connection>(loop, socket)),
      accepted_(std::move(accepted)),
      no_files_(std::move(no_files)) {}

void Listener::start(std::function<void()> ended) { Accepting::run(*this, std::move(ended)); }

void Listener::stop() {
  if (socket_) socket_->cut();
}

}  // namespace bursary::net
