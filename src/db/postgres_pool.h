// The connections of one node, made when they are first needed.
#pragma once
#include "db/fair_pool.h"
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
    ~Lease() { pool_.pool_.give_back(std::move(connection_)); }
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
  std::uint64_t refused() const { return pool_.refused(); }
  std::size_t waiting() const { return pool_.waiting(); }

 private:
  const std::string url_;
  const std::chrono::milliseconds patience_;
  FairPool<PostgresConnection> pool_;
};

}  // namespace bursary::db
