#include "net/wire.h"

#include <sys/socket.h>

#include <cerrno>

namespace bursary::net {
namespace {

class PlainWire final : public Wire {
 public:
  explicit PlainWire(int socket) : socket_(socket) {}

  Moved greet() override { return {}; }

  Moved read(std::span<char> into) override {
    for (;;) {
      const auto got = ::recv(socket_, into.data(), into.size(), MSG_DONTWAIT);
      if (got > 0) return {Moved::State::moved, static_cast<std::size_t>(got)};
      if (got < 0 && errno == EINTR) continue;
      const bool later = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
      return {later ? Moved::State::wait_to_read : Moved::State::closed, 0};
    }
  }

  Moved write(std::span<const iovec> pieces) override {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(pieces.data());  // sendmsg() does not write through it
    message.msg_iovlen = pieces.size();
    for (;;) {
      const auto sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent >= 0) return {Moved::State::moved, static_cast<std::size_t>(sent)};
      if (errno == EINTR) continue;
      const bool later = errno == EAGAIN || errno == EWOULDBLOCK;
      return {later ? Moved::State::wait_to_write : Moved::State::closed, 0};
    }
  }

  bool holds_more() const override { return false; }
  void end() override { ::shutdown(socket_, SHUT_WR); }
  bool secure() const override { return false; }

 private:
  int socket_;
};

}  // namespace

std::unique_ptr<Wire> plain_wire(int socket) { return std::make_unique<PlainWire>(socket); }

}  // namespace bursary::net
