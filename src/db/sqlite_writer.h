// Group commit. One thread takes the writes that wait, runs them inside one transaction, commits once, and wakes them
// together.
//
// Invariants
//   - A write is answered only after the commit that holds it has returned from fsync; when that commit fails,
//     everyone in the group is told so, whatever their own work said.
//   - A group is served in the order of arrival. Writes that arrive while it is served join it, until it is full or
//     kLongestGroup old: under load groups grow by themselves, and a lone write never waits for company.
//   - One that fails spoils no other. A savepoint for each request would see to that, but to keep the pages that each
//     changes costs as much as a third of the work; so a group runs without, and only when a request fails after it
//     changed something, the group is rolled back and run again with savepoints (and so are the next few groups: who
//     fails once often fails again).
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "db/latch.h"
#include "db/sqlite_connection.h"

namespace bursary::db {

class SqliteWriter {
 public:
  explicit SqliteWriter(const SqliteOptions& options);
  // Serves who still waits, then ends.
  ~SqliteWriter();

  // As Database::write_erased.
  std::optional<Error> write(const std::function<bool(Tx&)>& fn);
  // Runs fn in the caller's thread while no group is being served.
  void between_groups(const std::function<void()>& fn);

  void add_to(Database::Figures& figures) const;
  // Pages in the write-ahead log after the last commit, and the number of commits so far that wrote into it: jobs that
  // look for work and find none commit too, and write nothing.
  int log_pages() const { return log_pages_.load(std::memory_order_relaxed); }
  std::uint64_t logged() const { return logged_.load(std::memory_order_relaxed); }

 private:
  struct Ticket {
    const std::function<bool(Tx&)>* fn;
    std::exception_ptr thrown;
  };
  // Shared by its waiters and the writer, so that none of them outlives it.
  struct Group {
    std::vector<Ticket*> tickets;
    std::size_t begun = 0;  // tickets that were run at least once
    bool closed = false;    // who comes now begins another
    std::string broken;     // written before `done` opens
    Latch done;
  };

  std::shared_ptr<Group> join(Ticket& ticket);
  void serve_all();
  void serve(Group& group);
  Ticket* next_of(Group& group, std::size_t index, bool too_old);
  void abandon(Group& group);
  bool run_group(Group& group, bool careful);
  bool run_request(Ticket& ticket, bool careful);
  void commit();
  static int note_log(void* self, sqlite3*, const char*, int pages);

  const std::size_t queue_limit_;
  const std::size_t group_limit_;
  SqliteConnection connection_;
  int careful_groups_ = 0;  // still to come

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Group>> groups_;  // the front one is being served
  std::size_t waiting_ = 0;                    // tickets that nobody began
  bool serving_ = false;
  bool paused_ = false;
  bool stopping_ = false;
  std::uint64_t refused_ = 0;

  std::atomic<int> log_pages_{0};
  std::atomic<std::uint64_t> logged_{0};
  std::atomic<std::uint64_t> commits_{0};
  std::atomic<std::uint64_t> writes_{0};
  std::atomic<std::uint64_t> reruns_{0};
  std::atomic<std::int64_t> commit_nanos_{0};
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace bursary::db
