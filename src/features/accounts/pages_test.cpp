// Through the router, without a socket.
#include <doctest/doctest.h>

#include "features/accounts/accounts.h"
#include "tests/support/databases.h"
#include "web/pipeline.h"
#include "web/response.h"

using namespace bursary;
using namespace bursary::accounts;
using namespace std::chrono_literals;

namespace {

class House {
 public:
  explicit House(db::Database& database)
      : ids_(clock, 0),
        programs_(std::move(programs::Programs::open({}, problems_).value())),
        parts{database, clock, random_, ids_, *programs_, "https://apply.example.org", std::string(32, 's')},
        sessions(open_sessions(parts)) {
    add_routes(router_, parts);
    router_.add({web::Method::get, "/staff", web::Permission::read_applications,
                 [](const web::Request&, const web::Context& context) {
                   return web::plain_text("console of " + context.viewer.name);
                 }});
    pipeline_ = std::make_unique<web::Pipeline>(
        web::PipelineParts{router_, clock, *sessions, [this] { return programs_->current()->phrasebooks; },
                           [](const web::Request&, const web::Context&, int status, const Error&) {
                             return web::plain_text("refused", status);
                           },
                           std::string(32, 'f')});
  }

  web::Response send(web::Method method, const std::string& path, const std::string& body = {}) {
    web::Request request;
    request.method = method;
    request.path = path;
    request.secure = true;
    request.peer = "203.0.113.9";
    request.received = clock.now();
    request.headers.add("Host", "apply.example.org");
    if (!cookie.empty()) request.headers.add("Cookie", cookie);
    if (method == web::Method::post) {
      request.headers.add("Origin", origin);
      request.headers.add("Content-Type", "application/x-www-form-urlencoded");
      request.body = std::make_shared<web::MemoryBody>(body);
    }
    return pipeline_->handle(request);
  }

  std::string cookie;
  std::string origin = "https://apply.example.org";
  FakeClock clock{Instant{1'772'357'401'000'000}};

 private:
  SystemRandom random_;
  IdSource ids_;
  std::vector<programs::Problem> problems_;
  std::unique_ptr<programs::Programs> programs_;
  web::Router router_;
  std::unique_ptr<web::Pipeline> pipeline_;

 public:
  Parts parts;
  std::unique_ptr<web::Sessions> sessions;
};

std::string text_of(const web::Response& response) { return std::get<std::string>(response.body); }
std::string header_of(const web::Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(std::string_view{}));
}
bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// "__Host-session=…" of a Set-Cookie line.
std::string pair_of(const std::string& set_cookie) { return set_cookie.substr(0, set_cookie.find(';')); }

std::string token_in(const std::string& page) {
  const std::string mark = "name=\"_token\" value=\"";
  const auto at = page.find(mark);
  return at == std::string::npos ? std::string()
                                 : page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
}

}  // namespace

TEST_CASE("GET and HEAD of a link change nothing; its button opens the console") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    const std::string link = make_staff_link(house.parts, 15min);
    const auto writes = database.figures().writes;
    for (const web::Method method : {web::Method::get, web::Method::head, web::Method::get}) {
      const web::Response page = house.send(method, link);
      CHECK(page.status == 200);
      CHECK(header_of(page, "Set-Cookie").empty());
      CHECK(header_of(page, "Cache-Control") == "no-store");
    }
    CHECK(database.figures().writes == writes);
    CHECK(holds(text_of(house.send(web::Method::get, link)), "<form method=\"post\" action=\"" + link + "\""));

    const web::Response opened = house.send(web::Method::post, link);
    CHECK(opened.status == 303);
    CHECK(header_of(opened, "Location") == "/staff");
    const std::string cookie = header_of(opened, "Set-Cookie");
    CHECK(cookie.starts_with("__Host-session="));
    for (const char* attribute : {"; Path=/", "; SameSite=Lax", "; Secure", "; HttpOnly", "; Max-Age=604800"})
      CHECK(holds(cookie, attribute));
    CHECK_FALSE(holds(cookie, "Domain"));
    CHECK_FALSE(holds(cookie, link.substr(link.rfind('/') + 1)));

