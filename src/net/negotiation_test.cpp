#include "net/negotiation.h"

#include <doctest/doctest.h>

using namespace bursary;
using namespace bursary::net;
using web::Encoding;

TEST_CASE("the encoding is the best that the client takes") {
  struct Case {
    const char* accepts;
    Encoding both, gzip_alone;
  };
  for (const Case& one : {
           Case{"", Encoding::identity, Encoding::identity},
           Case{"gzip, deflate, br", Encoding::brotli, Encoding::gzip},
           Case{"gzip", Encoding::gzip, Encoding::gzip},
           Case{"GZIP ; Q=1.0", Encoding::gzip, Encoding::gzip},
           Case{"br;q=0, gzip", Encoding::gzip, Encoding::gzip},
           Case{"br;q=0.0, gzip;q=0.000", Encoding::identity, Encoding::identity},
           Case{"br;q=0.5, gzip;q=0.8", Encoding::gzip, Encoding::gzip},
           Case{"br;q=0.5, identity;q=0.9", Encoding::identity, Encoding::identity},
           Case{"*", Encoding::brotli, Encoding::gzip},
           Case{"*;q=0", Encoding::identity, Encoding::identity},
           Case{"br, *;q=0", Encoding::brotli, Encoding::identity},
           Case{"deflate, zstd", Encoding::identity, Encoding::identity},
           Case{"identity", Encoding::identity, Encoding::identity},
           Case{"gzip;q=nonsense", Encoding::identity, Encoding::identity},
           Case{",,;;q=1, gzip", Encoding::gzip, Encoding::gzip},
           Case{"brr, xgzip", Encoding::identity, Encoding::identity},
       }) {
    CAPTURE(one.accepts);
    CHECK(choose_encoding(one.accepts, true, true) == one.both);
    CHECK(choose_encoding(one.accepts, false, true) == one.gzip_alone);
    CHECK(choose_encoding(one.accepts, false, false) == Encoding::identity);
  }
}

TEST_CASE("If-None-Match holds for the tag itself, weak or strong, and for a star") {
  CHECK(none_match_holds("\"a\"", "\"a\""));
  CHECK(none_match_holds("W/\"a\"", "\"a\""));
  CHECK(none_match_holds("\"b\" , \"a\"", "\"a\""));
  CHECK(none_match_holds("*", "\"a\""));
  CHECK_FALSE(none_match_holds("\"b\"", "\"a\""));
  CHECK_FALSE(none_match_holds("a", "\"a\""));
  CHECK_FALSE(none_match_holds("\"a", "\"a\""));
  CHECK_FALSE(none_match_holds("", "\"a\""));
}

TEST_CASE("only what decides the language is in its key") {
  const auto same = language_key("", "", "");
  CHECK(language_key("page=2&sort=name", "session=abc; other=1", "") == same);
  CHECK(language_key("lang=es", "", "") != same);
  CHECK(language_key("l%61ng=es", "", "") != same);
  CHECK(language_key("", "lang=es", "") != same);
  CHECK(language_key("", "session=1; __Host-lang=es", "") != same);
  CHECK(language_key("", "", "es") != same);
  CHECK(language_key("lang=es", "", "") != language_key("", "lang=es", ""));
}
