#include "db/postgres_pool.h"

#include <algorithm>

namespace bursary::db {

PostgresPool::PostgresPool(const PostgresOptions& options)
    : url_(options.url),
      patience_(options.patience),
      pool_(std::vector<std::unique_ptr<PostgresConnection>>(std::max<std::size_t>(options.connections, 1))) {}

PostgresPool::Lease PostgresPool::take() {
  std::unique_ptr<PostgresConnection> connection = pool_.take(patience_);
  try {
    if (!connection || !connection->alive()) connection = std::make_unique<PostgresConnection>(url_);
  } catch (...) {
    pool_.give_back(nullptr);
    throw;
  }
  return {*this, std::move(connection)};
}

}  // namespace bursary::db
