#include "base/instant.h"

#include <doctest/doctest.h>

using namespace bursary;

TEST_CASE("instants are written and read as RFC 3339") {
  CHECK(to_rfc3339(Instant{0}) == "1970-01-01T00:00:00Z");
  CHECK(to_rfc3339(Instant{1'772'357'400'123'456}) == "2026-03-01T09:30:00.123456Z");
  CHECK(to_rfc3339(Instant{-1}) == "1969-12-31T23:59:59.999999Z");
  for (const std::int64_t micros : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-86'400'000'000},
                                    std::int64_t{1'772'357'400'000'007}, std::int64_t{4'102'444'800'000'000}}) {
    CHECK(parse_rfc3339(to_rfc3339(Instant{micros})) == Instant{micros});
  }
  CHECK(parse_rfc3339("2026-03-01T09:30:00+05:30") == parse_rfc3339("2026-03-01T04:00:00Z"));
  CHECK(parse_rfc3339("2026-02-28T23:30:00-01:00") == parse_rfc3339("2026-03-01T00:30:00Z"));
  CHECK(parse_rfc3339("2024-02-29T00:00:00z").has_value());
  CHECK(parse_rfc3339("2026-03-01T09:30:00.1Z")->micros % 1'000'000 == 100'000);
  CHECK(parse_rfc3339("2026-03-01T09:30:00.123456789Z")->micros % 1'000'000 == 123'456);
}

TEST_CASE("what is not RFC 3339 is refused") {
  for (const char* bad :
       {"", "2026-03-01", "2026-03-01T09:30:00", "2026-03-01 09:30:00Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T23:60:00Z", "2026-03-01T23:59:60Z",
        "2026-03-01T09:30:00.Z", "2026-03-01T09:30:00+0530", "2026-03-01T09:30:00+24:00", "2026-03-01T09:30:00Zx",
        "-026-03-01T09:30:00Z", "2026-03-01T-9:30:00Z", "2026-03-01T+9:30:00Z", "2026- 3-01T09:30:00Z"}) {
    CHECK_FALSE_MESSAGE(parse_rfc3339(bad).has_value(), bad);
  }
}

TEST_CASE("the date of an HTTP header") {
  CHECK(to_http_date(Instant{784'111'777'000'000}) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(to_http_date(Instant{1'772'357'400'999'999}) == "Sun, 01 Mar 2026 09:30:00 GMT");
}

TEST_CASE("clocks") {
  FakeClock fake(Instant{1000});
  fake.advance(std::chrono::seconds(2));
  CHECK(fake.now() == Instant{2'001'000});
  CHECK(fake.now() - Instant{1000} == std::chrono::seconds(2));
  CHECK(SystemClock{}.now() > Instant{1'767'225'600'000'000});
}
