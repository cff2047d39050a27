// Gives way: a job in the background that writes as much as it can rests while people write, for people wait for
// theirs. One job's, one thread's.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/instant.h"
#include "db/database.h"

namespace bursary::db {

// What jobs of this process wrote: a job gives way to people, not to another job.
struct JobWrites {
  std::atomic<std::uint64_t> count{0};
};

class Pace {
 public:
  Pace(const Database& database, const Clock& clock, JobWrites& jobs)
      : database_(database), clock_(clock), jobs_(jobs) {}

  // People wrote more than a hundred times a second between the last two turns.
  bool busy() const { return busy_; }

  // To be called when a turn begins, and when it ends with the number of its own writes: how long to rest. Not at all
  // while people write less than a hundred times a second; then as long as the turn took for each hundred, to at most
  // forty times as long, for people wait for what they write. `behind`: no longer than the turn took, however many
  // write.
  void begin();
  std::chrono::milliseconds end(std::uint64_t own_writes, bool behind = false);

 private:
  const Database& database_;
  const Clock& clock_;
  JobWrites& jobs_;
  Instant began_, last_end_;
  std::uint64_t last_writes_ = 0, last_jobs_ = 0;
  bool busy_ = false;
};

}  // namespace bursary::db
