#include "net/target.h"

#include <doctest/doctest.h>

#include <string>

using namespace bursary::net;

TEST_CASE("a plain path is the same path as the long way finds") {
  for (const std::string text :
       {"/", "/apply", "/a/b-c_d/e.f", "/assets/site-3f9c2a7d.css", "/a/", "/.well-known/x", "/a..b", "/a%20b", "/a?b",
        "/a//b", "/a/./b", "/a/../b", "/a~b", "/a.", "/a/.", "/..", "/a+b", "/A1", ""}) {
    CAPTURE(text);
    const auto plain = plain_path(text);
    const auto parsed = parse_target(text);
    if (plain && parsed) CHECK(*plain == parsed->path);
    if (plain) CHECK(parsed.has_value());
  }
  CHECK(plain_path("/a/b-c_d/e.f") == "/a/b-c_d/e.f");
  CHECK_FALSE(plain_path("/a%20b"));
  CHECK_FALSE(plain_path("/a?b"));
}

TEST_CASE("targets are taken apart, and decoded once") {
  const auto target = parse_target("/a%20b/c%C3%A9%252F?q=%2e%2e&x=1");
  REQUIRE(target);
  CHECK(target->path == "/a b/c\xC3\xA9%2F");
  CHECK(target->query == "q=%2e%2e&x=1");
  CHECK(parse_target("/?")->query.empty());
  CHECK(parse_target("HTTP://site.example:80/x?y")->authority == "site.example:80");
  CHECK(parse_target("https://site.example")->path == "/");
  CHECK(parse_target("https://site.example?x")->query == "x");
  CHECK(parse_target("/a/")->path == "/a/");
  for (const std::string bad : {"",
                                "x",
                                "/%",
                                "/%1",
                                "/%G1",
                                "/%00",
                                "/%2f",
                                "/%5c",
                                "/%C0%AF",
                                "/%ED%A0%80",
                                "/a b",
                                "/a\"b",
                                "/a<b",
                                "/a?b c",
                                "/a?b#c",
                                "/a?\x80",
                                "http:///x",
                                "http://user@h/",
                                "http://h\\/",
                                "//x/y",
                                "/x//y",
                                "/%2E/",
                                "/a/%2e%2E",
                                "/%7F",
                                "/%1B"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_target(bad));
  }
}

TEST_CASE("a host has no room for anything else") {
  CHECK(is_host("site.example"));
  CHECK(is_host("[::1]:8080"));
  for (const std::string bad : {"", "a b", "a/b", "a@b", "a\\b", "a?b", "a,b", "a\tb", "a;b", "<a>"})
    CHECK_FALSE(is_host(bad));
  CHECK_FALSE(is_host(std::string(256, 'a')));
}
