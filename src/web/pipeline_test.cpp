// Requests as values through the whole pipeline: for each, what must be in the answer and what must not.
#include "web/pipeline.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "base/crypto.h"
#include "base/unavailable.h"
#include "web/metrics.h"
#include "web/rate_limit.h"

using namespace bursary;
using namespace bursary::web;

namespace {

constexpr const char* kSecret = "the-session-secret";

class OneSession final : public Sessions {
 public:
  std::optional<Viewer> find(std::string_view secret, Instant) override {
    ++asked;
    if (secret == "broken") throw std::runtime_error("the database is odd");
    if (secret == "away") throw Unavailable("the database is away");
    if (secret != kSecret) return std::nullopt;
    Viewer viewer;
    viewer.staff = StaffId{7};
    viewer.permissions = permissions;
    return viewer;
  }
  std::set<std::string, std::less<>> permissions{"read_applications"};
  int asked = 0;
};

struct House {
  House() {
    crypto_ready();
    const auto say = [](const char* text) {
      return [text](const Request&, const Context&) { return plain_text(text); };
    };
    router.add({Method::get, "/open", Permission::anyone, say("open")});
    router.add({Method::post, "/open", Permission::anyone, say("posted"), 1000, BodyKind::form});
    router.add({Method::get, "/staff/list", Permission::read_applications, say("secret list")});
    router.add({Method::post, "/staff/list", Permission::read_applications, say("changed"), 1000, BodyKind::form});
    router.add({Method::get, "/staff/export", Permission::export_applications, say("secret export")});
    router.add({Method::get, "/metrics", Permission::operate, say("secret metrics")});
    router.add({Method::patch, "/api/draft", Permission::anyone, say("saved"), 1000, BodyKind::json});
    router.add({Method::get, "/throw/{token}", Permission::holder,
                [](const Request&, const Context&) -> Response { throw std::runtime_error("secret detail"); }});
    router.add({Method::get, "/bare", Permission::anyone, [](const Request&, const Context&) {
                  Response response;
                  response.status = 404;
                  response.headers.add("X-Kept", "1");
                  return response;
                }});
    router.add({Method::get, "/who/{name}", Permission::anyone, [](const Request&, const Context& context) {
                  return html_page(html::SafeHtml::trusted(context.path_value("name") + "|" +
                                                           context.path_value("none") + "|" + context.phrases.tag() +
                                                           "|" + context.form_token));
                }});
  }

  Pipeline pipeline() {
    PipelineParts parts{router,
                        clock,
                        sessions,
                        [this] { return books; },
                        [](const Request& request, const Context& context, int status, const Error& error) {
                          if (request.query == "break-the-page") throw std::runtime_error("no layout");
                          return html_page(html::SafeHtml::trusted("<h1>" + std::to_string(status) + "</h1>" +
                                                                   context.phrases.text(error.message)),
                                           status);
                        },
                        "form-secret"};
    parts.rate_limiter = limiter;
    parts.metrics = metrics;
    parts.operator_token = operator_token;
    return Pipeline(std::move(parts));
  }

