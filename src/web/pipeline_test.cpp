// Requests as values through the whole pipeline: methods and bodies, what breaks, headers, languages, rates.
#include "web/pipeline.h"

#include "web/metrics.h"
#include "web/rate_limit.h"
#include "web/trial_pipeline.h"

using namespace bursary;
using namespace bursary::web;

TEST_CASE("methods, kinds and sizes of bodies") {
  House house;
  run(house, {
                 {"method",
                  with(
                      [] {
                        auto r = post("/staff/export");
                        return r;
                      }(),
                      "X", "y"),
                  405, "<h1>405</h1>", "secret"},
                 {"too large", post("/open", std::string(1001, 'a')), 413, "<h1>413</h1>", "posted"},
                 {"just fits", post("/open", "a=" + std::string(998, 'a')), 200, "posted", "413"},
                 {"a body where none is taken",
                  [] {
                    auto r = get("/open");
                    r.body = std::make_shared<MemoryBody>("x");
                    return r;
                  }(),
                  413, "413", "open"},
                 {"another type", with(post("/open"), "Content-Type", "text/plain"), 415, "<h1>415</h1>", "posted"},
                 {"no type", with(post("/open"), "Content-Type", ""), 415, "<h1>415</h1>", "posted"},
                 {"JSON where a form is taken", with(post("/open", "{}"), "Content-Type", "application/json"), 415,
                  "\"status\":415", "posted"},
                 {"a form where JSON is taken",
                  [] {
                    auto r = post("/api/draft");
                    r.method = Method::patch;
                    return r;
                  }(),
                  415, "must be JSON", "saved"},
             });
  const Pipeline pipeline = house.pipeline();
  CHECK(header(pipeline.handle(post("/staff/export")), "Allow") == "GET, HEAD");
  Request options = get("/open");
  options.method = Method::options;
  CHECK(pipeline.handle(options).status == 405);
  CHECK(header(pipeline.handle(options), "Allow") == "GET, HEAD, POST");
  CHECK(pipeline.route_of(Method::post, "/open")->body_limit == 1000);
  CHECK(pipeline.route_of(Method::post, "/nowhere") == nullptr);
}

TEST_CASE("what breaks says nothing of itself") {
  House house;
  run(house, {
                 {"a handler", get("/throw/private-link"), 500, "<h1>500</h1>", "secret"},
                 {"the sessions", with(get("/open"), "Cookie", "__Host-session=broken"), 500, "<h1>500</h1>", "odd"},
                 {"the error page itself",
                  [] {
                    auto r = get("/throw/x");
                    r.query = "break-the-page";
                    return r;
                  }(),
                  500, "The fault is ours", "no layout"},
                 {"a bare status", get("/bare"), 404, "<h1>404</h1>", "X-Kept"},
             });
  const Response bare = house.pipeline().handle(get("/bare"));
  CHECK(header(bare, "X-Kept") == "1");
}

TEST_CASE("a database that is away is no fault of the program: try again") {
  House house;
  run(house,
      {{"a page", with(get("/open"), "Cookie", "__Host-session=away"), 503, "<h1>503</h1>", "the database is away"}});
  const Response away = house.pipeline().handle(with(get("/open"), "Cookie", "__Host-session=away"));
  CHECK(header(away, "Retry-After") == "2");
}

TEST_CASE("programs get problem+json") {
  House house;
  const Pipeline pipeline = house.pipeline();
  const auto type = [&](const Request& request) { return header(pipeline.handle(request), "Content-Type"); };
  CHECK(type(get("/nowhere")) == "text/html; charset=utf-8");
  CHECK(type(with(get("/nowhere"), "Accept", "application/json")) == "application/problem+json");
  CHECK(type(with(get("/nowhere"), "Accept", "application/problem+json, */*")) == "application/problem+json");
  CHECK(type(with(get("/nowhere"), "Accept", "text/html, application/json")) == "text/html; charset=utf-8");
  CHECK(type(get("/api/nowhere")) == "application/problem+json");
  const std::string told = body(pipeline.handle(with(get("/api/nowhere"), "Accept-Language", "es")));
  CHECK(told.find("\"type\":\"/problems/problem.status.404\"") != std::string::npos);
  CHECK(told.find("\"title\":\"Si escribió") != std::string::npos);
  CHECK(told.find("\"request_id\":\"req-1\"") != std::string::npos);
}

