#include "db/postgres_groups.h"

#include <algorithm>

namespace bursary::db {
namespace {

// Two keep the server's cores busy while one group waits for its flush; with more, groups only grow smaller.
constexpr int kLanes = 2;
constexpr std::size_t kLargestGroup = 64;
constexpr int kApartAfterFailure = 64;

}  // namespace

// A place among the transactions that run beside each other; when it is left, the next group has it.
class PostgresGroups::Lane {
 public:
  explicit Lane(PostgresGroups& groups) : groups_(groups) {}
  ~Lane() { groups_.give_lane_back(); }
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

 private:
  PostgresGroups& groups_;
};

std::optional<Error> PostgresGroups::write(const Rule& rule) {
  std::unique_lock lock(mutex_);
  if (to_go_apart_ > 0) {
    --to_go_apart_;
    lock.unlock();
    return runner_.write(rule, PostgresTx::Kind::posts);
  }
  if (busy_lanes_ < kLanes) {
    ++busy_lanes_;
    lock.unlock();
    const Lane lane(*this);
    return runner_.write(rule, PostgresTx::Kind::posts);
  }
  const std::shared_ptr<Group> group = group_to_join();
  group->rules.push_back(&rule);
  const bool leads = group->rules.size() == 1;
  lock.unlock();
  if (leads) {
    lead(*group);
  } else {
    group->done.wait();
  }
  if (group->apart) return runner_.write(rule, PostgresTx::Kind::posts);
  if (!group->broken.empty()) throw DatabaseBroken(group->broken);
  return group->refused;
}

// Under the lock.
std::shared_ptr<PostgresGroups::Group> PostgresGroups::group_to_join() {
  if (waiting_.empty() || waiting_.back()->rules.size() == kLargestGroup) {
    waiting_.push_back(std::make_shared<Group>());
  }
  return waiting_.back();
}

void PostgresGroups::lead(Group& group) {
  if (group.turn.wait_for(patience_) || !leave(group)) {
    const Lane lane(*this);
    run(group);
  } else {
    group.refused = Error{ErrorKind::unavailable, "problem.unavailable", "no turn to write came in time", {}};
  }
  group.done.open();
}

// False: it was called at the last moment.
bool PostgresGroups::leave(Group& group) {
  const std::lock_guard lock(mutex_);
  const auto place = std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& g) { return g.get() == &group; });
  if (place == waiting_.end()) return false;
  waiting_.erase(place);
  return true;
}

void PostgresGroups::run(Group& group) {
  try {
    group.refused = runner_.write(
        [&](Tx& tx) {
          group.apart =
              !std::all_of(group.rules.begin(), group.rules.end(), [&](const Rule* rule) { return (*rule)(tx); });
          return !group.apart;
        },
        PostgresTx::Kind::posts);
  } catch (const DatabaseBroken& broken) {
    group.broken = broken.what();
  } catch (...) {  // somebody's: each meets its own when it runs again
    group.apart = true;
  }
  if (!group.apart) {
    if (group.broken.empty() && !group.refused) shared_.fetch_add(group.rules.size() - 1, std::memory_order_relaxed);
    return;
  }
  const std::lock_guard lock(mutex_);
  to_go_apart_ = kApartAfterFailure;
}

void PostgresGroups::give_lane_back() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) {
    --busy_lanes_;
    return;
  }
  // Under the lock: nobody can join it from here on, and it cannot have left.
  waiting_.front()->turn.open();
  waiting_.pop_front();
}

std::size_t PostgresGroups::waiting() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& group : waiting_) count += group->rules.size();
  return count;
}

}  // namespace bursary::db
