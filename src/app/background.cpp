#include "app/background.h"

#include <spdlog/spdlog.h>

#include <exception>

namespace bursary::app {
namespace {
constexpr std::chrono::milliseconds kPauseAfterTrouble{5000};
}

void Background::repeat(std::string name, std::chrono::milliseconds pause, std::function<bool()> work) {
  repeat(std::move(name), [pause, work = std::move(work)] { return work() ? std::chrono::milliseconds{0} : pause; });
}

void Background::repeat(std::string name, std::function<std::chrono::milliseconds()> work) {
  threads_.emplace_back([this, name = std::move(name), work = std::move(work)] { run(name, work); });
}

void Background::run(const std::string& name, const std::function<std::chrono::milliseconds()>& work) {
  std::chrono::milliseconds rest{0};
  while (wait(rest)) {
    try {
      rest = work();
    } catch (const std::exception& problem) {
      spdlog::error("{}: {}", name, problem.what());
      rest = kPauseAfterTrouble;
    }
  }
}

bool Background::wait(std::chrono::milliseconds pause) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, pause, [this] { return stopping_; });
  return !stopping_;
}

void Background::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  threads_.clear();
}

}  // namespace bursary::app
