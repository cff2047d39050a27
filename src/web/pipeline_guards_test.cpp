// Who may call what, and from where: for each request, what must be in the answer and what must not.
#include "web/trial_pipeline.h"

using namespace bursary;
using namespace bursary::web;

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
