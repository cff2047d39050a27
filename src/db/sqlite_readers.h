// Connections for readers, handed out one to a reader at a time; the last one back goes out first, its cache is warm.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "db/sqlite_connection.h"

namespace bursary::db {

class SqliteReaders {
 public:
  explicit SqliteReaders(const SqliteOptions& options);

  // Throws Overloaded after the options' patience.
  void read(const std::function<void(Tx&)>& fn);
  std::uint64_t refused() const;

 private:
  std::unique_ptr<SqliteConnection> take();
  void give_back(std::unique_ptr<SqliteConnection> connection);

  const std::chrono::milliseconds patience_;
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<SqliteConnection>> idle_;
  std::uint64_t refused_ = 0;
};

}  // namespace bursary::db
