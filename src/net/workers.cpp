#include "net/workers.h"

#include <pthread.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <system_error>
#include <vector>

#include "net/signals_blocked.h"

namespace bursary::net {
namespace {

// The mutex is the pool's. `work` is set by whoever calls the thread back.
struct Worker {
  std::condition_variable called;
  Work* work = nullptr;
};

class ThreadAttributes {
 public:
  explicit ThreadAttributes(std::size_t stack_bytes) {
    pthread_attr_init(&attributes_);
    pthread_attr_setstacksize(&attributes_, stack_bytes);
  }
  ~ThreadAttributes() { pthread_attr_destroy(&attributes_); }
  ThreadAttributes(const ThreadAttributes&) = delete;
  ThreadAttributes& operator=(const ThreadAttributes&) = delete;
  const pthread_attr_t* get() const { return &attributes_; }

 private:
  pthread_attr_t attributes_{};
};

}  // namespace

struct Workers::Pool {
  mutable std::mutex mutex;
  std::vector<pthread_t> threads;
  std::vector<Worker*> idle;  // newest last
  std::deque<Work*> queue;
  std::size_t queue_limit = 0;
  bool stopped = false;

  void start(std::size_t count, std::size_t stack_bytes);
  bool submit(Work& work, bool bounded);
  void stop();
  Work* next(Worker& me);
  static void* run(void* pool);
};

void Workers::Pool::start(std::size_t count, std::size_t stack_bytes) {
  const SignalsBlocked blocked;
  const ThreadAttributes attributes(stack_bytes);
  threads.reserve(count);
  idle.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    pthread_t thread{};
    const int failure = pthread_create(&thread, attributes.get(), &Pool::run, this);
    if (failure != 0) throw std::system_error(failure, std::generic_category(), "cannot start a worker thread");
    pthread_setname_np(thread, "worker");
    threads.push_back(thread);
  }
}

bool Workers::Pool::submit(Work& work, bool bounded) {
  const std::lock_guard lock(mutex);
  if (stopped) return false;
  if (idle.empty()) {
    if (bounded && queue.size() >= queue_limit) return false;
    queue.push_back(&work);
    return true;
  }
  Worker* worker = idle.back();
  idle.pop_back();
  worker->work = &work;
  worker->called.notify_one();
  return true;
}

Work* Workers::Pool::next(Worker& me) {
  std::unique_lock lock(mutex);
  if (!queue.empty()) {
    Work* work = queue.front();
    queue.pop_front();
    return work;
  }
  if (stopped) return nullptr;
  me.work = nullptr;
  idle.push_back(&me);
  me.called.wait(lock, [&] { return me.work != nullptr || stopped; });
  return me.work;
}

void* Workers::Pool::run(void* pool) {
  Worker me;
  while (Work* work = static_cast<Pool*>(pool)->next(me)) work->run();
  return nullptr;
}

void Workers::Pool::stop() {
  std::deque<Work*> dropped;
  std::vector<pthread_t> ending;
  {
    const std::lock_guard lock(mutex);
    stopped = true;
    dropped.swap(queue);
    ending.swap(threads);
    for (Worker* worker : idle) worker->called.notify_one();
    idle.clear();
  }
  for (Work* work : dropped) work->drop();
  for (const pthread_t thread : ending) pthread_join(thread, nullptr);
}

Workers::Workers(std::size_t threads, std::size_t queue_limit, std::size_t stack_bytes)
    : pool_(std::make_unique<Pool>()) {
  pool_->queue_limit = queue_limit;
  try {
    pool_->start(threads, stack_bytes);
  } catch (...) {
    pool_->stop();
    throw;
  }
}

Workers::~Workers() { stop(); }
bool Workers::submit(Work& work) { return pool_->submit(work, true); }
bool Workers::submit_next(Work& work) { return pool_->submit(work, false); }
void Workers::stop() { pool_->stop(); }

std::size_t Workers::waiting() const {
  const std::lock_guard lock(pool_->mutex);
  return pool_->queue.size();
}

std::size_t Workers::busy() const {
  const std::lock_guard lock(pool_->mutex);
  return pool_->threads.size() - pool_->idle.size();
}

}  // namespace bursary::net
