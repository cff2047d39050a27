// Every route that changes something, as the house really has it: who may be made to post there by another site's page.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/opened_house.h"

using namespace bursary;
using app::changes_something, app::is_api, app::name_of;

namespace {

// Guarded by their origin and by the token of their own draft or link, because their page knows no session. Whoever
// adds one must say here why it does the same for a stranger.
const std::vector<std::string> of_page = {
    "POST /application/{link}",           // holder of a link: the link's token
    "POST /application/{link}/decision",  // holder of a link: the link's token
    "POST /apply",                        // the stored form: makes an application of its own
    "POST /apply/draft",                  // the stored form: makes a draft of its own
    "POST /digest/{secret}",              // the secret is in the path: it stops the digest of who was sent it
    "POST /draft/{link}",                 // holder of a link: the link's token
    "POST /log-in",                       // the stored page: sends a mail to whoever owns the address
    "POST /log-in/code",  // the code is in the post and its browser in a cookie; it ends the session that came along
    "POST /log-in/link/{secret}",         // the secret is in the path; it ends the session that came along
    "POST /log-in/passkey",               // what was signed is in the post; it ends the session that came along
    "POST /log-in/passkey/options",       // makes a challenge that opens nothing
    "POST /log-in/with/{provider}/back",  // its attempt is in a cookie; it ends the session that came along
    "POST /receipt",                      // changes nothing
    "POST /receipt.json",                 // changes nothing, for programs: not even an origin
    "POST /staff/invitation/{secret}",    // the secret is in the path; it ends the session that came along
    "POST /staff/link/{secret}",          // the secret is in the path; it ends the session that came along
    "POST /staff/sign-in",                // address and password are in the post; lets nobody in by itself
    "POST /staff/sign-in/code",  // the code is in the post, its sign-in in a cookie; it ends the session that came
                                 // along
    "POST /together/{secret}",   // the secret is in the path; it takes a session to join
};

}  // namespace

TEST_CASE("with a session every post needs its token, but for the public form's and the private links' own") {
  const app::OpenedHouse opened;
  std::vector<std::string> without;
  int with = 0;
  for (const auto& route : opened.house->router().routes()) {
    if (!changes_something(*route)) continue;
    if (is_api(*route)) continue;
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
  const app::OpenedHouse opened;
  for (const std::string& cookie : {std::string(), opened.session()}) {
    for (const auto& route : opened.house->router().routes()) {
      if (!changes_something(*route)) continue;
      if (is_api(*route)) continue;
      if (route->token == web::Token::none) {
        // Programs', which send no origin: one tells the same to everybody, one is opened by the secret in its address.
        CAPTURE(name_of(*route));
        const bool receipt = name_of(*route) == "POST /receipt.json";
        CHECK((receipt || name_of(*route) == "POST /digest/{secret}"));
        CHECK(opened.house->pipeline().handle(opened.post_to(*route, "")).status == (receipt ? 200 : 404));
        continue;
      }
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

TEST_CASE("the API looks at no session: what a browser sends along opens nothing there") {
  const app::OpenedHouse opened;
  const std::string cookie = opened.session();
  int asked = 0;
  for (const auto& route : opened.house->router().routes()) {
    if (!is_api(*route) || route->permission == web::Permission::anyone) continue;
    for (const char* origin : {"https://apply.example.org", "https://evil.example"}) {
      CAPTURE(name_of(*route));
      web::Request sent = opened.post_to(*route, origin);
      sent.headers.add("Cookie", cookie);
      const web::Response response = opened.house->pipeline().handle(sent);
      CHECK(response.status == 401);
      CHECK(response.headers.find("WWW-Authenticate") == R"(Bearer realm="bursary")");
      ++asked;
    }
  }
  CHECK(asked > 0);
}
