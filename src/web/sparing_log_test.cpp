#include "web/sparing_log.h"

#include <doctest/doctest.h>

namespace bursary::web {

TEST_CASE("one line a second, which tells of those that were held") {
  SparingLog log;
  constexpr std::int64_t kSecond = 1'000'000;
  CHECK(log.turn(Instant{5 * kSecond}) == 0);
  CHECK_FALSE(log.turn(Instant{5 * kSecond + 1}));
  CHECK_FALSE(log.turn(Instant{6 * kSecond - 1}));
  CHECK(log.turn(Instant{6 * kSecond}) == 2);
  CHECK(log.turn(Instant{60 * kSecond}) == 0);
  CHECK(log.turn(Instant{20 * kSecond}) == 0);
}

}  // namespace bursary::web
