// A door that opens once and for all who wait at it. One system call wakes them together, and who waits sleeps at
// once: a commit takes too long to spin for (std::atomic::wait does, and std::condition_variable lets the woken
// queue for its mutex).
#pragma once
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <climits>
#include <ctime>

namespace bursary::db {

class Latch {
 public:
  // What was done before open() is seen after wait().
  void wait() {
    while (word_.load(std::memory_order_acquire) == 0) ::syscall(SYS_futex, &word_, FUTEX_WAIT_PRIVATE, 0, nullptr);
  }
  // False: it is still closed.
  bool wait_for(std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (word_.load(std::memory_order_acquire) == 0) {
      const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(end - std::chrono::steady_clock::now());
      if (left.count() <= 0) return false;
      const timespec longest{static_cast<std::time_t>(left.count() / 1'000'000'000),
                             static_cast<long>(left.count() % 1'000'000'000)};
      ::syscall(SYS_futex, &word_, FUTEX_WAIT_PRIVATE, 0, &longest);
    }
    return true;
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
