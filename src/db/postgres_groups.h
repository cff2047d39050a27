// Writes of posts alone that wait share a transaction of PostgreSQL: their statements travel together, and one commit,
// with its flush of the log, is for all of them.
//
// Invariants
//   - A lone write never waits for company: while a lane is free it goes at once. When all are busy, those who come
//     form groups, which are served in the order of arrival; who is first in a group runs it for the others, and they
//     share its patience.
//   - A write is answered only after the commit that holds it. Lost while it commits, the whole group is told so.
//   - One that fails spoils no other: nobody knows whose statement it was, so the group is rolled back and each runs
//     again in a transaction of its own (and so do those that come next: who fails once often fails again).
//   - Nobody holds a lane while waiting for somebody's lock, or two that wait for each other would stop everybody:
//   after
//     a moment it counts as failed, and each waits for itself.
#pragma once
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "db/latch.h"
#include "db/postgres_runner.h"

namespace bursary::db {

class PostgresGroups {
 public:
  using Rule = std::function<bool(Tx&)>;

  PostgresGroups(PostgresRunner& runner, std::chrono::milliseconds patience) : runner_(runner), patience_(patience) {}

  // As Database::write_posts_erased.
  std::optional<Error> write(const Rule& rule);
  // Writes that wait for a lane, and those that had their commit from another.
  std::size_t waiting() const;
  std::uint64_t shared() const { return shared_.load(std::memory_order_relaxed); }

 private:
  // Shared by all who are in it.
  struct Group {
    std::vector<const Rule*> rules;
    Latch turn;  // for who came first and runs it
    Latch done;
    // Written before `done` opens.
    bool apart = false;                 // each runs again for itself
    std::optional<std::string> broken;  // thrown to each
    std::optional<Error> refused;
  };
  class Lane;

  std::shared_ptr<Group> group_to_join();
  std::optional<Error> alone(const Rule& rule) { return runner_.write(rule, PostgresTx::Kind::posts); }
  void lead(Group& group);
  bool leave(Group& group);
  void run(Group& group);
  void give_lane_back();

  PostgresRunner& runner_;
  const std::chrono::milliseconds patience_;
  std::atomic<std::uint64_t> shared_{0};
  mutable std::mutex mutex_;
  int busy_lanes_ = 0;
  int to_go_apart_ = 0;
  std::deque<std::shared_ptr<Group>> waiting_;
};

}  // namespace bursary::db
