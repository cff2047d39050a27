// A closed-loop HTTP/1.1 load generator on loopback: N keep-alive connections in one epoll loop, each sending its next
// request when the answer to the last is whole. Prints one JSON object. With --journal each acknowledged submission is
// written as "number<TAB>location" after its answer was read, which is what tests/crash counts.
#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

using Time = std::chrono::steady_clock::time_point;
Time now() { return std::chrono::steady_clock::now(); }

struct Options {
  int port = 0;
  int connections = 64;
  double seconds = 5, warm_up = 1;
  std::int64_t most = 0;  // stop after so many requests; 0: by time alone
  std::string path = "/apply", body_file, journal, cookie, encoding = "gzip";
  std::uint64_t first = 0;     // number of the first submission: numbers make bodies differ
  bool stop_on_error = false;  // the server is being killed: end at the first broken connection
};

// What the page says now: the value of its input `name` ("{value:accept_policy}" in a body).
std::string page_value(const std::string& page, const std::string& name) {
  const auto at = page.find("name=\"" + name + "\"");
  const auto from = page.find("value=\"", at) + 7;
  return at == std::string::npos ? "" : page.substr(from, page.find('"', from) - from);
}

std::string fetch_page(const Options& options);

// "{n}" in a body becomes the request's number.
class Requests {
 public:
  explicit Requests(const Options& options) : options_(options), number_(options.first) {
    if (!options.body_file.empty()) {
      std::ifstream in(options.body_file);
      body_.assign(std::istreambuf_iterator<char>(in), {});
      while (!body_.empty() && body_.back() == '\n') body_.pop_back();
      fill_values();
    }
  }
  std::string next() {
    const std::string common =
        fmt::format("Host: localhost:{}\r\nAccept-Encoding: {}\r\n{}", options_.port, options_.encoding,
                    options_.cookie.empty() ? "" : "Cookie: " + options_.cookie + "\r\n");
    if (body_.empty()) return fmt::format("GET {} HTTP/1.1\r\n{}\r\n", options_.path, common);
    std::string body;
    const std::string number = std::to_string(number_++);
    for (std::size_t at = 0;;) {
      const auto mark = body_.find("{n}", at);
      body.append(body_, at, mark == std::string::npos ? mark : mark - at);
      if (mark == std::string::npos) break;
      body += number;
      at = mark + 3;
    }
    return fmt::format(
        "POST {} HTTP/1.1\r\n{}Origin: http://localhost:{}\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
        options_.path, common, options_.port, body.size(), body);
  }
  std::uint64_t last() const { return number_ - 1; }
  bool posts() const { return !body_.empty(); }

 private:
  void fill_values() {
    static constexpr std::string_view kMark = "{value:";
    std::string page;
    for (auto at = body_.find(kMark); at != std::string::npos; at = body_.find(kMark, at)) {
      if (page.empty()) page = fetch_page(options_);
      const auto end = body_.find('}', at);
      body_.replace(at, end + 1 - at, page_value(page, body_.substr(at + kMark.size(), end - at - kMark.size())));
    }
  }

  const Options& options_;
  std::uint64_t number_;
  std::string body_;
};

struct Connection {
  int socket = -1;
  std::string out, in;
  std::size_t sent = 0;
  std::uint64_t number = 0;
  Time began;
};

struct Totals {
  std::vector<std::uint32_t> micros;
  std::uint64_t good = 0, bad = 0, broken = 0, bytes = 0;
  std::string first_bad;
};

int connect_to(int port) {
  const int s = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(s, static_cast<sockaddr*>(static_cast<void*>(&address)), sizeof address) != 0) {
    ::close(s);
    return -1;
  }
  const int on = 1;
  ::setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::fcntl(s, F_SETFL, O_NONBLOCK);
  return s;
}

