#include "web/request.h"

#include <doctest/doctest.h>

#include "web/address.h"
#include "web/cookies.h"
#include "web/response.h"

using namespace bursary::web;

TEST_CASE("headers are found without case, the first of a name") {
  Headers headers;
  headers.add("X-A", "1");
  headers.add("x-a", "2");
  headers.add("B", "");
  CHECK(headers.find("X-a") == "1");
  CHECK(headers.find("b") == "");
  CHECK_FALSE(headers.has("X"));
  headers.set("x-A", "3");
  CHECK(headers.find("X-A") == "3");
  CHECK(headers.lines().size() == 2);
}

TEST_CASE("the media type has no parameters and no case") {
  Request request;
  CHECK(request.media_type() == "");
  request.headers.add("Content-Type", " Multipart/Form-Data ; boundary=x");
  CHECK(request.media_type() == "multipart/form-data");
}

TEST_CASE("query parameters are text or nothing") {
  Request request;
  request.query = "a=1&a=2&b+c=%C3%A9+x&bad=%FF&half=%4&nul=a%00b&flag&=y&d=1=2";
  CHECK(request.parameter("a") == "1");
  CHECK(request.parameter("b c") == "é x");
  CHECK_FALSE(request.parameter("bad"));
  CHECK_FALSE(request.parameter("half"));
  CHECK_FALSE(request.parameter("nul"));
  CHECK(request.parameter("flag") == "");
  CHECK(request.parameter("d") == "1=2");
  CHECK_FALSE(request.parameter("none"));
}

TEST_CASE("cookies are found by their whole name") {
  CHECK(find_cookie("a=1; b=2", "b") == "2");
  CHECK(find_cookie("aa=1; a=2; a=3", "a") == "2");
  CHECK(find_cookie("a = 1 ;b=\"x\"", "a") == "1");
  CHECK(find_cookie("a=x=y", "a") == "x=y");
  CHECK(find_cookie("b=\"x\"", "b") == "\"x\"");
  CHECK_FALSE(find_cookie("a; =1; A=2", "a"));
  CHECK_FALSE(find_cookie("", "a"));
  CHECK_FALSE(find_cookie(";;;", ""));
  Request request;
  request.headers.add("Cookie", "x=1");
  request.headers.add("cookie", "y=2");
  CHECK(request.cookie("y") == "2");
}

TEST_CASE("cookies are set for this host alone") {
  Request request;
  request.secure = true;
  request.headers.add("Host", "apply.example.org");
  Response response;
  set_cookie(response, request, {"session", "abc", std::chrono::hours(12)});
  set_cookie(response, request, {"theme", "dark", std::nullopt, false});
  CHECK(response.headers.lines()[0].second ==
        "__Host-session=abc; Path=/; SameSite=Lax; Secure; HttpOnly; Max-Age=43200");
  CHECK(response.headers.lines()[1].second == "__Host-theme=dark; Path=/; SameSite=Lax; Secure");
  request.headers.add("Cookie", "session=forged; __Host-session=abc");
  CHECK(read_cookie(request, "session") == "abc");
}

TEST_CASE("only plain http on this machine does without the prefix") {
  const auto line = [](bool secure, const char* host) {
    Request request;
    request.secure = secure;
    request.headers.add("Host", host);
    Response response;
    set_cookie(response, request, {"a", "1", std::nullopt});
    return response.headers.lines()[0].second;
  };
  for (const char* host : {"localhost", "localhost:8080", "LOCALHOST", "x.localhost:1", "127.0.0.1:80", "127.9.9.9",
                           "[::1]:80", "[::1]"}) {
    CAPTURE(host);
    CHECK(line(false, host) == "a=1; Path=/; SameSite=Lax; HttpOnly");
    CHECK(line(true, host).starts_with("__Host-a=1; "));
  }
  for (const char* host : {"", "example.org", "localhost.example.org", "127.0.0.1.example.org", "10.0.0.1", "[::2]",
                           "[", "notlocalhost"}) {
    CAPTURE(host);
    CHECK(line(false, host) == "__Host-a=1; Path=/; SameSite=Lax; Secure; HttpOnly");
  }
}

TEST_CASE("a cookie cannot carry a header") {
  Request request;
  Response response;
  for (const char* value : {"a;b", "a\r\nX: y", "a b", "a,b", "\"a\"", "é"}) {
    CAPTURE(value);
    CHECK_THROWS_AS(set_cookie(response, request, {"a", value, std::nullopt}), std::logic_error);
  }
  CHECK_THROWS_AS(set_cookie(response, request, {"a=b", "c", std::nullopt}), std::logic_error);
  CHECK_THROWS_AS(set_cookie(response, request, {"", "c", std::nullopt}), std::logic_error);
  CHECK(response.headers.lines().empty());
}

TEST_CASE("addresses are counted by person or household") {
  CHECK(rate_key("203.0.113.7") == "cb007107");
  CHECK(rate_key("::ffff:203.0.113.7") == "cb007107");
  CHECK(rate_key("2001:db8:1:2:3:4:5:6") == rate_key("2001:db8:1:2::1"));
  CHECK(rate_key("2001:db8:1:2::1") != rate_key("2001:db8:1:3::1"));
  CHECK(rate_key("nonsense") == "?");
  CHECK(rate_key(std::string(1000, '1')) == "?");
  CHECK(is_loopback_address("127.0.0.1"));
  CHECK(is_loopback_address("::ffff:127.0.0.1"));
  CHECK_FALSE(is_loopback_address("127.0.0.1.evil"));
  CHECK_FALSE(is_loopback_address("128.0.0.1"));
}
