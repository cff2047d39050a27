// What two servers in a row could read as different requests must be refused, and the connection ended, so that nothing
// behind it is taken for a request.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "net/testing.h"

using namespace bursary;
using namespace bursary::net;
using namespace bursary::net::testing;

namespace {

struct Case {
  std::string what;
  std::string bytes;
  int status = 400;
};

std::string form_post(const std::string& headers, const std::string& body, const std::string& version = "1.1") {
  return "POST /echo HTTP/" + version +
         "\r\nHost: site.example\r\nOrigin: http://site.example\r\nContent-Type: "
         "application/x-www-form-urlencoded\r\n" +
         headers + "\r\n" + body;
}

std::vector<Case> corpus() {
  const std::string smuggled = get("/dynamic");
  std::vector<Case> cases = {
      {"length and coding", form_post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled)},
      {"coding and length", form_post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + smuggled)},
      {"two lengths", form_post("Content-Length: 0\r\nContent-Length: 5\r\n", smuggled)},
      {"the same length twice", form_post("Content-Length: 3\r\nContent-Length: 3\r\n", "a=1" + smuggled)},
      {"a list of lengths", form_post("Content-Length: 3, 3\r\n", "a=1" + smuggled)},
      {"a signed length", form_post("Content-Length: +3\r\n", "a=1")},
      {"a negative length", form_post("Content-Length: -1\r\n", "a=1")},
      {"a hexadecimal length", form_post("Content-Length: 0x3\r\n", "a=1")},
      {"a length with a space", form_post("Content-Length: 3 0\r\n", "a=1")},
      {"an empty length", form_post("Content-Length:\r\n", "a=1")},
      {"a length beyond 64 bits", form_post("Content-Length: 18446744073709551617\r\n", "a=1")},
      {"an unknown coding", form_post("Transfer-Encoding: gzip\r\n", smuggled), 501},
      {"chunked not last", form_post("Transfer-Encoding: chunked, gzip\r\n", smuggled), 501},
      {"two codings", form_post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
      {"two coding lines",
       form_post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n" + smuggled)},
      {"a coding with a tab in its name", form_post("Transfer\tEncoding: chunked\r\n", "0\r\n\r\n")},
      {"a coding in a misspelt value", form_post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + smuggled), 501},
      {"a quoted coding", form_post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 501},
      {"a coding in HTTP/1.0", form_post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled, "1.0")},
      {"a space before the colon", form_post("Content-Length : 3\r\n", "a=1")},
      {"a folded line", form_post("X: a\r\n b\r\nContent-Length: 3\r\n", "a=1")},
      {"a line that begins with a tab", form_post("\tX: a\r\nContent-Length: 3\r\n", "a=1")},
      {"a first line that is folded", "GET /dynamic HTTP/1.1\r\n Host: a\r\nHost: site.example\r\n\r\n"},
      {"a bare LF in the head", "GET /dynamic HTTP/1.1\nHost: site.example\n\n"},
      {"a bare LF behind a header", "GET /dynamic HTTP/1.1\r\nHost: site.example\nX: 1\r\n\r\n"},
      {"a bare CR in a value", "GET /dynamic HTTP/1.1\r\nHost: site.example\r\nX: a\rb\r\n\r\n"},
      {"a NUL in a value", std::string("GET /dynamic HTTP/1.1\r\nHost: site.example\r\nX: a") + '\0' + "b\r\n\r\n"},
      {"a NUL in a name", std::string("GET /dynamic HTTP/1.1\r\nHost: site.example\r\nX") + '\0' + ": b\r\n\r\n"},
      {"a NUL in the target", std::string("GET /dyn") + '\0' + "amic HTTP/1.1\r\nHost: site.example\r\n\r\n"},
      {"a control character in a value", "GET /dynamic HTTP/1.1\r\nHost: site.example\r\nX: \x01\r\n\r\n"},
      {"no colon", "GET /dynamic HTTP/1.1\r\nHost: site.example\r\nNonsense\r\n\r\n"},
      {"no name", "GET /dynamic HTTP/1.1\r\nHost: site.example\r\n: x\r\n\r\n"},
      {"no host", "GET /dynamic HTTP/1.1\r\n\r\n"},
      {"two hosts", "GET /dynamic HTTP/1.1\r\nHost: site.example\r\nHost: other.example\r\n\r\n"},
      {"a host with a path", "GET /dynamic HTTP/1.1\r\nHost: site.example/x\r\n\r\n"},
      {"a host with a user", "GET /dynamic HTTP/1.1\r\nHost: user@site.example\r\n\r\n"},
      {"an empty host", "GET /dynamic HTTP/1.1\r\nHost:\r\n\r\n"},
      {"a stored page with a bad host", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"},
      {"two empty lines first", "\r\n\r\nGET /dynamic HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"two spaces", "GET  /dynamic HTTP/1.1\r\nHost: site.example\r\n\r\n"},
      {"a tab for a space", "GET\t/dynamic HTTP/1.1\r\nHost: site.example\r\n\r\n"},
      {"a space behind the version", "GET /dynamic HTTP/1.1 \r\nHost: site.example\r\n\r\n"},
      {"no version", "GET /dynamic\r\nHost: site.example\r\n\r\n"},
      {"half a version", "GET /dynamic HTTP/1\r\nHost: site.example\r\n\r\n"},
      {"a version in small letters", "GET /dynamic http/1.1\r\nHost: site.example\r\n\r\n"},
      {"a method that is no token", "GE(T /dynamic HTTP/1.1\r\nHost: site.example\r\n\r\n"},
      {"a method in small letters", "get /dynamic HTTP/1.1\r\nHost: site.example\r\n\r\n", 501},
      {"CONNECT", "CONNECT site.example:443 HTTP/1.1\r\nHost: site.example\r\n\r\n", 501},
      {"TRACE", "TRACE / HTTP/1.1\r\nHost: site.example\r\n\r\n", 501},
      {"a TLS greeting", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15)},
  };
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  const std::vector<std::pair<std::string, std::string>> bodies = {
      {"no size", "\r\nabc\r\n0\r\n\r\n"},
      {"a size that is no number", "xyz\r\nabc\r\n0\r\n\r\n"},
      {"a signed size", "+3\r\nabc\r\n0\r\n\r\n"},
      {"a negative size", "-3\r\nabc\r\n0\r\n\r\n"},
      {"a size with 0x", "0x3\r\nabc\r\n0\r\n\r\n"},
      {"a size beyond 64 bits", "10000000000000003\r\nabc\r\n0\r\n\r\n"},
      {"a space before the size", " 3\r\nabc\r\n0\r\n\r\n"},
      {"more bytes than the size", "3\r\nabcd\r\n0\r\n\r\n"},
      {"a bare LF behind the size", "3\nabc\r\n0\r\n\r\n"},
      {"a bare LF in an extension", "3;a\nb=c\r\nabc\r\n0\r\n\r\n"},
      {"an extension that has no end", "3;" + std::string(20'000, 'x')},
      {"an extension that is too long", "3;a=" + std::string(400, 'x') + "\r\nabc\r\n0\r\n\r\n"},
      {"a bad trailer", "3\r\nabc\r\n0\r\nBad Trailer\r\n\r\n"},
      {"a length for a trailer", "3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n"},
  };
  for (const auto& [what, body] : bodies) cases.push_back({"a chunk with " + what, form_post(chunked, body)});
  return cases;
}

}  // namespace

TEST_CASE("requests that could be read in two ways") {
  Site site;
  for (const Case& one : corpus()) {
    CAPTURE(one.what);
    Client client(site.port());
    client.say(one.bytes);
    const std::string heard = client.hear_all();
    CHECK(heard.substr(0, 12) == "HTTP/1.1 " + std::to_string(one.status));
    CHECK(heard.find("HTTP/1.1 ", 1) == std::string::npos);  // one answer and no more
    CHECK(client.ended());
  }
  CHECK(site.handled == 0);
}

TEST_CASE("what is odd but means one thing is taken") {
  Site site;
  Client client(site.port());
  CHECK(client.ask("\r\n" + get("/named/line")).body == "line? plain");
  CHECK(client.ask("GET /named/spaces HTTP/1.1\r\nHost:   site.example  \r\nX:\t1 \r\n\r\n").body == "spaces? plain");
  CHECK(client.ask("GET /named/empty HTTP/1.1\r\nHost: site.example\r\nX:\r\n\r\n").body == "empty? plain");
  CHECK(client.ask("GET /named/latin HTTP/1.1\r\nHost: site.example\r\nX: caf\xE9\r\n\r\n").body == "latin? plain");
  CHECK(client.ask("GET /named/zero HTTP/1.1\r\nHost: site.example\r\nContent-Length: 0\r\n\r\n").body ==
        "zero? plain");
  CHECK(client.ask("GET /named/one HTTP/1.1\r\nHOST: site.example:8080\r\n\r\n").body == "one? plain");
  CHECK(client.ask(form_post("Content-Length: 0003\r\n", "a=1")).body == "3:a=1");
}
