// Keeps the write-ahead log short without making a commit wait for it.
//
// Most of the log is copied into the file beside the writers (PASSIVE). Under load such a pass never catches up with
// the last commit, and a log is only begun anew when it has; so the few pages that came meanwhile are copied in a
// pause between two groups. When nothing is written any more the log is emptied, so that what was erased is gone
// from it too.
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "db/sqlite_writer.h"

namespace bursary::db {

class SqliteCheckpoints {
 public:
  SqliteCheckpoints(const std::string& path, SqliteWriter& writer);
  ~SqliteCheckpoints();

 private:
  void watch();
  void shorten();
  bool empty();  // false: somebody reads what is in it

  SqliteConnection connection_;
  SqliteWriter& writer_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bursary::db
