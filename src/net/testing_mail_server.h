// For tests: a mail server that says what it is told to say.
#pragma once
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "net/testing_tls.h"

namespace bursary::net::testing {

// What the other side says, by the command it answers; "" cuts the connection instead.
using Script = std::map<std::string, std::string>;

// One mail server for one conversation. "greeting", "EHLO", …, "TEXT" (after the final dot).
class FakeMailServer {
 public:
  explicit FakeMailServer(Script script, std::string certificate = {}, std::string key = {}, bool tls_at_once = false)
      : script_(std::move(script)),
        certificate_(std::move(certificate)),
        key_(std::move(key)),
        tls_at_once_(tls_at_once) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const void* address = &at;
    socklen_t size = sizeof at;
    void* bound = &at;
    if (::bind(listening_, static_cast<const sockaddr*>(address), size) != 0 || ::listen(listening_, 4) != 0 ||
        ::getsockname(listening_, static_cast<sockaddr*>(bound), &size) != 0)
      throw std::runtime_error("no mail server");
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this] { talk(); });
  }
  ~FakeMailServer() { finish(); }
  std::string url(const std::string& scheme = "smtp") const { return scheme + "://localhost:" + std::to_string(port_); }
  // Waits for the conversation's end.
  void finish() {
    if (!thread_.joinable()) return;
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
  }
  std::vector<std::string> commands;
  std::string text;  // with its dots as they were sent
  bool was_secure = false;
  std::string secret;  // as it came after AUTH

 private:
  void talk() {
    socket_ = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket_ < 0) return;
    if ((!tls_at_once_ || begin_tls()) && say("greeting", "220 ready")) converse();
    if (tls_) SSL_shutdown(tls_.get());
    tls_.reset();
    ::close(socket_);
  }
  void converse() {
    std::string line;
    while (read_line(line)) {
      commands.push_back(line);
      const auto verb = line.substr(0, line.find(' '));
      static const Script usually = {
          {"DATA", "354 go on"}, {"QUIT", "221 bye"}, {"STARTTLS", "220 begin"}, {"AUTH", "334 "}};
      const auto usual = usually.find(verb);
      if (!say(verb, usual == usually.end() ? "250 fine" : usual->second)) return;
      if (verb == "AUTH" && (!read_line(secret) || !say("SECRET", "235 welcome"))) return;
      if (verb == "STARTTLS" && !begin_tls()) return;
      if (verb == "QUIT") return;
      if (verb == "DATA" && script_["DATA"].substr(0, 1) != "5") {
        while (read_line(line) && line != ".") text += line + "\r\n";
        if (!say("TEXT", "250 taken")) return;
      }
    }
  }
  bool say(const std::string& what, const std::string& otherwise) {
    const auto found = script_.find(what);
    const std::string words = found == script_.end() ? otherwise : found->second;
    return !words.empty() && put(words + "\r\n");
  }
  bool put(const std::string& bytes) {
    const auto size = static_cast<int>(bytes.size());
    return (tls_ ? SSL_write(tls_.get(), bytes.data(), size)
                 : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL)) == size;
  }
  bool read_line(std::string& line) {
    line.clear();
    for (char c = 0; c != '\n';) {
      if ((tls_ ? SSL_read(tls_.get(), &c, 1) : static_cast<int>(::recv(socket_, &c, 1, 0))) != 1) return false;
      line.push_back(c);
    }
    line.erase(line.find_last_not_of("\r\n") + 1);
    return true;
  }
  bool begin_tls() {
    context_.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate_file(context_.get(), certificate_.c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(context_.get(), key_.c_str(), SSL_FILETYPE_PEM);
    tls_.reset(SSL_new(context_.get()));
    SSL_set_fd(tls_.get(), socket_);
    was_secure = SSL_accept(tls_.get()) == 1;
    return was_secure;
  }

  Script script_;
  std::string certificate_, key_;
  bool tls_at_once_;
  int listening_ = -1, socket_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
  TlsPtr<SSL_CTX> context_;
  TlsPtr<SSL> tls_;
};

}  // namespace bursary::net::testing
