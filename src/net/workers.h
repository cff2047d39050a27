// The threads that run handlers: synchronous code that may wait for a disk, in front of a queue with an end. Idle
// threads are called back newest first, so that a quiet server touches few stacks and few caches.
#pragma once
#include <cstddef>
#include <memory>

namespace bursary::net {

// A piece of work, owned by whoever waits for it. Exactly one of the two is called, once, on any thread.
class Work {
 public:
  virtual ~Work() = default;
  virtual void run() = 0;
  virtual void drop() = 0;  // the pool was stopped before its turn came
};

class Workers {
 public:
  // Stack of each thread in bytes. Throws std::system_error when the threads cannot be made.
  Workers(std::size_t threads, std::size_t queue_limit, std::size_t stack_bytes);
  ~Workers();  // stop()
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // False past the queue's limit or after stop(): then neither run() nor drop() is called.
  bool submit(Work& work);
  // The next step of something that was let in before: never refused for the queue's length.
  bool submit_next(Work& work);
  // Drops what waits and joins the threads as they end what they run.
  void stop();

  std::size_t waiting() const;
  std::size_t busy() const;

 private:
  struct Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace bursary::net