  Router router;
  FakeClock clock{Instant{1'800'000'000'000'000}};
  OneSession sessions;
  std::shared_ptr<const html::Phrasebooks> books = html::Phrasebooks::build({"en", "es"}, {});
  RateLimiter* limiter = nullptr;
  Metrics* metrics = nullptr;
  std::string operator_token;
};

Request get(std::string path) {
  Request request;
  request.path = std::move(path);
  request.peer = "203.0.113.7";
  request.secure = true;
  request.id = "req-1";
  request.headers.add("Host", "apply.example.org");
  request.headers.add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
  return request;
}

Request post(std::string path, std::string body = "a=1") {
  Request request = get(std::move(path));
  request.method = Method::post;
  request.headers.add("Origin", "https://apply.example.org");
  request.headers.add("Sec-Fetch-Site", "same-origin");
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = std::make_shared<MemoryBody>(std::move(body));
  return request;
}

Request with(Request request, std::string name, std::string value) {
  request.headers.set(name, std::move(value));
  return request;
}

Request signed_in(Request request) {
  return with(std::move(request), "Cookie", std::string("__Host-session=") + kSecret);
}

std::string body(const Response& response) { return std::get<std::string>(response.body); }
std::string header(const Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}

std::string token() { return form_token("form-secret", kSecret); }

struct Scenario {
  const char* name;
  Request request;
  int status;
  const char* said;      // must appear
  const char* not_said;  // must not
};

void run(House& house, const std::vector<Scenario>& scenarios) {
  const Pipeline pipeline = house.pipeline();
  for (const Scenario& scenario : scenarios) {
    CAPTURE(scenario.name);
    const Response response = pipeline.handle(scenario.request);
    CHECK(response.status == scenario.status);
    CHECK(body(response).find(scenario.said) != std::string::npos);
    CHECK(body(response).find(scenario.not_said) == std::string::npos);
  }
}

}  // namespace

TEST_CASE("who may call what") {
  House house;
  run(house, {
                 {"anyone", get("/open"), 200, "open", "404"},
                 {"HEAD is GET",
                  [] {
                    auto r = get("/open");
                    r.method = Method::head;
                    return r;
                  }(),
                  200, "open", "404"},
                 {"no such path", get("/nowhere"), 404, "<h1>404</h1>", "secret"},
                 {"staff page for a stranger reads as not found", get("/staff/list"), 404, "<h1>404</h1>", "secret"},
                 {"a forged session is none", with(get("/staff/list"), "Cookie", "__Host-session=guess"), 404, "404",
                  "secret"},
                 {"a cookie without prefix is none",
                  with(get("/staff/list"), "Cookie", std::string("session=") + kSecret), 404, "404", "secret"},
                 {"staff", signed_in(get("/staff/list")), 200, "secret list", "404"},
                 {"staff without that permission", signed_in(get("/staff/export")), 404, "404", "secret"},
                 {"metrics for a stranger", get("/metrics"), 404, "404", "secret"},
                 {"metrics for staff", signed_in(get("/metrics")), 404, "404", "secret"},
                 {"metrics on this machine",
                  [] {
                    auto r = get("/metrics");
                    r.peer = "127.0.0.1";
                    return r;
                  }(),
                  200, "secret metrics", "404"},
                 {"metrics through a proxy on this machine",
                  [] {
                    auto r = get("/metrics");
                    r.peer = "::1";
                    r.headers.add("X-Forwarded-For", "127.0.0.1");
                    return r;
                  }(),
                  404, "404", "secret"},
                 {"an empty operator's token opens nothing", with(get("/metrics"), "Authorization", "Bearer "), 404,
                  "404", "secret"},
             });
  house.operator_token = "op-token";
  run(house, {
                 {"the operator's token", with(get("/metrics"), "Authorization", "Bearer op-token"), 200,
                  "secret metrics", "404"},
                 {"another token", with(get("/metrics"), "Authorization", "Bearer op-tokem"), 404, "404", "secret"},
             });
}

TEST_CASE("a post must come from this site's own pages") {
  House house;
  const auto without = [](Request request, std::string_view name) {
    Headers kept;
    for (const auto& [key, value] : request.headers.lines()) {
      if (key != name) kept.add(key, value);
    }
    request.headers = kept;
    return request;
  };
  const char* told = "another site";
  run(house,
      {
          {"both headers", post("/open"), 200, "posted", told},
          {"Origin alone", without(post("/open"), "Sec-Fetch-Site"), 200, "posted", told},
          {"Sec-Fetch-Site alone", without(post("/open"), "Origin"), 200, "posted", told},
          {"neither", without(without(post("/open"), "Origin"), "Sec-Fetch-Site"), 403, told, "posted"},
          {"another origin", with(post("/open"), "Origin", "https://evil.example"), 403, told, "posted"},
          {"an origin that begins alike", with(post("/open"), "Origin", "https://apply.example.org.evil.example"), 403,
           told, "posted"},
          {"another port", with(post("/open"), "Origin", "https://apply.example.org:8443"), 403, told, "posted"},
          {"the usual port is the same", with(post("/open"), "Origin", "https://APPLY.example.org:443"), 200, "posted",
           told},
          {"plain http under TLS", with(post("/open"), "Origin", "http://apply.example.org"), 403, told, "posted"},
          {"null", with(post("/open"), "Origin", "null"), 403, told, "posted"},
          {"empty", with(post("/open"), "Origin", ""), 403, told, "posted"},
          {"scheme alone", with(post("/open"), "Origin", "https://"), 403, told, "posted"},
          {"same site is not same origin", with(post("/open"), "Sec-Fetch-Site", "same-site"), 403, told, "posted"},
          {"cross-site", with(post("/open"), "Sec-Fetch-Site", "cross-site"), 403, told, "posted"},
          {"none", with(post("/open"), "Sec-Fetch-Site", "none"), 403, told, "posted"},
          {"no Host", with(post("/open"), "Host", ""), 403, told, "posted"},
          {"JSON too",
           with(with(
                    [] {
                      auto r = post("/api/draft", "{}");
                      r.method = Method::patch;
                      return r;
                    }(),
                    "Content-Type", "application/json"),
                "Origin", "https://evil.example"),
           403, told, "saved"},
      });
}

TEST_CASE("with a session a post needs its token") {
  House house;
  const char* told = "open too long";
  run(house,
      {
          {"no token", signed_in(post("/staff/list")), 403, told, "changed"},
          {"in the form", signed_in(post("/staff/list", "x=1&_token=" + token())), 200, "changed", told},
          {"in the header", with(signed_in(post("/staff/list")), "X-Form-Token", token()), 200, "changed", told},
          {"of another session", signed_in(post("/staff/list", "_token=" + form_token("form-secret", "another"))), 403,
           told, "changed"},
          {"of another key", signed_in(post("/staff/list", "_token=" + form_token("other-secret", kSecret))), 403, told,
           "changed"},
          {"the session's own secret", signed_in(post("/staff/list", std::string("_token=") + kSecret)), 403, told,
           "changed"},
          {"also on public pages", signed_in(post("/open")), 403, told, "posted"},
          {"a stranger has no token", post("/open"), 200, "posted", told},
          {"a broken form tells so", signed_in(post("/staff/list", "a=%")), 400, "percent escape", "changed"},
      });
}

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
  const auto type = [&](Request request) { return header(pipeline.handle(request), "Content-Type"); };
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

TEST_CASE("the session's secret and token go where they belong") {
  House house;
  const Pipeline pipeline = house.pipeline();
  CHECK(body(pipeline.handle(get("/who/x"))) == "x||en|");
  CHECK(house.sessions.asked == 0);  // no cookie, no look-up
  CHECK(body(pipeline.handle(signed_in(get("/who/x")))) == "x||en|" + token());
  CHECK(token().size() == 43);
  CHECK(token() != form_token("form-secret", "other"));
  CHECK(token() != form_token("other", kSecret));
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