std::string fetch_page(const Options& options) {
  const int s = connect_to(options.port);
  ::fcntl(s, F_SETFL, 0);
  const std::string request =
      fmt::format("GET {} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", options.path, options.port);
  std::string page;
  if (::send(s, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
    char block[65536];
    for (ssize_t n = 0; (n = ::recv(s, block, sizeof block, 0)) > 0;) page.append(block, static_cast<std::size_t>(n));
  }
  ::close(s);
  return page;
}

// Length of a whole answer at the start of `in`, or 0.
std::size_t answer_length(const std::string& in) {
  const auto end = in.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  const auto at = in.find("Content-Length: ");
  const std::size_t body = at < end ? std::strtoull(in.c_str() + at + 16, nullptr, 10) : 0;
  return in.size() >= end + 4 + body ? end + 4 + body : 0;
}

class Load {
 public:
  explicit Load(const Options& options) : options_(options), requests_(options) {
    if (!options.journal.empty()) journal_ = std::fopen(options.journal.c_str(), "a");
  }
  ~Load() {
    if (journal_ != nullptr) std::fclose(journal_);
    for (auto& c : connections_) {
      if (c.socket >= 0) ::close(c.socket);
    }
  }

  int run() {
    epoll_ = ::epoll_create1(0);
    connections_.resize(static_cast<std::size_t>(options_.connections));
    for (auto& c : connections_) {
      if (!open(c)) return 1;
    }
    start_ = now();
    measured_from_ = start_ + std::chrono::microseconds(static_cast<std::int64_t>(options_.warm_up * 1e6));
    end_ = measured_from_ + std::chrono::microseconds(static_cast<std::int64_t>(options_.seconds * 1e6));
    for (auto& c : connections_) send_next(c);
    epoll_event events[256];
    while (!stop_ && now() < end_) {
      const int count = ::epoll_wait(epoll_, events, 256, 100);
      for (int i = 0; i < count && !stop_; ++i) handle(connections_[events[i].data.u64], events[i].events);
    }
    report();
    return 0;
  }

 private:
  bool open(Connection& c) {
    c.socket = connect_to(options_.port);
    if (c.socket < 0) return false;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = static_cast<std::uint64_t>(&c - connections_.data());
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, c.socket, &event);
    c.in.clear();
    return true;
  }
  void send_next(Connection& c) {
    if (options_.most > 0 && started_ >= options_.most) return;
    ++started_;
    c.out = requests_.next();
    c.number = requests_.last();
    c.sent = 0;
    c.began = now();
    push(c);
  }
  void push(Connection& c) {
    while (c.sent < c.out.size()) {
      const auto n = ::send(c.socket, c.out.data() + c.sent, c.out.size() - c.sent, MSG_NOSIGNAL);
      if (n <= 0) {
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
          watch(c, EPOLLIN | EPOLLOUT);
          return;
        }
        return broken(c);
      }
      c.sent += static_cast<std::size_t>(n);
    }
  }
  void watch(Connection& c, std::uint32_t what) {
    epoll_event event{};
    event.events = what;
    event.data.u64 = static_cast<std::uint64_t>(&c - connections_.data());
    ::epoll_ctl(epoll_, EPOLL_CTL_MOD, c.socket, &event);
  }
  void broken(Connection& c) {
    ++totals_.broken;
    ::close(c.socket);
    c.socket = -1;
    if (options_.stop_on_error || !open(c)) {
      stop_ = true;
      return;
    }
    send_next(c);
  }
  void handle(Connection& c, std::uint32_t what) {
    if (c.socket < 0) return;
    if ((what & EPOLLOUT) != 0) {
      watch(c, EPOLLIN);
      push(c);
    }
    if ((what & (EPOLLIN | EPOLLHUP | EPOLLERR)) == 0) return;
    char block[65536];
    for (;;) {
      const auto n = ::recv(c.socket, block, sizeof block, 0);
      if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
      if (n <= 0) return broken(c);
      c.in.append(block, static_cast<std::size_t>(n));
      if (static_cast<std::size_t>(n) < sizeof block) break;
    }
    if (const std::size_t length = answer_length(c.in)) {
      answered(c, length);
      c.in.erase(0, length);
      send_next(c);
      if (options_.most > 0 && finished_ >= options_.most) stop_ = true;
    }
  }
  void answered(Connection& c, std::size_t length) {
    ++finished_;
    const Time at = now();
    const int status = std::atoi(c.in.c_str() + 9);
    const bool good = requests_.posts() ? status == 303 : status == 200;
    if (good && journal_ != nullptr) {
      const auto from = c.in.find("Location: ");
      const auto to = c.in.find("\r\n", from);
      fmt::print(journal_, "{}\t{}\n", c.number, c.in.substr(from + 10, to - from - 10));
      std::fflush(journal_);
    }
    if (at < measured_from_) return;
    good ? ++totals_.good : ++totals_.bad;
    if (!good && totals_.first_bad.empty()) totals_.first_bad = c.in.substr(0, 200);
    totals_.bytes += length;
    totals_.micros.push_back(
        static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(at - c.began).count()));
  }
  void report() {
    const double took = std::chrono::duration<double>(std::min(now(), end_) - measured_from_).count();
    auto& m = totals_.micros;
    std::sort(m.begin(), m.end());
    const auto at = [&](double q) {
      return m.empty() ? 0 : m[std::min(m.size() - 1, static_cast<std::size_t>(q * static_cast<double>(m.size())))];
    };
    if (!totals_.first_bad.empty()) fmt::print(stderr, "first bad answer: {}\n", totals_.first_bad);
    fmt::print(
        "{{\"rate\":{:.1f},\"good\":{},\"bad\":{},\"broken\":{},\"bytes\":{},\"p50_us\":{},\"p90_us\":{},\"p99_us\":{},"
        "\"max_us\":{}}}\n",
        static_cast<double>(totals_.good) / std::max(took, 1e-9), totals_.good, totals_.bad, totals_.broken,
        totals_.bytes, at(0.5), at(0.9), at(0.99), m.empty() ? 0 : m.back());
  }

  const Options& options_;
  Requests requests_;
  std::vector<Connection> connections_;
  Totals totals_;
  std::FILE* journal_ = nullptr;
  int epoll_ = -1;
  Time start_, measured_from_, end_;
  std::int64_t started_ = 0, finished_ = 0;
  bool stop_ = false;
};

}  // namespace

int main(int count, char** words) {
  Options options;
  CLI::App app("Closed-loop HTTP load on loopback");
  app.add_option("--port", options.port)->required();
  app.add_option("--connections", options.connections);
  app.add_option("--seconds", options.seconds);
  app.add_option("--warm-up", options.warm_up);
  app.add_option("--most", options.most);
  app.add_option("--path", options.path);
  app.add_option("--body", options.body_file, "File with an urlencoded body; {n} becomes the request's number");
  app.add_option("--journal", options.journal);
  app.add_option("--cookie", options.cookie);
  app.add_option("--encoding", options.encoding);
  app.add_option("--first", options.first);
  app.add_flag("--stop-on-error", options.stop_on_error);
  CLI11_PARSE(app, count, words);
  return Load(options).run();
}
