#include "web/rate_limit.h"

#include <doctest/doctest.h>

#include <thread>

using namespace bursary;
using namespace bursary::web;
using std::chrono::seconds;

namespace {
constexpr Instant kStart{1'800'000'000'000'000};
constexpr RateLimits kLimits{.read = {3, 1}, .write = {1, 0.5}, .costly = {1, 0.01}, .keys = 160};
}  // namespace

TEST_CASE("a burst passes, then one by one") {
  RateLimiter limiter(kLimits);
  for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.take("203.0.113.7", RateClass::read, kStart));
  CHECK(limiter.take("203.0.113.7", RateClass::read, kStart) == seconds(1));
  CHECK_FALSE(limiter.take("203.0.113.7", RateClass::read, kStart + seconds(1)));
  CHECK(limiter.take("203.0.113.7", RateClass::read, kStart + seconds(1)) == seconds(1));
  for (int i = 0; i < 3; ++i)
    CHECK_FALSE(limiter.take("203.0.113.7", RateClass::read, kStart + seconds(1000)));  // never more than the burst
  CHECK(limiter.take("203.0.113.7", RateClass::read, kStart + seconds(1000)));
}

TEST_CASE("classes and addresses are apart, a household is one") {
  RateLimiter limiter(kLimits);
  CHECK_FALSE(limiter.take("203.0.113.7", RateClass::write, kStart));
  CHECK(limiter.take("203.0.113.7", RateClass::write, kStart) == seconds(2));
  CHECK_FALSE(limiter.take("203.0.113.7", RateClass::costly, kStart));
  CHECK(limiter.take("203.0.113.7", RateClass::costly, kStart) == seconds(100));
  CHECK_FALSE(limiter.take("203.0.113.8", RateClass::write, kStart));
  CHECK_FALSE(limiter.take("2001:db8:1:2::1", RateClass::write, kStart));
  CHECK(limiter.take("2001:db8:1:2:ffff::9", RateClass::write, kStart));
  CHECK_FALSE(limiter.take("2001:db8:1:3::1", RateClass::write, kStart));
}

TEST_CASE("a clock that steps back neither fills nor empties") {
  RateLimiter limiter(kLimits);
  CHECK_FALSE(limiter.take("a", RateClass::write, kStart));
  CHECK(limiter.take("a", RateClass::write, kStart - seconds(3600)));
  CHECK_FALSE(limiter.take("a", RateClass::write, kStart - seconds(3598)));
}

TEST_CASE("memory is bounded and the busy are not forgotten") {
  RateLimiter limiter(kLimits);
  CHECK_FALSE(limiter.take("203.0.113.7", RateClass::costly, kStart));
  for (int i = 0; i < 10'000; ++i) {
    limiter.take(fmt::format("10.{}.{}.1", i / 256, i % 256), RateClass::read, kStart);
    CHECK(limiter.take("203.0.113.7", RateClass::costly, kStart).has_value());
  }
  CHECK(limiter.size() <= 160);
}

TEST_CASE("many threads take exactly what is there") {
  RateLimiter limiter(RateLimits{.read = {1000, 0.001}, .write = {1, 1}, .costly = {1, 1}, .keys = 1000});
  std::atomic<int> passed{0};
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) passed += limiter.take("203.0.113.7", RateClass::read, kStart) ? 0 : 1;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(passed == 1000);
}
