#include "net/server.h"

#include <doctest/doctest.h>

#include <vector>

#include "net/testing.h"

using namespace bursary;
using namespace bursary::net;
using namespace bursary::net::testing;

TEST_CASE("a connection serves one request after another, stored and handled, with a new id and a date each") {
  Site site;
  Client client(site.port());
  const Answer home = client.ask(get("/"));
  CHECK(home.status == 200);
  CHECK(home.body.starts_with("<!doctype html><title>Home</title>"));
  CHECK(home.header("Content-Type") == "text/html; charset=utf-8");
  CHECK(home.header("Connection").empty());
  CHECK(home.header("Date").ends_with(" GMT"));
  CHECK(home.header("Server").empty());
  CHECK(home.header("X-Content-Type-Options") == "nosniff");
  CHECK(home.header("Content-Security-Policy").find("default-src 'none'") != std::string::npos);

  const Answer page = client.ask(get("/dynamic"));
  CHECK(page.status == 200);
  CHECK(page.body == "page " + page.header("X-Request-Id") + " for 127.0.0.1\n");
  CHECK(page.header("X-Request-Id") != home.header("X-Request-Id"));
  CHECK(page.header("Content-Length") == std::to_string(page.body.size()));
  CHECK(client.ask(get("/nothing")).status == 204);
  CHECK(client.ask(get("/missing")).status == 404);
  CHECK(client.ask(get("/")).status == 200);
}

TEST_CASE("requests sent at once are answered in their order, the slow ones first where they came first") {
  Site site;
  Client client(site.port());
  std::string all = get("/slow?first");
  for (int i = 0; i < 40; ++i) all += get(i % 2 == 0 ? "/named/" + std::to_string(i) : "/");
  all += post("/echo", "a=1") + get("/named/last");
  client.say(all);
  REQUIRE(site.gate.wait_for(1));
  site.gate.open();
  CHECK(client.answer().body == "slow first\n");
  for (int i = 0; i < 40; ++i) {
    const Answer answer = client.answer();
    if (i % 2 == 0) CHECK(answer.body == std::to_string(i) + "? plain");
    if (i % 2 == 1) CHECK(answer.body.starts_with("<!doctype html><title>Home"));
  }
  CHECK(client.answer().body == "3:a=1");
  CHECK(client.answer().body == "last? plain");
}

TEST_CASE("HEAD says what GET says, to the byte, without the body") {
  Site site;
  for (const std::string path : {"/", "/apply", "/assets/site-1a.css", "/dynamic", "/missing", "/stream"}) {
    CAPTURE(path);
    Client client(site.port());
    const auto without_changing = [](const Answer& answer) {
      std::string head;
      for (std::size_t at = 0; at < answer.head.size();) {
        const auto end = answer.head.find("\r\n", at) + 2;
        const auto line = answer.head.substr(at, end - at);
        if (!line.starts_with("Date:") && !line.starts_with("X-Request-Id:")) head += line;
        at = end;
      }
      return head;
    };
    std::string ask = get(path, "Accept-Encoding: gzip, br\r\n");
    const Answer whole = client.ask(ask);
    ask.replace(0, 3, "HEAD");
    const Answer head = client.ask(ask, true);
    CHECK(without_changing(head) == without_changing(whole));
    CHECK(client.ask(get("/named/next")).body == "next? plain");
  }
}

