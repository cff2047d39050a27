// Connections for readers.
#pragma once
#include <functional>

#include "db/fair_pool.h"
#include "db/sqlite_connection.h"

namespace bursary::db {

class SqliteReaders {
 public:
  explicit SqliteReaders(const SqliteOptions& options);

  // Throws Overloaded after the options' patience.
  void read(const std::function<void(Tx&)>& fn);
  std::uint64_t refused() const { return pool_.refused(); }

 private:
  const std::chrono::milliseconds patience_;
  FairPool<SqliteConnection> pool_;
};

}  // namespace bursary::db
