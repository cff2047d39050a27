// Every route that changes something, as the house really has it: who may be made to post there by another site's page.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/house.h"
#include "base/crypto.h"
#include "tests/support/databases.h"

using namespace bursary;

namespace {

// Guarded by their origin and by the token of their own draft or link, because their page knows no session. Whoever
// adds one must say here why it does the same for a stranger.
const std::vector<std::string> of_page = {
    "POST /application/{link}",  // holder of a link: the link's token
    "POST /apply",               // the stored form: makes an application of its own
    "POST /apply/draft",         // the stored form: makes a draft of its own
    "POST /draft/{link}",        // holder of a link: the link's token
    "POST /log-in",              // the stored page: sends a mail to whoever owns the address
    "POST /log-in/code",  // the code is in the post and its browser in a cookie; it ends the session that came along
    "POST /log-in/link/{secret}",         // the secret is in the path; it ends the session that came along
    "POST /log-in/passkey",               // what was signed is in the post; it ends the session that came along
    "POST /log-in/passkey/options",       // makes a challenge that opens nothing
    "POST /log-in/with/{provider}/back",  // its attempt is in a cookie; it ends the session that came along
    "POST /receipt",                      // changes nothing
    "POST /receipt.json",                 // changes nothing
    "POST /staff/invitation/{secret}",    // the secret is in the path; it ends the session that came along
    "POST /staff/link/{secret}",          // the secret is in the path; it ends the session that came along
    "POST /staff/sign-in",                // address and password are in the post; lets nobody in by itself
    "POST /staff/sign-in/code",  // the code is in the post, its sign-in in a cookie; it ends the session that came
                                 // along
};

struct Opened {
  Opened() {
    crypto_ready();
    app::ServeConfiguration configuration;
    configuration.store.data = folder.path() / "data";
    configuration.defence = false;
    auto built = app::House::build(configuration, "https://apply.example.org");
    REQUIRE(built.has_value());
    house = std::move(*built);
  }

  web::Request request(web::Method method, std::string path) const {
    web::Request made;
    made.method = method;
    made.path = std::move(path);
    made.peer = "203.0.113.7";
    made.secure = true;
    made.headers.add("Host", "apply.example.org");
    return made;
  }
  // Fit for its route in everything but its tokens.
  web::Request post_to(const web::Route& route, const std::string& origin) const {
    std::string path;
    for (std::size_t at = 0; at < route.path.size();) {
      const std::size_t end = route.path[at] == '{' ? route.path.find('}', at) : at;
      path += end == at ? route.path.substr(at, 1) : "0123456789";
      at = end + 1;
    }
    web::Request made = request(route.method, path);
    made.headers.add("Origin", origin);
    const bool json = route.body == web::BodyKind::json;
    if (route.body != web::BodyKind::none) {
      made.headers.add("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
      made.body = std::make_shared<web::MemoryBody>(json ? "{}" : "a=1");
    }
    return made;
  }
  // "name=value" of a fresh staff session.
  std::string session() const {
    web::Request open =
        request(web::Method::post, accounts::make_staff_link(house->accounts(), std::chrono::minutes(5)));
    open.headers.add("Origin", "https://apply.example.org");
    open.headers.add("Content-Type", "application/x-www-form-urlencoded");
    open.body = std::make_shared<web::MemoryBody>("");
    const web::Response response = house->pipeline().handle(open);
    const std::string cookie(response.headers.find("Set-Cookie").value_or(""));
    REQUIRE(cookie.starts_with("__Host-session="));
    return cookie.substr(0, cookie.find(';'));
  }

  testing::TempFolder folder;
  std::unique_ptr<app::House> house;
};

std::string name_of(const web::Route& route) { return std::string(to_string(route.method)) + " " + route.path; }

bool changes_something(const web::Route& route) { return route.method != web::Method::get; }

}  // namespace

TEST_CASE("with a session every post needs its token, but for the public form's and the private links' own") {
  const Opened opened;
  std::vector<std::string> without;
  int with = 0;
  for (const auto& route : opened.house->router().routes()) {
    if (!changes_something(*route)) continue;
    CAPTURE(name_of(*route));
    web::Request posted = opened.post_to(*route, "https://apply.example.org");
    posted.headers.add("Cookie", opened.session());  // fresh: /staff/link/… and /staff/log-out end one
    const int status = opened.house->pipeline().handle(posted).status;
    // What proves nobody is refused by 403 as well, after it was looked at.
    if (status == 403 && route->token == web::Token::of_session) {
      ++with;
      posted.headers.set("X-Form-Token", "wrong");
      CHECK(opened.house->pipeline().handle(posted).status == 403);
    } else {
      without.push_back(name_of(*route));
    }
  }
  std::sort(without.begin(), without.end());
  CHECK(without == of_page);
  CHECK(with > 0);
}

TEST_CASE("a page of another site can post nothing, with a session or without") {
  const Opened opened;
  for (const std::string& cookie : {std::string(), opened.session()}) {
    for (const auto& route : opened.house->router().routes()) {
      if (!changes_something(*route)) continue;
      const bool open = route->permission == web::Permission::anyone || route->permission == web::Permission::holder;
      const int told = open || !cookie.empty() ? 403 : 404;  // who may not call it is told that it is not there
      for (const char* origin : {"https://evil.example", "null", "https://apply.example.org.evil.example",
                                 "http://apply.example.org", "https://apply.example.org:444"}) {
        CAPTURE(name_of(*route));
        CAPTURE(origin);
        web::Request posted = opened.post_to(*route, origin);
        if (!cookie.empty()) posted.headers.add("Cookie", cookie);
        CHECK(opened.house->pipeline().handle(posted).status == told);
      }
      web::Request no_origin = opened.post_to(*route, "");
      no_origin.headers = {};
      no_origin.headers.add("Host", "apply.example.org");
      no_origin.headers.add("Content-Type", route->body == web::BodyKind::json ? "application/json"
                                                                               : "application/x-www-form-urlencoded");
      CHECK(opened.house->pipeline().handle(no_origin).status == (open ? 403 : 404));
    }
  }
}
