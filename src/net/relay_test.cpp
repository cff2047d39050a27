#include "net/relay.h"

#include <doctest/doctest.h>

#include <deque>
#include <thread>
#include <vector>

#include "net/testing.h"
#include "net/upstream.h"

using namespace bursary;
using namespace bursary::net;
using namespace bursary::net::testing;
using namespace std::chrono_literals;

namespace {

// Somebody else's server: says to each request what its script says, on one connection after another.
class Scripted {
 public:
  using Script = std::function<void(int socket, const std::string& request)>;

  explicit Scripted(Script script)
      : script_(std::move(script)), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    void* const place = &address;
    socklen_t size = sizeof address;
    REQUIRE(::bind(socket_, static_cast<sockaddr*>(place), size) == 0);
    REQUIRE(::listen(socket_, 16) == 0);
    REQUIRE(::getsockname(socket_, static_cast<sockaddr*>(place), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Scripted() {
    stopping_ = true;
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  Scripted(const Scripted&) = delete;
  Scripted& operator=(const Scripted&) = delete;

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }
  int connections() const { return connections_; }
  int requests() const { return requests_; }

  static void say(int socket, std::string_view text) {
    while (!text.empty()) {
      const auto sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

 private:
  void serve() {
    std::vector<std::thread> open;
    while (!stopping_) {
      const int socket = ::accept(socket_, nullptr, nullptr);
      if (socket < 0) break;
      ++connections_;
      open.emplace_back([this, socket] {
        std::string request;
        while (read_request(socket, request)) {
          ++requests_;
          script_(socket, request);
        }
        ::close(socket);
      });
    }
    for (std::thread& one : open) one.join();
  }
  // One with a body of a told length.
  bool read_request(int socket, std::string& request) const {
    request.clear();
    std::array<char, 4096> some{};
    for (;;) {
      const auto end = request.find("\r\n\r\n");
      if (end != std::string::npos) {
        const auto at = request.find("Content-Length: ");
        const std::size_t length = at == std::string::npos ? 0 : std::stoul(request.substr(at + 16));
        if (request.size() >= end + 4 + length) return true;
      }
      pollfd wait{socket, POLLIN, 0};
      while (!stopping_ && ::poll(&wait, 1, 50) == 0) {
      }
      if (stopping_) return false;
      const auto got = ::recv(socket, some.data(), some.size(), 0);
      if (got <= 0) return false;
      request.append(some.data(), static_cast<std::size_t>(got));
    }
  }

  Script script_;
  int socket_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> connections_ = 0, requests_ = 0;
  std::thread thread_;
};

// What a relay was told, and what it is to do.
struct Told {
  std::mutex mutex;
  std::condition_variable changed;
  std::string bytes;
  std::deque<web::RelayEnd> ends;
  std::atomic<bool> wanted = true;
  bool take_head = true, unchanged = true;

  web::RelayEnd end() {
    std::unique_lock lock(mutex);
    REQUIRE(changed.wait_for(lock, kPatience, [&] { return !ends.empty(); }));
    const web::RelayEnd first = ends.front();
    ends.pop_front();
    return first;
  }
};

class Recorded final : public web::Relay {
 public:
  Recorded(Told& told, std::string body) : told_(told), body_(std::move(body)) {}
  web::UpstreamRequest take_request() override { return {"there", "/chat", {{"X-Mine", "1"}}, std::move(body_)}; }
  std::optional<web::RelayHead> on_head(int status, const web::Headers& headers) override {
    if (!told_.take_head) return std::nullopt;
    web::RelayHead head{status, {}, told_.unchanged};
    head.headers.add("Content-Type", std::string(headers.find("Content-Type").value_or("text/plain")));
    return head;
  }
  void on_bytes(std::string_view bytes, std::string& out) override {
    const std::lock_guard lock(told_.mutex);
    told_.bytes += bytes;
    out += bytes;
    told_.changed.notify_all();
  }
  void on_end(web::RelayEnd end, std::string& out) override {
    const std::lock_guard lock(told_.mutex);
    told_.ends.push_back(end);
    if (!told_.unchanged) out += "the end";
    told_.changed.notify_all();
  }
  web::Response refusal() override { return web::plain_text("not today", 502); }
  bool wanted() const override { return told_.wanted; }

 private:
  Told& told_;
  std::string body_;
};

struct Front {
  explicit Front(const std::string& address, const std::function<void(UpstreamOptions&)>& change = {}) {
    UpstreamOptions options;
    options.name = "there";
    options.address = address;
    options.key = "the key";
    options.between = options.first = 800ms;
    options.finish = 3s;
    if (change) change(options);
    auto opened = Upstreams::open({options});
    REQUIRE(opened);
    upstreams = std::move(*opened);
    const auto pass_on = [this](const web::Request& request, const web::Context&) {
      web::Response response;
      response.body = std::shared_ptr<web::Relay>(std::make_shared<Recorded>(told, std::string(request.body_bytes())));
      return response;
    };
    router.add({web::Method::post, "/call", web::Permission::anyone, pass_on, 1'000'000, web::BodyKind::json,
                std::nullopt, web::Token::none});
    pipeline = std::make_unique<web::Pipeline>(
        web::PipelineParts{router, clock, sessions, [this] { return phrasebooks; }, {}, "secret of the forms"});
    ServerOptions server_options = Site::quick_options();
    server_options.spool_folder = spool.path().string();
    server_options.upstreams = upstreams.get();
    server = std::make_unique<Server>(server_options, *pipeline, pages, clock, random, log, figures);
    REQUIRE(server->start());
  }
  static std::string call(std::string_view body = "{}") {
    return "POST /call HTTP/1.1\r\nHost: site.example\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
  }

  SystemClock clock;
  SystemRandom random;
  NoSessions sessions;
  web::Router router;
  std::shared_ptr<const html::Phrasebooks> phrasebooks = html::Phrasebooks::build({"en"}, {});
  web::PageStore pages{""};
  spdlog::logger log{"test", std::make_shared<spdlog::sinks::null_sink_mt>()};
  Figures figures;
  TemporaryFolder spool;
  Told told;
  std::unique_ptr<Upstreams> upstreams;
  std::unique_ptr<web::Pipeline> pipeline;
  std::unique_ptr<Server> server;
};

constexpr std::string_view kWhole =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}";
constexpr std::string_view kStream =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

}  // namespace

TEST_CASE("relay: a whole answer passes with its length, and both connections serve again") {
  std::string seen;
  Scripted there([&](int socket, const std::string& request) {
    seen = request;
    Scripted::say(socket, kWhole);
  });
  Front front(there.address());
  Client client(front.server->port());
  for (int i = 0; i < 3; ++i) {
    const Answer answer = client.ask(Front::call("{\"n\":5}"));
    CHECK(answer.status == 200);
    CHECK(answer.body == "{\"a\":1}");
    CHECK(answer.header("Content-Length") == "7");
    CHECK(answer.header("X-Content-Type-Options") == "nosniff");
    CHECK(front.told.end() == web::RelayEnd::whole);
  }
  CHECK(there.connections() == 1);
  CHECK(seen.starts_with("POST /v1/chat HTTP/1.1\r\n"));
  CHECK(seen.find("Authorization: Bearer the key\r\n") != std::string::npos);
  CHECK(seen.find("X-Mine: 1\r\n") != std::string::npos);
  CHECK(seen.ends_with("\r\n\r\n{\"n\":5}"));
}

TEST_CASE("relay: each event of a stream passes as it comes") {
  Gate gate;
  Scripted there([&](int socket, const std::string&) {
    Scripted::say(socket, std::string(kStream) + "9\r\ndata: 1\n\n\r\n");
    gate.pass();
    Scripted::say(socket, "9\r\ndata: 2\n\n\r\n0\r\n\r\n");
  });
  Front front(there.address());
  Client client(front.server->port());
  client.say(Front::call());
  REQUIRE(gate.wait_for(1));
  {
    std::unique_lock lock(front.told.mutex);
    CHECK(front.told.changed.wait_for(lock, kPatience, [&] { return front.told.bytes == "data: 1\n\n"; }));
  }
  gate.open();
  const Answer answer = client.answer();
  CHECK(answer.body == "data: 1\n\ndata: 2\n\n");
  CHECK(answer.whole);
  CHECK(front.told.end() == web::RelayEnd::whole);
}

TEST_CASE("relay: an answer that breaks off never looks whole") {
  Scripted there([](int socket, const std::string&) {
    Scripted::say(socket, std::string(kStream) + "9\r\ndata: 1\n\n\r\n");
    ::shutdown(socket, SHUT_RDWR);
  });
  Front front(there.address());
  Client client(front.server->port());
  const Answer answer = client.ask(Front::call());
  CHECK(!answer.whole);
  CHECK(front.told.end() == web::RelayEnd::broken);
}

TEST_CASE("relay: where nobody answers, answers too late, or says no HTTP, the client is told so") {
  struct Row {
    Scripted::Script script;
    web::RelayEnd end;
  };
  const Row rows[] = {
      {[](int socket, const std::string&) { ::shutdown(socket, SHUT_RDWR); }, web::RelayEnd::broken},
      {[](int, const std::string&) { std::this_thread::sleep_for(1500ms); }, web::RelayEnd::broken},
      {[](int socket, const std::string&) { Scripted::say(socket, "SSH-2.0-what\r\n\r\n"); }, web::RelayEnd::broken},
  };
  for (const Row& row : rows) {
    Scripted there(row.script);
    Front front(there.address());
    Client client(front.server->port());
    const Answer answer = client.ask(Front::call());
    CHECK(answer.status == 502);
    CHECK(answer.body == "not today");
    CHECK(front.told.end() == row.end);
    CHECK(there.requests() == 1);  // never twice
  }
  Front alone("http://127.0.0.1:1/v1");
  Client client(alone.server->port());
  CHECK(client.ask(Front::call()).status == 502);
  CHECK(alone.told.end() == web::RelayEnd::unsent);
}

TEST_CASE("relay: an answer that is not wanted is replaced, and one call too many is not begun") {
  Scripted there([](int socket, const std::string&) { Scripted::say(socket, kWhole); });
  {
    Front front(there.address());
    front.told.take_head = false;
    Client client(front.server->port());
    CHECK(client.ask(Front::call()).body == "not today");
    CHECK(front.told.end() == web::RelayEnd::whole);
    CHECK(client.ask(Front::call()).status == 502);
  }
  Front full(there.address(), [](UpstreamOptions& options) { options.most = 0; });
  Client client(full.server->port());
  CHECK(client.ask(Front::call()).status == 502);
  CHECK(full.told.end() == web::RelayEnd::busy);
}

TEST_CASE("relay: a client that leaves does not end the call, and one that is cut off gets no more of it") {
  Gate gate;
  Scripted there([&](int socket, const std::string&) {
    Scripted::say(socket, std::string(kStream) + "9\r\ndata: 1\n\n\r\n");
    gate.pass();
    for (int i = 0; i < 5; ++i) {
      Scripted::say(socket, "9\r\ndata: 2\n\n\r\n");
      std::this_thread::sleep_for(20ms);
    }
    Scripted::say(socket, "0\r\n\r\n");
  });
  Front front(there.address());
  Client client(front.server->port());
  client.say(Front::call());
  REQUIRE(gate.wait_for(1));
  SUBCASE("it leaves") { client.close(); }
  SUBCASE("it is cut off") { front.told.wanted = false; }
  gate.open();
  CHECK(front.told.end() == web::RelayEnd::whole);
  CHECK(front.told.bytes.size() == 6 * 9);
}

TEST_CASE("relay: what is added at the end travels in the last chunk") {
  Scripted there([](int socket, const std::string&) { Scripted::say(socket, kWhole); });
  Front front(there.address());
  front.told.unchanged = false;
  Client client(front.server->port());
  CHECK(client.ask(Front::call()).body == "{\"a\":1}the end");
}

TEST_CASE("relay: addresses that cannot be one are named") {
  for (const std::string address :
       {"", "ftp://x", "https://", "http://user@host", "http://host:port", "http://host/a?b"}) {
    CAPTURE(address);
    UpstreamOptions options;
    options.name = "odd";
    options.address = address;
    const auto opened = Upstreams::open({options});
    REQUIRE(!opened);
    CHECK(opened.error().detail.find("upstream odd") != std::string::npos);
  }
}
