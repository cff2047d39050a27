#include "net/deadlines.h"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <vector>

using namespace bursary::net;

namespace {

struct Alarm final : Deadline {
  void passed() override {
    ++rung;
    if (again) wheel->set(*this, *again);
  }
  int rung = 0;
  Deadlines* wheel = nullptr;
  std::optional<Millis> again;
};

}  // namespace

TEST_CASE("a deadline passes at its tick, once, never before") {
  Deadlines wheel(Millis{0});
  Alarm alarm;
  wheel.set(alarm, Millis{250});
  wheel.advance(Millis{200});
  CHECK(alarm.rung == 0);
  wheel.advance(Millis{299});
  CHECK(alarm.rung == 0);
  wheel.advance(Millis{300});
  CHECK(alarm.rung == 1);
  wheel.advance(Millis{60'000});
  CHECK(alarm.rung == 1);
}

TEST_CASE("a deadline can be moved later, earlier, and taken back") {
  Deadlines wheel(Millis{1'000});
  Alarm later, earlier, cleared;
  wheel.set(later, Millis{1'200});
  wheel.set(later, Millis{2'000});
  wheel.set(earlier, Millis{9'000});
  wheel.set(earlier, Millis{1'500});
  wheel.set(cleared, Millis{1'300});
  Deadlines::clear(cleared);
  wheel.advance(Millis{1'900});
  CHECK(later.rung == 0);
  CHECK(earlier.rung == 1);
  CHECK(cleared.rung == 0);
  wheel.advance(Millis{2'000});
  CHECK(later.rung == 1);
  wheel.set(cleared, Millis{2'100});
  wheel.advance(Millis{2'100});
  CHECK(cleared.rung == 1);
}

TEST_CASE("a deadline further away than the wheel is round keeps its time") {
  Deadlines wheel(Millis{0}, Millis{100}, 8);
  Alarm alarm;
  wheel.set(alarm, Millis{5'000});
  wheel.advance(Millis{4'999});
  CHECK(alarm.rung == 0);
  wheel.advance(Millis{5'000});
  CHECK(alarm.rung == 1);
}

TEST_CASE("one that sets itself again rings again, one that is gone does not ring") {
  Deadlines wheel(Millis{0}, Millis{100}, 8);
  Alarm again;
  again.wheel = &wheel;
  again.again = Millis{700};
  auto gone = std::make_unique<Alarm>();
  wheel.set(again, Millis{300});
  wheel.set(*gone, Millis{300});
  gone.reset();
  wheel.advance(Millis{600});
  CHECK(again.rung == 1);
  again.again.reset();
  wheel.advance(Millis{700});
  CHECK(again.rung == 2);
}

TEST_CASE("a past deadline passes at the next tick, and a leap passes everything in it") {
  Deadlines wheel(Millis{10'000});
  std::vector<Alarm> alarms(500);
  for (std::size_t i = 0; i < alarms.size(); ++i) wheel.set(alarms[i], Millis{static_cast<int>(i) * 50});
  wheel.advance(Millis{10'100});
  CHECK(alarms[0].rung == 1);
  CHECK(alarms[202].rung == 1);
  CHECK(alarms[203].rung == 0);
  wheel.advance(Millis{500'000});
  for (const Alarm& alarm : alarms) CHECK(alarm.rung == 1);
}
