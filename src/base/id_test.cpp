#include "base/id.h"

#include <doctest/doctest.h>

#include <limits>
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
  CHECK((value >> 22) == (kStart.micros - parse_rfc3339("2026-01-01T00:00:00Z")->micros) / 1000);
  CHECK(value > 0);
}

TEST_CASE("the ids of a millisecond begin at its first one and end before the next one's") {
  FakeClock clock(kStart + Microseconds(999));
  IdSource lowest(clock, 0), highest(clock, 1023);
  CHECK(lowest.next_value() == first_id_at(kStart));
  std::int64_t last = 0;
  for (int i = 0; i < 4096; ++i) last = highest.next_value();
  CHECK(last + 1 == first_id_at(kStart + Microseconds(1000)));
  CHECK(first_id_at(clock.now()) == first_id_at(kStart));
}

TEST_CASE("no id belongs to a time before the epoch, none to one that ids cannot hold") {
  CHECK(first_id_at(Instant{0}) == 0);
  CHECK(first_id_at(kIdEpoch - Microseconds(1)) == 0);
  CHECK(first_id_at(kIdEpoch) == 0);
  CHECK(first_id_at(kIdEpoch + Microseconds(1000)) == std::int64_t{1} << 22);
  CHECK(first_id_at(*parse_rfc3339("2095-01-01T00:00:00Z")) > first_id_at(kStart));
  CHECK(first_id_at(*parse_rfc3339("9999-12-31T23:59:59Z")) == std::numeric_limits<std::int64_t>::max());
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
