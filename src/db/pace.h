// Gives way: a job in the background that writes as much as it can rests while others write, for people wait for
// theirs. One job's, one thread's.
#pragma once
#include <chrono>
#include <cstdint>

#include "base/instant.h"
#include "db/database.h"

namespace bursary::db {

class Pace {
 public:
  Pace(const Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  // Others wrote more than a hundred times a second between the last two turns.
  bool busy() const { return busy_; }

  // To be called when a turn begins, and when it ends with the number of its own writes: how long to rest, `times` as
  // long as the turn took while others write, otherwise not at all.
  void begin();
  std::chrono::milliseconds end(std::uint64_t own_writes, int times);

 private:
  const Database& database_;
  const Clock& clock_;
  Instant began_, last_end_;
  std::uint64_t last_writes_ = 0;
  bool busy_ = false;
};

}  // namespace bursary::db