TEST_CASE("every answer of every status carries the security headers") {
  House house;
  const Pipeline pipeline = house.pipeline();
  std::vector<Response> answers = {pipeline.handle(get("/open")),
                                   pipeline.handle(get("/who/x")),
                                   pipeline.handle(get("/nowhere")),
                                   pipeline.handle(get("/throw/x")),
                                   pipeline.handle(post("/staff/export")),
                                   pipeline.handle(with(post("/open"), "Origin", "null")),
                                   pipeline.handle(with(post("/open"), "Content-Type", "x/y")),
                                   pipeline.handle(get("/api/none")),
                                   pipeline.handle(get("/bare"))};
  for (const int status : {400, 408, 413, 429, 431, 503}) {
    answers.push_back(pipeline.refusal(get("/x"), status));
    CHECK(answers.back().status == status);
    CHECK(body(answers.back()).find("problem.status") == std::string::npos);  // words, not keys
  }
  for (const Response& response : answers) {
    CAPTURE(response.status);
    CHECK(header(response, "Content-Security-Policy") ==
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src "
          "'self'; worker-src 'self'; "
          "manifest-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
    CHECK(header(response, "X-Content-Type-Options") == "nosniff");
    CHECK(header(response, "Referrer-Policy") == "same-origin");
    CHECK(header(response, "Permissions-Policy").find("camera=()") != std::string::npos);
    CHECK(header(response, "Cross-Origin-Opener-Policy") == "same-origin");
    CHECK(header(response, "Cross-Origin-Resource-Policy") == "same-origin");
    CHECK(header(response, "Strict-Transport-Security") == "max-age=31536000; includeSubDomains");
    CHECK(header(response, "Cache-Control") == "no-store");
    CHECK(header(response, "X-Request-Id") == "req-1");
  }
  CHECK(header(pipeline.refusal(get("/x"), 503), "Retry-After") == "2");
  Request plain = get("/open");
  plain.secure = false;
  CHECK(header(pipeline.handle(plain), "Strict-Transport-Security") == "");
}

TEST_CASE("a handler's own policy stays") {
  Headers headers;
  headers.add("content-security-policy", "sandbox");
  add_security_headers(headers, false);
  CHECK(headers.find("Content-Security-Policy") == "sandbox");
  CHECK(headers.find("X-Content-Type-Options") == "nosniff");
}

TEST_CASE("language: asked for, remembered, preferred") {
  House house;
  const Pipeline pipeline = house.pipeline();
  const auto asked = [](std::string query, std::string cookie, std::string accept) {
    Request request = get("/who/me");
    request.query = std::move(query);
    request.headers.add("Cookie", std::move(cookie));
    request.headers.add("Accept-Language", std::move(accept));
    return request;
  };
  CHECK(pipeline.locale_of(asked("", "", "")) == "en");
  CHECK(pipeline.locale_of(asked("", "", "es-MX")) == "es");
  CHECK(pipeline.locale_of(asked("", "__Host-lang=es", "en")) == "es");
  CHECK(pipeline.locale_of(asked("lang=en", "__Host-lang=es", "es")) == "en");
  CHECK(pipeline.locale_of(asked("lang=xx", "__Host-lang=yy", "es")) == "es");
  const Response answer = pipeline.handle(asked("lang=es", "", "en"));
  CHECK(header(answer, "Set-Cookie") == "__Host-lang=es; Path=/; SameSite=Lax; Secure; HttpOnly; Max-Age=31536000");
  CHECK(header(answer, "Content-Language") == "es");
  CHECK(body(answer) == "me||es|");
  CHECK(header(pipeline.handle(asked("lang=xx", "", "")), "Set-Cookie") == "");
  CHECK(header(pipeline.handle(asked("lang=es", "__Host-lang=es", "")), "Set-Cookie") == "");
  CHECK(header(pipeline.handle(asked("", "", "es")), "Set-Cookie") == "");
}

TEST_CASE("too many requests wait their turn") {
  House house;
  RateLimiter limiter(RateLimits{.read = {2, 1}, .write = {1, 0.1}, .costly = {1, 1}, .keys = 1000});
  house.limiter = &limiter;
  Metrics metrics;
  house.metrics = &metrics;
  const Pipeline pipeline = house.pipeline();
  CHECK(pipeline.handle(get("/open")).status == 200);
  CHECK(pipeline.handle(get("/nowhere")).status == 404);
  const Response refused = pipeline.handle(get("/open"));
  CHECK(refused.status == 429);
  CHECK(header(refused, "Retry-After") == "1");
  CHECK(body(refused).find("open") == std::string::npos);
  CHECK(pipeline.handle(post("/open")).status == 200);  // a bucket of its own
  CHECK(header(pipeline.handle(post("/open")), "Retry-After") == "10");
  Request other = with(get("/open"), "X-Forwarded-For", "198.51.100.1");
  CHECK(pipeline.handle(other).status == 429);  // the peer counts, not what the client claims
  other.peer = "198.51.100.1";
  CHECK(pipeline.handle(other).status == 200);
  house.clock.advance(std::chrono::seconds(1));
  CHECK(pipeline.handle(get("/open")).status == 200);
  const std::string text = metrics.text();
  CHECK(text.find("bursary_requests_total{method=\"GET\",route=\"/open\",status=\"2xx\"} 3") != std::string::npos);
  CHECK(text.find("bursary_requests_total{method=\"GET\",route=\"/open\",status=\"4xx\"} 2") != std::string::npos);
  CHECK(text.find("bursary_requests_total{method=\"none\",route=\"none\",status=\"4xx\"} 1") != std::string::npos);
  CHECK(text.find("bursary_request_seconds_count{method=\"POST\",route=\"/open\"} 2") != std::string::npos);
}
