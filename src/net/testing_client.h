// For tests: a folder that goes away, and a client that says exactly what it is told to say.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace bursary::net::testing {

inline constexpr std::chrono::seconds kPatience{10};

// A folder that is gone when the test is.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "bursary-net-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Answer {
  int status = 0;
  std::string head;  // with its status line and empty line
  std::string body;
  bool whole = false;

  std::string header(std::string_view name) const {
    for (std::size_t at = head.find("\r\n"); at != std::string::npos && at + 2 < head.size();) {
      const auto end = head.find("\r\n", at + 2);
      const auto line = std::string_view(head).substr(at + 2, end - at - 2);
      const auto colon = line.find(':');
      if (colon != std::string_view::npos && equal_ignoring_case_ascii(line.substr(0, colon), name))
        return std::string(trim(line.substr(colon + 1)));
      at = end;
    }
    return {};
  }
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const void* address = &to;
    connected_ = ::connect(socket_, static_cast<const sockaddr*>(address), sizeof to) == 0;
  }
  ~Client() { close(); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  int socket() const { return socket_; }
  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  bool say(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // More of what the server says; false at its end or when patience ends.
  bool hear(std::chrono::milliseconds patience = kPatience) {
    pollfd wait{socket_, POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(patience.count())) <= 0) return false;
    std::array<char, 65536> piece;
    const auto got = ::recv(socket_, piece.data(), piece.size(), 0);
    reset_ = got < 0;
    ended_ = got <= 0;
    if (got > 0) heard_.append(piece.data(), static_cast<std::size_t>(got));
    return got > 0;
  }
  // Everything until the connection's end.
  std::string hear_all() {
    while (hear()) {
    }
    return std::exchange(heard_, {});
  }
  // The next answer; `bodiless` for HEAD.
  Answer answer(bool bodiless = false) {
    Answer next;
    std::size_t end = std::string::npos;
    while ((end = heard_.find("\r\n\r\n")) == std::string::npos)
      if (!hear()) return next;
    next.head = heard_.substr(0, end + 4);
    heard_.erase(0, end + 4);
    next.status = std::atoi(next.head.c_str() + 9);
    next.whole = bodiless || next.status == 304 || next.status == 204 || next.status == 100 || read_body(next);
    return next;
  }
  Answer ask(std::string_view bytes, bool bodiless = false) {
    say(bytes);
    return answer(bodiless);
  }
  bool ended() const { return ended_; }
  bool was_reset() const { return reset_; }
  // Whether the server ends the connection within the time, saying nothing more.
  bool ends_within(std::chrono::milliseconds time) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!ended_ && std::chrono::steady_clock::now() < until)
      if (!hear(std::chrono::milliseconds{50}) && ended_) break;
    return ended_;
  }

 private:
  bool need(std::size_t size) {
    while (heard_.size() < size)
      if (!hear()) return false;
    return true;
  }
  bool read_body(Answer& next) {
    if (next.header("Transfer-Encoding") == "chunked") return read_chunks(next);
    const auto length = next.header("Content-Length");
    if (length.empty()) {
      next.body = hear_all();
      return !reset_;
    }
    const std::size_t size = std::stoul(length);
    const bool all = need(size);
    next.body = heard_.substr(0, size);
    heard_.erase(0, size);
    return all;
  }
  bool read_chunks(Answer& next) {
    for (;;) {
      std::size_t line = std::string::npos;
      while ((line = heard_.find("\r\n")) == std::string::npos)
        if (!hear()) return false;
      const std::size_t size = std::stoul(heard_.substr(0, line), nullptr, 16);
      if (!need(line + 2 + size + 2)) return false;
      next.body += heard_.substr(line + 2, size);
      heard_.erase(0, line + 2 + size + 2);
      if (size == 0) return true;
    }
  }

  int socket_;
  bool connected_ = false;
  bool ended_ = false;
  bool reset_ = false;
  std::string heard_;
};

}  // namespace bursary::net::testing
