// A door that opens once and for all who wait at it. One system call wakes them together, and who waits sleeps at
// once: a commit takes too long to spin for (std::atomic::wait does, and std::condition_variable lets the woken
// queue for its mutex).
#pragma once
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <climits>

namespace bursary::db {

class Latch {
 public:
  // What was done before open() is seen after wait().
  void wait() {
    while (word_.load(std::memory_order_acquire) == 0) ::syscall(SYS_futex, &word_, FUTEX_WAIT_PRIVATE, 0, nullptr);
  }
  void open() {
    word_.store(1, std::memory_order_release);
    ::syscall(SYS_futex, &word_, FUTEX_WAKE_PRIVATE, INT_MAX);
  }

 private:
  std::atomic<int> word_{0};
  static_assert(sizeof(std::atomic<int>) == sizeof(int) && std::atomic<int>::is_always_lock_free);
};

}  // namespace bursary::db
