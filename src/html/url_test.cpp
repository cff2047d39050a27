#include "html/url.h"

#include <doctest/doctest.h>

using namespace bursary::html;

TEST_CASE("addresses that a page may link to") {
  for (const char* url :
       {"/", "/apply", "/apply?lang=es#top", "#top", "?page=2", "https://example.org/a", "HTTP://EXAMPLE.ORG",
        "mailto:a@example.org", "tel:+15551234", "/países", "https://example.org/ü"}) {
    CAPTURE(url);
    CHECK(is_safe_url(url));
  }
}

TEST_CASE("addresses that it may not") {
  for (const char* url : {"",
                          "javascript:alert(1)",
                          "JaVaScRiPt:alert(1)",
                          " javascript:alert(1)",
                          "\tjavascript:alert(1)",
                          "java\nscript:alert(1)",
                          "\x01javascript:alert(1)",
                          "data:text/html,<script>",
                          "vbscript:x",
                          "blob:x",
                          "file:///etc/passwd",
                          "//evil.example",
                          "/\\evil.example",
                          "\\\\evil.example",
                          "/%2fevil.example",
                          "/%5Cevil.example",
                          "/\t/evil.example",
                          "apply",
                          "javascript&colon;x",
                          "https\t://x",
                          "httpx://x",
                          "feed:javascript:x",
                          "view-source:x"}) {
    CAPTURE(url);
    CHECK_FALSE(is_safe_url(url));
  }
}

TEST_CASE("redirect targets are local paths alone") {
  for (const char* url : {"/", "/apply", "/a?next=%2F%2Fevil", "/a//b", "/@evil.example", "/a\\b"}) {
    CAPTURE(url);
    CHECK(is_local_path(url));
  }
  for (const char* url : {"",
                          "apply",
                          "//evil",
                          "/\\evil",
                          "\\evil",
                          "\\/evil",
                          "https://evil",
                          "//user@evil",
                          "http:evil",
                          "/%2Fevil",
                          "/%2fevil",
                          "/%5cevil",
                          "/a\r\nSet-Cookie: x=1",
                          "/a\tb",
                          "/\t/evil",
                          "/ /evil",
                          " /a",
                          "/\x7f",
                          "/é",
                          "?a",
                          "#a",
                          "%2F%2Fevil",
                          "user:pass@evil"}) {
    CAPTURE(url);
    CHECK_FALSE(is_local_path(url));
  }
  CHECK_FALSE(is_local_path(std::string_view("/a\0b", 4)));
}

TEST_CASE("percent encoding keeps only unreserved characters") {
  std::string out;
  append_percent_encoded(out, "AZaz09-._~ !*'();:@&=+$,/?#[]%\"<>\\é");
  CHECK(out == "AZaz09-._~%20%21%2A%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%23%5B%5D%25%22%3C%3E%5C%C3%A9");
}
