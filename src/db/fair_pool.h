// A fixed number of things that are lent one to a caller at a time, in the order of asking: who has just given one back
// and asks again stands behind those who wait, or a few threads would pass it among themselves.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

#include "db/database.h"

namespace bursary::db {

template <class T>
class FairPool {
 public:
  using Item = std::unique_ptr<T>;

  explicit FairPool(std::vector<Item> items) : idle_(std::move(items)) {}

  // The one that was used last, whose caches are warm. Throws Overloaded after `patience`.
  Item take(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    if (waiting_.empty() && !idle_.empty()) {
      Item item = std::move(idle_.back());
      idle_.pop_back();
      return item;
    }
    Waiter me;
    const auto place = waiting_.insert(waiting_.end(), &me);
    if (!me.served.wait_for(lock, patience, [&] { return me.has; })) {
      waiting_.erase(place);
      ++refused_;
      throw Overloaded("no connection to the database came free in time");
    }
    return std::move(me.item);
  }

  // An empty one counts as well (its user makes another) and is lent last.
  void give_back(Item item) {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
      const auto place = item ? idle_.end() : idle_.begin();
      idle_.insert(place, std::move(item));
      return;
    }
    Waiter& next = *waiting_.front();
    waiting_.pop_front();
    next.item = std::move(item);
    next.has = true;
    next.served.notify_one();  // under the lock: `next` lives on the stack of who wakes
  }

  std::uint64_t refused() const {
    const std::lock_guard lock(mutex_);
    return refused_;
  }
  std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
  }

 private:
  struct Waiter {
    std::condition_variable served;
    Item item;
    bool has = false;
  };

  mutable std::mutex mutex_;
  std::vector<Item> idle_;
  std::list<Waiter*> waiting_;
  std::uint64_t refused_ = 0;
};

}  // namespace bursary::db