    CHECK(house.send(web::Method::get, "/staff").status == 404);
    house.cookie = pair_of(cookie);
    CHECK(text_of(house.send(web::Method::get, "/staff")) == "console of Administrator");
  });
}

TEST_CASE("a link that cannot be used says why and opens nothing") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    const std::string replaced = make_staff_link(house.parts, 15min);
    house.clock.advance(1s);
    const std::string used = make_staff_link(house.parts, 15min);
    CHECK(house.send(web::Method::post, used).status == 303);
    const std::string expired = make_staff_link(house.parts, 15min);
    house.clock.advance(15min);
    const std::pair<std::string, const char*> cases[] = {{used, "used already"},
                                                         {replaced, "newer link"},
                                                         {expired, "run out"},
                                                         {"/staff/link/never-made", "not complete"},
                                                         {"/staff/link/<script>alert(1)", "not complete"}};
    for (const auto& [link, why] : cases) {
      for (const web::Method method : {web::Method::get, web::Method::post}) {
        const web::Response page = house.send(method, link);
        CHECK(page.status == 404);
        CHECK(header_of(page, "Set-Cookie").empty());
        CHECK_MESSAGE(holds(text_of(page), why), link);
        CHECK_FALSE(holds(text_of(page), "<form method=\"post\" action=\"/staff/link"));
        CHECK_FALSE(holds(text_of(page), "<script>alert"));
      }
    }
  });
}

TEST_CASE("a link posted from another site opens nothing and stays usable") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    const std::string link = make_staff_link(house.parts, 15min);
    house.origin = "https://evil.example";
    CHECK(house.send(web::Method::post, link).status == 403);
    house.origin = "https://apply.example.org";
    CHECK(house.send(web::Method::post, link).status == 303);
  });
}

TEST_CASE("a planted session cookie is not taken over") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    house.cookie = "__Host-session=" + std::string(43, 'A');
    const std::string cookie =
        pair_of(header_of(house.send(web::Method::post, make_staff_link(house.parts, 15min)), "Set-Cookie"));
    CHECK(cookie != house.cookie);
    CHECK(house.send(web::Method::get, "/staff").status == 404);
    // A cookie without the prefix is no session where there is TLS.
    house.cookie = cookie.substr(std::string("__Host-").size());
    CHECK(house.send(web::Method::get, "/staff").status == 404);
    house.cookie = cookie;
    CHECK(house.send(web::Method::get, "/staff").status == 200);
  });
}

TEST_CASE("log out ends the session and the cookie, and only by a post with its token") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    house.cookie = pair_of(header_of(house.send(web::Method::post, make_staff_link(house.parts, 15min)), "Set-Cookie"));
    const std::string page = text_of(house.send(web::Method::get, "/staff/sign-in"));
    CHECK(holds(page, "signed in as Administrator"));
    CHECK(house.send(web::Method::get, "/staff/log-out").status == 405);
    CHECK(house.send(web::Method::post, "/staff/log-out").status == 403);
    CHECK(house.send(web::Method::get, "/staff").status == 200);
    const web::Response out = house.send(web::Method::post, "/staff/log-out", "_token=" + token_in(page));
    CHECK(out.status == 303);
    CHECK(header_of(out, "Location") == "/staff/sign-in");
    CHECK(holds(header_of(out, "Set-Cookie"), "__Host-session=; "));
    CHECK(holds(header_of(out, "Set-Cookie"), "Max-Age=0"));
    CHECK(house.send(web::Method::get, "/staff").status == 404);  // also for who kept the cookie
  });
}

TEST_CASE("the sign-in page says how, in both languages, to anyone") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    const web::Response page = house.send(web::Method::get, "/staff/sign-in");
    CHECK(page.status == 200);
    CHECK(holds(text_of(page), "<code>bursary staff link</code>"));
    CHECK(holds(text_of(page), "noindex"));
    house.cookie = "__Host-lang=es";
    CHECK(holds(text_of(house.send(web::Method::get, "/staff/sign-in")), "En el servidor, ejecute"));
  });
}
