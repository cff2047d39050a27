// A pipeline with a few routes and one session, and the requests that tests of it send.
#pragma once
#include <doctest/doctest.h>

#include <stdexcept>

#include "base/crypto.h"
#include "base/unavailable.h"
#include "web/pipeline.h"

namespace bursary::web {

inline constexpr const char* kSecret = "the-session-secret";

class OneSession final : public Sessions {
 public:
  std::optional<Viewer> find(std::string_view secret, Instant) override {
    ++asked;
    if (secret == "broken") throw std::runtime_error("the database is odd");
    if (secret == "away") throw Unavailable("the database is away");
    if (secret != kSecret) return std::nullopt;
    Viewer viewer;
    viewer.person = PersonId{7};
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

inline Request get(std::string path) {
  Request request;
  request.path = std::move(path);
  request.peer = "203.0.113.7";
  request.secure = true;
  request.id = "req-1";
  request.headers.add("Host", "apply.example.org");
  request.headers.add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
  return request;
}

inline Request post(std::string path, std::string body = "a=1") {
  Request request = get(std::move(path));
  request.method = Method::post;
  request.headers.add("Origin", "https://apply.example.org");
  request.headers.add("Sec-Fetch-Site", "same-origin");
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = std::make_shared<MemoryBody>(std::move(body));
  return request;
}

inline Request with(Request request, std::string_view name, std::string value) {
  request.headers.set(name, std::move(value));
  return request;
}

inline Request signed_in(Request request) {
  return with(std::move(request), "Cookie", std::string("__Host-session=") + kSecret);
}

inline std::string body(const Response& response) { return std::get<std::string>(response.body); }
inline std::string header(const Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}

inline std::string token() { return form_token("form-secret", kSecret); }

struct Scenario {
  const char* name;
  Request request;
  int status;
  const char* said;      // must appear
  const char* not_said;  // must not
};

inline void run(House& house, const std::vector<Scenario>& scenarios) {
  const Pipeline pipeline = house.pipeline();
  for (const Scenario& scenario : scenarios) {
    CAPTURE(scenario.name);
    const Response response = pipeline.handle(scenario.request);
    CHECK(response.status == scenario.status);
    CHECK(body(response).find(scenario.said) != std::string::npos);
    CHECK(body(response).find(scenario.not_said) == std::string::npos);
  }
}

}  // namespace bursary::web
