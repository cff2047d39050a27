// Every limit on size, time and number, and what is not HTTP.
#include <doctest/doctest.h>
#include <fcntl.h>

#include <fstream>
#include <vector>

#include "net/testing.h"

using namespace bursary;
using namespace bursary::net;
using namespace bursary::net::testing;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

int descriptors() {
  return static_cast<int>(
      std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator{}));
}

template <class Check>
bool eventually(const Check& check) {
  for (int i = 0; i < 500; ++i) {
    if (check()) return true;
    std::this_thread::sleep_for(milliseconds{10});
  }
  return false;
}

}  // namespace

TEST_CASE("a head has limits of size, lines and target") {
  Site site;
  const auto status = [&](const std::string& bytes) {
    Client client(site.port());
    const Answer answer = client.ask(bytes);
    const bool ended = client.ends_within(seconds{3});
    return ended ? answer.status : -answer.status;
  };
  CHECK(status(get("/" + std::string(8'200, 'a'))) == 414);
  CHECK(status("GET /" + std::string(20'000, 'a')) == 414);
  // A program is answered as one, also where no more than the beginning of its target was read.
  for (const std::string& long_one : {get("/api/v1/applications?q=" + std::string(8'200, 'a')),
                                      "GET /api/v1/applications?q=" + std::string(20'000, 'a')}) {
    Client client(site.port());
    const Answer answer = client.ask(long_one);
    CHECK(answer.status == 414);
    CHECK(answer.header("Content-Type").starts_with("application/problem+json"));
  }
  CHECK(status(get("/", "X: " + std::string(16UL * 1024, 'x') + "\r\n")) == 431);
  std::string lines;
  for (int i = 0; i < 100; ++i) lines += "X-" + std::to_string(i) + ": 1\r\n";
  CHECK(status(get("/", lines)) == 431);
  CHECK(status(get("/", "X: " + std::string(40'000, 'x') + "\r\n")) == 431);
  CHECK(status("GET / HTTP/2.0\r\nHost: a\r\n\r\n") == 505);
  CHECK(status("BREW / HTTP/1.1\r\nHost: a\r\n\r\n") == 501);
  Client fits(site.port());
  CHECK(fits.ask(get("/named/" + std::string(8'000, 'a'), "X: " + std::string(6'000, 'x') + "\r\n")).status == 200);
  CHECK(site.figures.values()[Count::malformed] == 9);
}

TEST_CASE("refusals are pages of the site, with every header, and many of them become plain") {
  Site site;
  Client client(site.port());
  const Answer refused = client.ask("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nAccept: application/json\r\n\r\n");
  CHECK(refused.status == 400);
  CHECK(refused.header("X-Content-Type-Options") == "nosniff");
  CHECK(refused.header("Content-Security-Policy").find("default-src 'none'") != std::string::npos);
  CHECK(refused.header("Connection") == "close");
  CHECK_FALSE(refused.header("X-Request-Id").empty());
  int plain = 0;
  for (int i = 0; i < 60; ++i) {
    Client one(site.port());
    const Answer answer = one.ask("GET / HTTP/1.1\r\n\r\n");
    CHECK(answer.status == 400);
    plain += answer.body == "400 Bad Request\n" ? 1 : 0;
  }
  CHECK(plain < 61);
}

TEST_CASE("a body that a route does not take is refused before it is sent") {
  Site site;
  const auto early = [&](const std::string& head) {
    Client client(site.port());
    const Answer answer = client.ask(head);
    return client.ends_within(seconds{3}) ? answer.status : -answer.status;
  };
  const std::string from = " HTTP/1.1\r\nHost: site.example\r\nOrigin: http://site.example\r\n";
  const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
  CHECK(early("POST /echo" + from + form + "Content-Length: 1000001\r\n\r\n") == 413);
  CHECK(early("POST /echo" + from + form + "Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n") == 413);
  CHECK(early("GET /dynamic" + from + "Content-Length: 5\r\n\r\n") == 413);
  CHECK(early("POST /echo" + from + "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\n") == 415);
  CHECK(early("POST /json" + from + form + "Content-Length: 5\r\n\r\n") == 415);
  CHECK(early("POST /echo" + from + form + "Expect: magic\r\nContent-Length: 5\r\n\r\n") == 417);
  CHECK(early("POST /missing" + from + form + "Content-Length: 5\r\n\r\n") == 404);
  CHECK(early("POST /dynamic" + from + form + "Content-Length: 5\r\n\r\n") == 405);
  CHECK(site.handled == 0);
}

TEST_CASE("a client that goes on sending what was refused still reads the refusal") {
  Site site;
  Client client(site.port());
  client.say(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
      "5000000\r\n\r\n");
  const std::string piece(100'000, 'x');
  for (int i = 0; i < 50; ++i)
    if (!client.say(piece)) break;
  CHECK(client.answer().status == 413);
}

TEST_CASE("bodies: asked for by 100-continue, in chunks, and on disk when they are large") {
  Site site;
  Client client(site.port());
  client.say(
      "POST /echo HTTP/1.1\r\nHost: site.example\r\nOrigin: http://site.example\r\nContent-Type: "
      "application/x-www-form-urlencoded\r\n"
      "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  CHECK(client.answer().status == 100);
  CHECK(client.ask("body").body == "4:body");

  const std::string chunked =
      "POST /echo HTTP/1.1\r\nHost: site.example\r\nOrigin: http://site.example\r\nContent-Type: "
      "application/x-www-form-urlencoded\r\n"
      "Transfer-Encoding: Chunked\r\n\r\n";
  CHECK(client.ask(chunked + "5;ext=\"1\"\r\nhello\r\n1\r\n!\r\n0\r\nX-Trailer: 1\r\n\r\n").body == "6:hello!");
  client.say(chunked);
  for (const char c : std::string("00000003\r\nabc\r\n0\r\n\r\n")) {
    client.say(std::string(1, c));
    std::this_thread::sleep_for(milliseconds{2});
  }
  CHECK(client.answer().body == "3:abc");
  for (const std::string body : {"0\r\n\r\n", "0;a=b\r\nX-Trailer: 1\r\n\r\n", "1\r\na\r\n0\r\n\r\n"}) {
    // Beast asserted that the last five bytes come together.
    client.say(chunked);
    for (const char c : body) {
      client.say(std::string(1, c));
      std::this_thread::sleep_for(milliseconds{3});
    }
    CHECK(client.answer().status == 200);
  }
  Client large(site.port());
  large.say(chunked);
  for (int i = 0; i < 20; ++i) large.say("10000\r\n" + std::string(0x10000, 'c') + "\r\n");
  CHECK(large.answer().status == 413);

  const std::string body = "f=" + std::string(700'000, 'y');
  CHECK(client.ask(post("/echo", body)).body == "700002:" + body.substr(0, 100));
  CHECK(site.figures.values()[Count::bodies_spooled] == 1);
  CHECK(std::filesystem::is_empty(site.spool.path()));
  CHECK(client.ask(post("/echo", "")).status == 200);
}

TEST_CASE("what bodies may take on disk together is bounded") {
  ServerOptions options = Site::quick_options();
  options.spool_bytes = 500'000;
  Site site(options);
  Client first(site.port());
  CHECK(first.ask(post("/echo", std::string(400'000, 'a'))).status == 200);
  Client second(site.port());
  CHECK(second.ask(post("/echo", std::string(600'000, 'a'))).status == 503);
  Client third(site.port());
  CHECK(third.ask(post("/echo", std::string(400'000, 'a'))).status == 200);
}

TEST_CASE("slow clients are cut in time: in the head, in the body, and reading") {
  Site site;
  const auto begun = std::chrono::steady_clock::now();
  Client head(site.port()), body(site.port()), reader(site.port()), silent(site.port()), dripping(site.port());
  head.say("GET / HTTP/1.1\r\nHost: a\r\n");
  body.say(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
      "1000\r\n\r\nabc");
  reader.say(get("/large"));
  for (int i = 0; i < 12 && dripping.say("x"); ++i) std::this_thread::sleep_for(milliseconds{100});
  CHECK(head.answer().status == 408);
  CHECK(body.answer().status == 408);
  CHECK(eventually([&] { return site.figures.values()[Count::timeouts] >= 4; }));
  CHECK(silent.ends_within(seconds{5}));
  CHECK(silent.hear_all().empty());
  CHECK(std::chrono::steady_clock::now() - begun < seconds{6});
  CHECK(eventually(
      [&] { return site.figures.values().connections_open() == 1 || site.figures.values().connections_open() == 0; }));
  Client healthy(site.port());
  CHECK(healthy.ask(get("/dynamic")).status == 200);
}

TEST_CASE("past the queue's end requests are shed at once, and stored pages are still served") {
  ServerOptions options = Site::quick_options();
  options.worker_threads = 2;
  options.queue_limit = 3;
  Site site(options);
  std::vector<std::unique_ptr<Client>> running;
  for (int i = 0; i < 5; ++i) {
    running.push_back(std::make_unique<Client>(site.port()));
    running.back()->say(get("/slow?" + std::to_string(i)));
    if (i < 2) REQUIRE(site.gate.wait_for(i + 1));
  }
  REQUIRE(eventually([&] { return site.figures.values().queue_waiting == 3; }));
  Client shed(site.port());
  const auto begun = std::chrono::steady_clock::now();
  const Answer refused = shed.ask(get("/dynamic"));
  CHECK(refused.status == 503);
  CHECK_FALSE(refused.header("Retry-After").empty());
  CHECK(std::chrono::steady_clock::now() - begun < milliseconds{300});
  Client page(site.port());
  CHECK(page.ask(get("/apply")).status == 200);
  site.gate.open();
  for (int i = 0; i < 5; ++i)
    CHECK(running[static_cast<std::size_t>(i)]->answer().body == "slow " + std::to_string(i) + "\n");
  CHECK(site.figures.values()[Count::shed] == 1);
  CHECK(shed.ask(get("/dynamic")).status == 200);
}

TEST_CASE("a thousand idle connections cost little and disturb nobody; their oldest make room") {
  ServerOptions options = Site::quick_options();
  options.idle_timeout = seconds{60};
  options.max_connections = 1'000;
  Site site(options);
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 1'000; ++i) {
    idle.push_back(std::make_unique<Client>(site.port()));
    REQUIRE(idle.back()->connected());
  }
  REQUIRE(eventually([&] { return site.figures.values().connections_open() == 1'000; }));
  CHECK(idle[500]->ask(get("/")).status == 200);
  CHECK(idle[999]->ask(get("/dynamic")).status == 200);
  std::vector<std::unique_ptr<Client>> more;
  for (int i = 0; i < 20; ++i) {
    more.push_back(std::make_unique<Client>(site.port()));
    CHECK(more.back()->ask(get("/dynamic")).status == 200);
  }
  CHECK(site.figures.values()[Count::connections_evicted] >= 20);
  CHECK(site.figures.values().connections_open() <= 1'000);
  CHECK(idle[0]->ends_within(seconds{2}));
  CHECK(idle[999]->ask(get("/dynamic")).status == 200);
}

TEST_CASE("one address gets so many connections and no more") {
  ServerOptions options = Site::quick_options();
  options.max_connections_per_client = 5;
  options.idle_timeout = seconds{60};
  Site site(options);
  std::vector<std::unique_ptr<Client>> five;
  for (int i = 0; i < 5; ++i) {
    five.push_back(std::make_unique<Client>(site.port()));
    CHECK(five.back()->ask(get("/")).status == 200);
  }
  Client sixth(site.port());
  CHECK(sixth.hear_all().starts_with("HTTP/1.1 429 "));
  five.pop_back();
  CHECK(eventually([&] {
    Client again(site.port());
    return again.ask(get("/")).status == 200;
  }));
}

TEST_CASE("stopping: what runs is finished, what is idle is closed, nothing new is let in, no descriptor is left") {
  const int before = descriptors();
  {
    Site site;
    Client idle(site.port()), running(site.port()), queued(site.port());
    CHECK(idle.ask(get("/")).status == 200);
    running.say(get("/slow?1") + get("/slow?2"));
    REQUIRE(site.gate.wait_for(1));
    std::thread stopping([&] { site.server->stop(seconds{5}); });
    CHECK(idle.ends_within(seconds{2}));
    Client late(site.port());
    CHECK_FALSE((late.connected() && late.ask(get("/")).status == 200));
    site.gate.open();
    const Answer answer = running.answer();
    CHECK(answer.body == "slow 1\n");
    CHECK(answer.header("Connection") == "close");
    stopping.join();
    CHECK(site.figures.values().connections_open() == 0);
  }
  CHECK(eventually([&] { return descriptors() <= before; }));
}

TEST_CASE("stopping does not wait longer than its grace for a client that does not read") {
  ServerOptions options = Site::quick_options();
  options.write_timeout = seconds{60};
  options.worker_threads = 1;
  Site site(options);
  Client reader(site.port()), half(site.port()), waiting(site.port());
  reader.say(get("/large"));
  half.say("GET / HT");
  REQUIRE(eventually([&] { return site.handled == 1; }));
  const auto begun = std::chrono::steady_clock::now();
  site.server->stop(milliseconds{300});
  const auto took = std::chrono::steady_clock::now() - begun;
  CHECK(took >= milliseconds{290});
  CHECK(took < seconds{3});
}
