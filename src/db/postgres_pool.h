// The connections of one node, made when they are first needed and handed out one to a caller at a time.
#pragma once
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "db/database.h"
#include "db/postgres_connection.h"

namespace bursary::db {

class PostgresPool {
 public:
  explicit PostgresPool(const PostgresOptions& options);

  // Gives its connection back when it goes.
  class Lease {
   public:
    Lease(PostgresPool& pool, std::unique_ptr<PostgresConnection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Lease() { pool_.give_back(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    PostgresConnection& connection() { return *connection_; }
    // It broke: the next caller gets a new one.
    void drop() { connection_.reset(); }

   private:
    PostgresPool& pool_;
    std::unique_ptr<PostgresConnection> connection_;
  };

  // Throws Overloaded when none came free in time, ConnectionLost when the server cannot be reached.
  Lease take();
  std::uint64_t refused() const;
  std::size_t limit() const { return limit_; }

 private:
  void give_back(std::unique_ptr<PostgresConnection> connection);

  const std::string url_;
  const std::size_t limit_;
  const std::chrono::milliseconds patience_;
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;  // the last used at the back; null: not made yet
  std::uint64_t refused_ = 0;
};

}  // namespace bursary::db
