// Requests under /api/v1 through the whole pipeline: who is somebody there, what refusals look like, what is counted.
#include <boost/json.hpp>

#include "web/operation.h"
#include "web/pipeline.h"
#include "web/rate_limit.h"
#include "web/trial_pipeline.h"

using namespace bursary;
using namespace bursary::web;

namespace {

class OneToken final : public Sessions {
 public:
  std::optional<Viewer> find(std::string_view, Instant) override {
    ++sessions;
    Viewer viewer;
    viewer.person = PersonId{7};
    viewer.permissions = {"read_applications", "screen_applications"};
    return viewer;
  }
  std::optional<Viewer> find_token(std::string_view token, Instant) override {
    if (token != "good") return std::nullopt;
    Viewer viewer;
    viewer.person = PersonId{7};
    viewer.token = 9;
    viewer.permissions = {"read_applications"};
    return viewer;
  }
  int sessions = 0;
};

std::shared_ptr<const Operation> described(std::string id, bool takes = false) {
  auto operation = std::make_shared<Operation>();
  operation->id = std::move(id);
  operation->tag = "program";
  operation->summary = "A trial";
  operation->gives = {{200, "It."}};
  if (takes) operation->takes = object({});
  return operation;
}

struct Api {
  Api() {
    crypto_ready();
    const auto say = [](const char* what) {
      return [what](const Request&, const Context&) { return json(std::string("{\"said\":\"") + what + "\"}"); };
    };
    const auto add = [&](Method method, const char* path, Permission permission, const char* id) {
      Route route{method, path, permission, say(id)};
      const bool takes = method != Method::get;
      if (takes) {
        route.body = BodyKind::json;
        route.body_limit = 100;
      }
      route.operation = described(id, takes);
      router.add(std::move(route));
    };
    add(Method::get, "/api/v1/list", Permission::read_applications, "list");
    add(Method::post, "/api/v1/list", Permission::read_applications, "change");
    add(Method::get, "/api/v1/audit", Permission::read_audit, "audit");
    add(Method::get, "/api/v1/open", Permission::anyone, "open");
  }
  Pipeline pipeline() {
    PipelineParts parts{router, clock, sessions, [this] { return books; }, nullptr, "form-secret"};
    parts.rate_limiter = limiter;
    return Pipeline(std::move(parts));
  }
  Router router;
  FakeClock clock{Instant{1'800'000'000'000'000}};
  OneToken sessions;
  std::shared_ptr<const html::Phrasebooks> books = html::Phrasebooks::build({"en", "es"}, {});
  RateLimiter* limiter = nullptr;
};

Request bearing(Request request, const std::string& sent = "Bearer good") {
  return with(std::move(request), "Authorization", sent);
}
Request post_json(std::string path, std::string sent = "{}") {
  Request request = with(post(std::move(path), std::move(sent)), "Content-Type", "application/json");
  request.headers.set("Origin", "https://evil.example");
  request.headers.set("Sec-Fetch-Site", "cross-site");
  return request;
}

}  // namespace

TEST_CASE("only a good token is somebody under /api/v1") {
  Api api;
  const Pipeline pipeline = api.pipeline();
  struct {
    const char* name;
    Request request;
    int status;
    const char* challenge;
  } const cases[] = {
      {"no token", get("/api/v1/list"), 401, R"(Bearer realm="bursary")"},
      {"a session", signed_in(get("/api/v1/list")), 401, R"(Bearer realm="bursary")"},
      {"no such token", bearing(get("/api/v1/list"), "Bearer bad"), 401,
       R"(Bearer realm="bursary", error="invalid_token")"},
      {"another scheme", bearing(get("/api/v1/list"), "Basic good"), 401,
       R"(Bearer realm="bursary", error="invalid_token")"},
      {"nothing there, and no token", get("/api/v1/none"), 401, R"(Bearer realm="bursary")"},
      {"the root", get("/api/v1"), 401, R"(Bearer realm="bursary")"},
      {"a good one", bearing(get("/api/v1/list")), 200, ""},
      {"the scheme in capitals", bearing(get("/api/v1/list"), "BEARER good"), 200, ""},
      {"from another site, for no browser sends a token by itself", bearing(post_json("/api/v1/list")), 200, ""},
      {"where its scopes do not reach", bearing(get("/api/v1/audit")), 404, ""},
      {"nothing there", bearing(get("/api/v1/none")), 404, ""},
      {"open to everybody", get("/api/v1/open"), 200, ""},
      {"open, and a bad token", bearing(get("/api/v1/open"), "Bearer bad"), 200, ""},
      {"another method", bearing(post_json("/api/v1/open")), 405, ""},
      {"a form", bearing(post("/api/v1/list")), 415, ""},
      {"a large body", bearing(post_json("/api/v1/list", std::string(101, ' '))), 413, ""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const Response response = pipeline.handle(one.request);
    CHECK(response.status == one.status);
    CHECK(header(response, "WWW-Authenticate") == one.challenge);
    if (response.status >= 400) CHECK(header(response, "Content-Type") == "application/problem+json");
    CHECK(header(response, "Cache-Control") == "no-store");
  }
  CHECK(api.sessions.sessions == 0);
  // Word for word the same, whether there is something or not.
  CHECK(body(pipeline.handle(bearing(get("/api/v1/audit")))) == body(pipeline.handle(bearing(get("/api/v1/none")))));
}

TEST_CASE("a token is nobody on the pages") {
  Api api;
  api.router.add({Method::get, "/staff/list", Permission::read_applications,
                  [](const Request&, const Context&) { return plain_text("secret"); }});
  CHECK(api.pipeline().handle(bearing(get("/staff/list"))).status == 404);
}

TEST_CASE("a refusal of the API says what, where and under which id, in the language that was asked for") {
  Api api;
  const Response response = api.pipeline().handle(with(bearing(get("/api/v1/none")), "Accept-Language", "es"));
  const auto told = boost::json::parse(body(response)).as_object();
  CHECK(told.at("title") == "No encontrado");
  CHECK(told.at("status") == 404);
  CHECK(told.at("type") == "/problems/problem.api.status.404");
  CHECK(told.at("request_id") == "req-1");
  CHECK(std::string_view(told.at("detail").as_string()).starts_with("Aquí no hay nada"));
  const auto& phrases = api.books->get("en");
  const Error error{ErrorKind::invalid,
                    "problem.api.request.body",
                    {},
                    {{"due", "problem.api.missing"}, {"/a/0", "problem.api.nul"}, {"?q", "problem.api.twice"}}};
  const auto fields = boost::json::parse(body(api_problem(error, 400, phrases, "r"))).at("errors").as_array();
  CHECK(fields.at(0).at("pointer") == "/due");
  CHECK(fields.at(1).at("pointer") == "/a/0");
  CHECK(fields.at(2).at("parameter") == "q");
  CHECK(status_of(error) == 400);
  CHECK(status_of(Error{ErrorKind::conflict, "problem.api.changed", {}, {}}) == 412);
  // ?lang= is for pages; no answer of the API sets a cookie.
  Request asked = bearing(get("/api/v1/list"));
  asked.query = "lang=es";
  CHECK(header(api.pipeline().handle(asked), "Set-Cookie").empty());
}

TEST_CASE("requests are counted by token, whatever address they come from, and told") {
  Api api;
  RateLimiter limiter(RateLimits{.read = {2, 0.5}, .write = {1, 1}, .costly = {1, 1}, .keys = 1000});
  api.limiter = &limiter;
  const Pipeline pipeline = api.pipeline();
  Request request = bearing(get("/api/v1/list"));
  const Response first = pipeline.handle(request);
  CHECK(first.status == 200);
  CHECK(header(first, "RateLimit-Policy") == R"("token";q=2;w=4)");
  CHECK(header(first, "RateLimit") == R"("token";r=1;t=4)");
  request.peer = "198.51.100.1";
  CHECK(header(pipeline.handle(request), "RateLimit") == R"("token";r=0;t=4)");
  const Response refused = pipeline.handle(request);
  CHECK(refused.status == 429);
  CHECK(header(refused, "Retry-After") == "2");
  CHECK(header(refused, "RateLimit") == R"("token";r=0;t=2)");
  // Whoever has no token is counted by address, and takes nothing of anybody's.
  CHECK(pipeline.handle(get("/api/v1/list")).status == 401);
  CHECK(pipeline.handle(bearing(get("/api/v1/list"), "Bearer bad")).status == 401);
  CHECK(pipeline.handle(get("/api/v1/list")).status == 429);
}

TEST_CASE("a route of the API without a description, or with half of one, is refused at start") {
  const auto handler = [](const Request&, const Context&) { return plain_text(""); };
  const auto route = [&](std::shared_ptr<const Operation> operation, const char* path = "/api/v1/x/{id}") {
    Route made{Method::get, path, Permission::staff, handler};
    made.operation = std::move(operation);
    return made;
  };
  Router router;
  CHECK_THROWS_AS(router.add(route(nullptr)), std::logic_error);
  CHECK_THROWS_AS(router.add(route(described("x"))), std::logic_error);  // {id} is not said
  auto whole = std::make_shared<Operation>(*described("x"));
  whole->parameters.push_back({"id", Parameter::In::path, "", text(), true});
  CHECK_THROWS_AS(router.add(route(whole, "/elsewhere/{id}")), std::logic_error);
  auto untold = std::make_shared<Operation>(*whole);
  untold->gives.clear();
  CHECK_THROWS_AS(router.add(route(untold)), std::logic_error);
  auto taking = std::make_shared<Operation>(*whole);
  taking->takes = object({});
  CHECK_THROWS_AS(router.add(route(taking)), std::logic_error);  // a GET has no body
  auto other = std::make_shared<Operation>(*whole);
  other->parameters.push_back({"other", Parameter::In::path, "", text(), true});
  CHECK_THROWS_AS(router.add(route(other)), std::logic_error);
  CHECK_NOTHROW(router.add(route(whole)));
}
