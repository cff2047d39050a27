#include "net/workers.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

using namespace bursary::net;

namespace {

struct Counted final : Work {
  explicit Counted(std::atomic<int>& r, std::atomic<int>& d) : ran(r), dropped(d) {}
  void run() override { ++ran; }
  void drop() override { ++dropped; }
  std::atomic<int>& ran;
  std::atomic<int>& dropped;
};

// Runs until it is let go.
struct Held final : Work {
  void run() override {
    std::unique_lock lock(mutex);
    running = true;
    changed.notify_all();
    changed.wait_for(lock, std::chrono::seconds{10}, [&] { return let_go; });
  }
  void drop() override { dropped = true; }
  void wait_until_running() {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, std::chrono::seconds{10}, [&] { return running; });
  }
  void release() {
    const std::lock_guard lock(mutex);
    let_go = true;
    changed.notify_all();
  }
  std::mutex mutex;
  std::condition_variable changed;
  bool running = false, let_go = false;
  std::atomic<bool> dropped{false};
};

}  // namespace

TEST_CASE("every piece of work that was taken is run once or dropped once") {
  std::atomic<int> ran{0}, dropped{0};
  std::vector<std::unique_ptr<Counted>> all;
  all.reserve(4000);
  for (int i = 0; i < 4000; ++i) all.push_back(std::make_unique<Counted>(ran, dropped));
  std::atomic<int> taken{0};
  {
    Workers workers(7, 100, 256UL * 1024);
    std::vector<std::thread> givers;
    for (std::size_t t = 0; t < 4; ++t)
      givers.emplace_back([&, t] {
        for (std::size_t i = t * 1000; i < (t + 1) * 1000; ++i) taken += workers.submit(*all[i]) ? 1 : 0;
      });
    for (auto& giver : givers) giver.join();
  }
  CHECK(ran + dropped == taken);
  CHECK(taken > 0);
}

TEST_CASE("the queue has an end, which a next step does not meet") {
  Workers workers(1, 2, 256UL * 1024);
  Held held;
  REQUIRE(workers.submit(held));
  held.wait_until_running();
  std::atomic<int> ran{0}, dropped{0};
  Counted a(ran, dropped), b(ran, dropped), c(ran, dropped), next(ran, dropped);
  CHECK(workers.submit(a));
  CHECK(workers.submit(b));
  CHECK_FALSE(workers.submit(c));
  CHECK(workers.submit_next(next));
  CHECK(workers.waiting() == 3);
  CHECK(workers.busy() == 1);
  held.release();
  for (int i = 0; i < 500 && ran < 3; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{10});
  CHECK(ran == 3);
  CHECK(workers.waiting() == 0);
}

TEST_CASE("stop() drops what waits, lets end what runs, takes nothing more") {
  Workers workers(1, 10, 256UL * 1024);
  Held held;
  REQUIRE(workers.submit(held));
  held.wait_until_running();
  std::atomic<int> ran{0}, dropped{0};
  Counted waiting(ran, dropped), late(ran, dropped);
  REQUIRE(workers.submit(waiting));
  std::thread stopping([&] { workers.stop(); });
  for (int i = 0; i < 500 && dropped == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{10});
  CHECK(dropped == 1);
  CHECK_FALSE(workers.submit(late));
  CHECK_FALSE(workers.submit_next(late));
  held.release();
  stopping.join();
  CHECK(ran == 0);
  CHECK_FALSE(held.dropped);
}