TEST_CASE("HTTP/1.0 and Connection: close end the connection, HTTP/1.0 with keep-alive goes on") {
  Site site;
  for (const std::string path : {"/", "/dynamic", "/stream"}) {
    CAPTURE(path);
    Client old(site.port());
    const Answer answer = old.ask("GET " + path + " HTTP/1.0\r\n\r\n");
    CHECK(answer.status == 200);
    CHECK(answer.whole);
    CHECK(answer.header("Connection") == "close");
    CHECK(answer.header("Transfer-Encoding").empty());
    CHECK(old.ends_within(std::chrono::seconds{5}));
    Client closing(site.port());
    CHECK(closing.ask(get(path, "Connection: close\r\n")).header("Connection") == "close");
    CHECK(closing.ends_within(std::chrono::seconds{5}));
  }
  Client kept(site.port());
  CHECK(kept.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("Connection") == "keep-alive");
  CHECK(kept.ask("GET /dynamic HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("Connection") == "keep-alive");
}

TEST_CASE("stored pages: encodings, languages, ETag and 304") {
  Site site;
  Client client(site.port());
  const Answer plain = client.ask(get("/apply"));
  CHECK(plain.body == site.big_page);
  CHECK(plain.header("Content-Encoding").empty());
  CHECK(plain.header("Cache-Control") == "no-cache");
  CHECK(plain.header("Vary") == "Accept-Encoding, Accept-Language, Cookie");
  const Answer gzip = client.ask(get("/apply", "Accept-Encoding: gzip, br;q=0\r\n"));
  CHECK(gzip.header("Content-Encoding") == "gzip");
  CHECK(gzip.body.substr(0, 2) == "\x1f\x8b");
  const Answer brotli = client.ask(get("/apply", "Accept-Encoding: gzip, deflate, br\r\n"));
  CHECK(brotli.header("Content-Encoding") == "br");
  CHECK(brotli.body.size() < gzip.body.size());
  CHECK(plain.header("ETag") != gzip.header("ETag"));
  CHECK(brotli.header("ETag") != gzip.header("ETag"));

  const Answer same =
      client.ask(get("/apply", "Accept-Encoding: gzip\r\nIf-None-Match: \"x\", W/" + gzip.header("ETag") + "\r\n"));
  CHECK(same.status == 304);
  CHECK(same.header("ETag") == gzip.header("ETag"));
  CHECK(same.header("Content-Length").empty());
  CHECK(same.header("Vary") == plain.header("Vary"));
  CHECK(client.ask(get("/apply", "If-None-Match: " + gzip.header("ETag") + "\r\n")).status == 200);
  CHECK(client.ask(get("/apply", "If-None-Match: *\r\n")).status == 304);

  CHECK(client.ask(get("/", "Accept-Language: es-MX, en;q=0.5\r\n")).body.find("Inicio") != std::string::npos);
  const Answer asked = client.ask(get("/?lang=es"));
  CHECK(asked.header("Content-Language") == "es");
  CHECK(asked.header("Set-Cookie").find("lang=es") != std::string::npos);
  CHECK(client.ask(get("/?lang=xx", "Accept-Language: es\r\n")).header("Content-Language") == "es");
  CHECK(client.ask(get("/", "Cookie: a=b; lang=es\r\n")).status == 200);
  const Answer asset = client.ask(get("/assets/site-1a.css"));
  CHECK(asset.header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(asset.header("Vary") == "Accept-Encoding");
  CHECK(site.handled == 0);

  site.pages.publish({{"/", "en", "text/plain", "new", false}});
  CHECK(client.ask(get("/")).body == "new");
  CHECK(client.ask(get("/apply")).status == 404);
}

TEST_CASE("other methods on a stored page are told which it has") {
  Site site;
  Client client(site.port());
  const Answer refused = client.ask(post("/apply", "a=1"));
  CHECK(refused.status == 405);
  CHECK(refused.header("Allow") == "GET, HEAD");
  Client other(site.port());
  const Answer route = other.ask("DELETE /dynamic HTTP/1.1\r\nHost: site.example\r\n\r\n");
  CHECK(route.status == 405);
  CHECK(route.header("Allow").find("GET") != std::string::npos);
}

TEST_CASE("a path is decoded once and means one thing") {
  Site site;
  Client client(site.port());
  CHECK(client.ask(get("/named/caf%C3%A9?q=%2F..")).body == "caf\xC3\xA9?q=%2F.. plain");
  CHECK(client.ask("GET http://other.example/named/absolute HTTP/1.1\r\nHost: site.example\r\n\r\n").body ==
        "absolute? plain");
  for (const std::string bad : {"/named/%2e%2e/x", "/a/../b", "//x", "/a//b", "/named/%2F", "/named/%5C", "/named/%00",
                                "/named/%zz", "/named/%C3", "/named/%ff", "/named/a%0Ab", "/named/a\\b", "/./", "*",
                                "named", "ftp://x/", "/named/\xC3\xA9", "/named/a#b"}) {
    CAPTURE(bad);
    Client refused(site.port());
    CHECK(refused.ask(get(bad)).status == 400);
    CHECK(refused.ends_within(std::chrono::seconds{3}));
  }
}

TEST_CASE("a handler's header that would split the answer becomes a 500") {
  Site site;
  Client client(site.port());
  const Answer answer = client.ask(get("/split"));
  CHECK(answer.status == 500);
  CHECK(answer.head.find("stolen") == std::string::npos);
}

TEST_CASE("streams arrive whole, and a stream that fails is cut, never ended") {
  Site site;
  Client client(site.port());
  const Answer whole = client.ask(get("/stream"));
  CHECK(whole.header("Transfer-Encoding") == "chunked");
  CHECK(whole.header("Content-Length").empty());
  CHECK(whole.whole);
  CHECK(whole.body.size() == 40 * 30'000);
  CHECK(client.ask(get("/named/after")).body == "after? plain");
  const Answer cut = client.ask(get("/broken"));
  CHECK(cut.status == 200);
  CHECK_FALSE(cut.whole);
  CHECK(site.figures.values()[Count::streams_cut] == 1);
  Client old(site.port());
  CHECK_FALSE(old.ask("GET /broken HTTP/1.0\r\n\r\n").whole);
  CHECK(old.was_reset());
}

TEST_CASE("what proxies say is believed of trusted ones alone") {
  const std::string forwarded = "X-Forwarded-For: 203.0.113.9, 198.51.100.7, 127.0.0.2\r\nX-Forwarded-Proto: https\r\n";
  Site direct;
  Client stranger(direct.port());
  CHECK(stranger.ask(get("/dynamic", forwarded)).body.find("for 127.0.0.1") != std::string::npos);
  CHECK(stranger.ask(get("/named/x", forwarded)).body == "x? plain");
  CHECK(stranger.ask(get("/", forwarded)).header("Strict-Transport-Security").empty());
  ServerOptions options = Site::quick_options();
  options.trusted_proxies = {"127.0.0.0/8"};
  Site behind(options);
  Client proxy(behind.port());
  CHECK(proxy.ask(get("/dynamic", forwarded)).body.find("for 198.51.100.7") != std::string::npos);
  CHECK(proxy.ask(get("/named/x", forwarded)).body == "x? secure");
  CHECK(proxy.ask(get("/", forwarded)).header("Strict-Transport-Security").find("max-age") != std::string::npos);
  CHECK(proxy.ask(get("/dynamic")).body.find("for 127.0.0.1") != std::string::npos);
}

TEST_CASE("an address that is taken and options that make no sense are told to the operator") {
  Site site;
  ServerOptions options = Site::quick_options();
  options.spool_folder = site.spool.path().string();
  const auto refused = [&](const ServerOptions& given) {
    Server server(given, *site.pipeline, site.pages, site.clock, site.random, site.log, site.figures);
    const auto started = server.start();
    return started ? std::string{} : started.error().detail;
  };
  options.port = site.port();
  CHECK(refused(options).find("cannot listen on 127.0.0.1 port") == 0);
  options.port = 0;
  options.trusted_proxies = {"ten"};
  CHECK(refused(options).find("is no network") != std::string::npos);
  options.trusted_proxies.clear();
  options.address = "localhost";
  CHECK(refused(options).find("no address") != std::string::npos);
  options.address = "::1";
  CHECK((refused(options).empty() || refused(options).find("cannot") == 0));
  options.spool_folder = "/nonexistent";
  CHECK(refused(options).find("cannot write into /nonexistent") == 0);
}
