#include "db/pace.h"

#include <doctest/doctest.h>

#include "tests/support/databases.h"

using namespace bursary;
using namespace std::chrono_literals;

TEST_CASE("a job rests while others write, and not otherwise") {
  testing::for_each_database([](db::Database& database) {
    FakeClock clock(*parse_rfc3339("2026-03-01T09:00:00Z"));
    db::JobWrites jobs;
    db::Pace pace(database, clock, jobs);
    const auto write = [&](int times) {
      for (int i = 0; i < times; ++i) {
        REQUIRE(database.write([](db::Tx& tx) -> Result<std::int64_t> {
          return tx.execute(db::Query<0>{"pace.touch", "delete from lease where name = 'nobody'",
                                         "delete from lease where name = 'nobody'"});
        }));
      }
    };
    const auto turn = [&](int others, int own, bool behind = false) {
      pace.begin();
      write(others + own);
      clock.advance(50ms);
      return pace.end(static_cast<std::uint64_t>(own), behind);
    };
    turn(0, 0);  // what was before this job
    CHECK(turn(0, 1) == 0ms);
    CHECK_FALSE(pace.busy());
    CHECK(turn(1, 30) == 0ms);  // its own do not count: 20 a second
    jobs.count += 20;           // another job's
    CHECK(turn(20, 1) == 0ms);
    CHECK(turn(20, 1) == 200ms);  // 400 a second: four times as long
    CHECK(turn(20, 1, true) == 50ms);
    CHECK(turn(300, 0) == 2000ms);
    CHECK(pace.busy());
    clock.advance(60s);
    CHECK(turn(20, 1) == 0ms);  // 20 in a minute
  });
}
