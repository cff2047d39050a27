#include "db/fair_pool.h"

#include <doctest/doctest.h>

#include <thread>

using namespace bursary::db;
using namespace std::chrono_literals;

namespace {

std::vector<std::unique_ptr<int>> numbers(int count) {
  std::vector<std::unique_ptr<int>> items;
  items.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) items.push_back(std::make_unique<int>(i));
  return items;
}

}  // namespace

TEST_CASE("the one used last is lent first, an empty one last") {
  FairPool<int> pool(numbers(3));
  auto first = pool.take(0ms);
  CHECK(*first == 2);
  pool.give_back(std::move(first));
  CHECK(*(first = pool.take(0ms)) == 2);
  pool.give_back(nullptr);
  CHECK(*pool.take(0ms) == 1);
  CHECK(*pool.take(0ms) == 0);
  CHECK(pool.take(0ms) == nullptr);
  CHECK_THROWS_AS(pool.take(1ms), Overloaded);
  CHECK(pool.refused() == 1);
  CHECK(pool.waiting() == 0);
}

TEST_CASE("those who wait are served in the order of asking, before who comes later") {
  FairPool<int> pool(numbers(1));
  auto item = pool.take(0ms);
  std::mutex mutex;
  std::vector<int> order;
  std::vector<std::thread> threads;
  for (int place = 0; place < 5; ++place) {
    threads.emplace_back([&, place] {
      auto mine = pool.take(10s);
      {
        const std::lock_guard lock(mutex);
        order.push_back(place);
      }
      pool.give_back(std::move(mine));
    });
    while (pool.waiting() < static_cast<std::size_t>(place) + 1) std::this_thread::yield();
  }
  pool.give_back(std::move(item));
  item = pool.take(10s);
  {
    const std::lock_guard lock(mutex);
    CHECK(order == std::vector<int>{0, 1, 2, 3, 4});
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_CASE("who gave up is not served") {
  FairPool<int> pool(numbers(1));
  auto item = pool.take(0ms);
  std::thread impatient([&] { CHECK_THROWS_AS(pool.take(5ms), Overloaded); });
  impatient.join();
  pool.give_back(std::move(item));
  CHECK(*pool.take(0ms) == 0);
}
