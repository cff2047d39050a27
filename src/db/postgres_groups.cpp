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
    return alone(rule);
  }
  const bool at_once = busy_lanes_ < kLanes;
  const std::shared_ptr<Group> group = at_once ? std::make_shared<Group>() : group_to_join();
  group->rules.push_back(&rule);
  if (at_once) ++busy_lanes_;
  const bool leads = group->rules.size() == 1;
  lock.unlock();
  if (at_once) {
    run(*group);
  } else if (leads) {
    lead(*group);
  } else {
    group->done.wait();
  }
  if (group->apart) return alone(rule);
  if (const std::optional<std::string>& broken = group->broken; broken) throw DatabaseBroken(*broken);
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

// The lane is ours, until this returns.
void PostgresGroups::run(Group& group) {
  const Lane lane(*this);
  const auto all_rules = [&](Tx& tx) {
    return std::all_of(group.rules.begin(), group.rules.end(), [&](const Rule* rule) { return (*rule)(tx); });
  };
  try {
    group.apart = !runner_.write_at_once(all_rules);
  } catch (const Overloaded& overloaded) {
    group.refused = Error{ErrorKind::unavailable, "problem.unavailable", overloaded.what(), {}};
  } catch (const std::exception& problem) {
    group.broken = problem.what();
  }
  const std::size_t others = group.rules.size() - 1;
  if (group.apart && others > 0) {
    const std::lock_guard lock(mutex_);
    to_go_apart_ = kApartAfterFailure;
  } else if (!group.apart && !group.broken && !group.refused) {
    shared_.fetch_add(others, std::memory_order_relaxed);
  }
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
