// Threads that do again and again what must not wait for a request: the outbox, the index, the drafts' ends. What they
// do is rows with leases, so any number of nodes may run them.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace bursary::app {

class Background {
 public:
  Background() = default;
  ~Background() { stop(); }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  // Calls `work` on a thread of its own: at once again while it returns true, else after `pause`. What it throws is
  // logged and work goes on after a longer pause.
  void repeat(std::string name, std::chrono::milliseconds pause, std::function<bool()> work);
  // The same for work that says how long to rest after each turn.
  void repeat(std::string name, std::function<std::chrono::milliseconds()> work);
  // Waits until each work in hand has ended.
  void stop();

 private:
  void run(const std::string& name, const std::function<std::chrono::milliseconds()>& work);
  bool wait(std::chrono::milliseconds pause);  // false: stopping

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace bursary::app
