// What the tests of net/ share: a small site behind a real server on loopback.
#pragma once
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "net/server.h"
#include "net/testing_client.h"

namespace bursary::net::testing {

// Handlers stop here until the test lets them go on.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait_for(lock, kPatience, [&] { return open_; });
    --waiting_;
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  bool wait_for(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int waiting_ = 0;
};

class NoSessions final : public web::Sessions {
 public:
  std::optional<web::Viewer> find(std::string_view, Instant) override { return std::nullopt; }
};

// Pieces of a stream: `pieces` times 30,000 bytes, or a failure after them.
class Pieces final : public web::BodySource {
 public:
  Pieces(int pieces, bool fails) : left_(pieces), fails_(fails) {}
  bool next(std::string& piece) override {
    if (left_ == 0 && fails_) throw std::runtime_error("the disk is gone");
    if (left_-- == 0) return false;
    piece.assign(30'000, static_cast<char>('a' + left_ % 26));
    return true;
  }

 private:
  int left_;
  bool fails_;
};

// A server with pages and handlers of every kind that net/ treats differently.
struct Site {
  static inline std::size_t large = 20'000'000;  // no constant, so that no linter finds it too large
  SystemClock clock;
  SystemRandom random;
  NoSessions sessions;
  Gate gate;
  std::atomic<int> handled{0};
  web::Router router;
  std::shared_ptr<const html::Phrasebooks> phrasebooks = html::Phrasebooks::build({"en", "es"}, {});
  web::PageStore pages{""};
  spdlog::logger log{"test", std::make_shared<spdlog::sinks::null_sink_mt>()};
  Figures figures;
  TemporaryFolder spool;
  std::unique_ptr<web::Pipeline> pipeline;
  std::unique_ptr<Server> server;
  std::string big_page = make_big_page();

  static std::string make_big_page() {
    std::string page = "<!doctype html><title>Apply</title>";
    for (int i = 0; i < 1000; ++i) page += "<p>Paragraph " + std::to_string(i * 7919 % 1000) + " of the form.</p>";
    return page;
  }
  static ServerOptions quick_options() {
    ServerOptions options;
    options.worker_threads = 8;
    options.header_timeout = std::chrono::milliseconds{400};
    options.body_timeout = std::chrono::milliseconds{400};
    options.write_timeout = std::chrono::milliseconds{400};
    options.idle_timeout = std::chrono::milliseconds{900};
    options.linger_timeout = std::chrono::milliseconds{300};
    options.access_log = AccessLog::all;
    return options;
  }

  explicit Site(ServerOptions options = quick_options()) {
    options.spool_folder = spool.path().string();
    add_routes();
    pages.publish(
        {{"/", "en", "text/html; charset=utf-8", "<!doctype html><title>Home</title>" + std::string(400, 'h'), false},
         {"/", "es", "text/html; charset=utf-8", "<!doctype html><title>Inicio</title>" + std::string(400, 'h'), false},
         {"/apply", "en", "text/html; charset=utf-8", big_page, false},
         {"/apply", "es", "text/html; charset=utf-8", big_page + "<p>es</p>", false},
         {"/assets/site-1a.css", "", "text/css", std::string(2000, 'c'), true}});
    pages.settle();
    pipeline = std::make_unique<web::Pipeline>(
        web::PipelineParts{router, clock, sessions, [this] { return phrasebooks; }, {}, "secret of the forms"});
    server = std::make_unique<Server>(options, *pipeline, pages, clock, random, log, figures);
    const auto started = server->start();
    if (!started) throw std::runtime_error(started.error().detail);
  }

  std::uint16_t port() const { return server->port(); }

  void add(web::Method method, std::string path, web::Handler handler, std::size_t limit = 0,
           web::BodyKind kind = web::BodyKind::none) {
    router.add({method, std::move(path), web::Permission::anyone,
                [this, handler = std::move(handler)](const web::Request& request, const web::Context& context) {
                  ++handled;
                  return handler(request, context);
                },
                limit, kind});
  }

  void add_routes() {
    using web::Context, web::Method, web::Request;
    const auto page = [](const Request& request, const Context&) {
      return web::plain_text("page " + request.id + " for " + request.peer + "\n");
    };
    const auto echo = [](const Request& request, const Context&) {
      return web::plain_text(std::to_string(request.body_bytes().size()) + ":" +
                             std::string(request.body_bytes().substr(0, 100)));
    };
    add(Method::get, "/dynamic", page);
    add(Method::get, "/named/{name}", [](const Request& request, const Context& context) {
      return web::plain_text(context.path_value("name") + "?" + request.query +
                             (request.secure ? " secure" : " plain"));
    });
    add(Method::post, "/echo", echo, 1'000'000, web::BodyKind::form);
    add(Method::post, "/json", echo, 1'000, web::BodyKind::json);
    add(Method::get, "/slow", [this](const Request& request, const Context&) {
      gate.pass();
      return web::plain_text("slow " + request.query + "\n");
    });
    add(Method::get, "/stream", [](const Request&, const Context&) {
      return web::streamed(std::make_shared<Pieces>(40, false), "text/csv", "x.csv");
    });
    add(Method::get, "/broken", [](const Request&, const Context&) {
      return web::streamed(std::make_shared<Pieces>(3, true), "text/csv", "x.csv");
    });
    add(Method::get, "/large", [](const Request&, const Context&) { return web::plain_text(std::string(large, 'L')); });
    add(Method::get, "/split", [](const Request&, const Context&) {
      return web::plain_text("x").header("X-Bad", "a\r\nSet-Cookie: stolen=1");
    });
    add(Method::get, "/nothing", [](const Request&, const Context&) { return web::plain_text("", 204); });
  }
};

inline std::string get(std::string_view path, std::string_view more = {}) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: site.example\r\n" + std::string(more) + "\r\n";
}
inline std::string post(std::string_view path, std::string_view body, std::string_view more = {}) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: site.example\r\nOrigin: http://site.example\r\nContent-Type: "
         "application/x-www-form-urlencoded\r\n" +
         std::string(more) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace bursary::net::testing
