// Asking other servers: what comes back, and where nothing is asked at all.
#include "net/fetch.h"

#include <doctest/doctest.h>

#include "net/testing.h"

using namespace bursary;
using namespace bursary::net;

namespace {

struct World {
  World() {
    site.add(web::Method::get, "/away", [](const web::Request&, const web::Context&) {
      web::Response response;
      response.status = 302;
      response.headers.add("Location", "/secret");
      return response;
    });
    site.add(web::Method::get, "/secret",
             [](const web::Request&, const web::Context&) { return web::plain_text("secret"); });
    site.add(web::Method::get, "/said", [](const web::Request& request, const web::Context&) {
      return web::json(std::string(request.header("X-Said")), 201);
    });
  }
  Result<web::OutgoingAnswer> get(const std::string& path, web::OutgoingRequest request = {}) {
    request.url = "http://localhost:" + std::to_string(site.port()) + path;
    request.private_network = true;
    return fetcher.fetch(request);
  }
  net::testing::Site site;
  CurlFetcher fetcher;
};

}  // namespace

TEST_CASE("an answer comes back with its status, type and body") {
  World world;
  web::OutgoingRequest request;
  request.headers = {{"X-Said", "{\"a\":1}"}};
  const auto answer = world.get("/said", request);
  REQUIRE(answer);
  CHECK(answer->status == 201);
  CHECK(answer->media_type == "application/json");
  CHECK(answer->body == "{\"a\":1}");
}

TEST_CASE("a redirect is not followed") {
  World world;
  const auto answer = world.get("/away");
  REQUIRE(answer);
  CHECK(answer->status == 302);
  CHECK(answer->body.find("secret") == std::string::npos);
}

TEST_CASE("an answer that is too long is none") {
  World world;
  web::OutgoingRequest request;
  request.largest = 1000;
  CHECK(world.get("/apply", request).error().kind == ErrorKind::unavailable);
}

TEST_CASE("what stands behind the firewall is not reached, by whatever name") {
  World world;
  const int handled = world.site.handled;
  const std::string port = ":" + std::to_string(world.site.port());
  for (const char* host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0x7f.1",
                           "0.0.0.0", "10.0.0.1", "169.254.169.254", "[fe80::1]"}) {
    web::OutgoingRequest request;
    request.url = std::string("http://") + host + port + "/said";
    request.timeout = std::chrono::milliseconds(500);
    const auto answer = world.fetcher.fetch(request);
    CHECK_MESSAGE(!answer, host);
  }
  CHECK(world.site.handled == handled);
  web::OutgoingRequest request;
  request.url = "http://127.0.0.1" + port + "/said";
  CHECK(world.fetcher.fetch(request).error().kind == ErrorKind::forbidden);
}

TEST_CASE("nothing but http is asked, and no line end smuggles a header") {
  World world;
  for (const char* url :
       {"file:///etc/passwd", "gopher://localhost:1/x", "ftp://localhost/", "javascript:1", "", "http://"}) {
    web::OutgoingRequest request;
    request.url = url;
    request.private_network = true;
    CHECK_MESSAGE(!world.fetcher.fetch(request), url);
  }
  web::OutgoingRequest request;
  request.headers = {{"X-A", "1\r\nX-B: 2"}};
  CHECK_FALSE(world.get("/said", request));
}

TEST_CASE("a server that is not there, and one that hangs") {
  World world;
  web::OutgoingRequest request;
  request.timeout = std::chrono::milliseconds(300);
  request.url = "http://localhost:1/";
  request.private_network = true;
  CHECK(world.fetcher.fetch(request).error().kind == ErrorKind::unavailable);
  world.site.add(web::Method::get, "/hangs", [&](const web::Request&, const web::Context&) {
    world.site.gate.pass();
    return web::plain_text("late");
  });
  CHECK(world.get("/hangs", request).error().kind == ErrorKind::unavailable);
  world.site.gate.open();
}
