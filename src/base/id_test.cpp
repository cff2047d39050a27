#include "base/id.h"

#include <doctest/doctest.h>

#include <set>
#include <thread>
#include <vector>

using namespace bursary;

namespace {
struct ThingTag {};
constexpr Instant kStart{1'772'357'400'000'000};
}  // namespace

TEST_CASE("ids rise with time and never repeat, even when the clock steps back") {
  FakeClock clock(kStart);
  IdSource source(clock, 5);
  std::int64_t last = 0;
  for (int i = 0; i < 20000; ++i) {  // more than fit in one millisecond
    const std::int64_t value = source.next<ThingTag>().value;
    REQUIRE(value > last);
    last = value;
  }
  clock.advance(-std::chrono::hours(1));
  CHECK(source.next_value() > last);
}

TEST_CASE("an id tells its time and its node") {
  FakeClock clock(kStart);
  IdSource source(clock, 1023);
  const std::int64_t value = source.next_value();
  CHECK((value >> 12 & 0x3FF) == 1023);
  CHECK((value >> 22) == (kStart.micros - 1'767'225'600'000'000) / 1000);
  CHECK(value > 0);
}

TEST_CASE("two nodes and many threads never meet") {
  FakeClock clock(kStart);
  IdSource one(clock, 1);
  IdSource two(clock, 2);
  std::vector<std::vector<std::int64_t>> made(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < made.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 5000; ++round) made[i].push_back((i % 2 == 0 ? one : two).next_value());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::int64_t> all;
  for (const auto& values : made) all.insert(values.begin(), values.end());
  CHECK(all.size() == 40000);
}

TEST_CASE("before its epoch a source still gives rising positive ids") {
  FakeClock clock(Instant{0});
  IdSource source(clock, 0);
  const std::int64_t first = source.next_value();
  CHECK(first > 0);
  CHECK(source.next_value() > first);
}
