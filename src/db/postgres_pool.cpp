#include "db/postgres_pool.h"

#include <algorithm>

namespace bursary::db {

PostgresPool::PostgresPool(const PostgresOptions& options)
    : url_(options.url), limit_(std::max<std::size_t>(options.connections, 1)), patience_(options.patience) {
  idle_.resize(limit_);
}

PostgresPool::Lease PostgresPool::take() {
  std::unique_ptr<PostgresConnection> connection;
  {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, patience_, [&] { return !idle_.empty(); })) {
      ++refused_;
      throw Overloaded("no connection to PostgreSQL came free");
    }
    connection = std::move(idle_.back());
    idle_.pop_back();
  }
  try {
    if (!connection || !connection->alive()) connection = std::make_unique<PostgresConnection>(url_);
  } catch (...) {
    give_back(nullptr);
    throw;
  }
  return {*this, std::move(connection)};
}

void PostgresPool::give_back(std::unique_ptr<PostgresConnection> connection) {
  {
    const std::lock_guard lock(mutex_);
    // Those that are not made yet wait at the front, so that no more are made than are needed.
    const auto place = connection ? idle_.end() : idle_.begin();
    idle_.insert(place, std::move(connection));
  }
  returned_.notify_one();
}

std::uint64_t PostgresPool::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

}  // namespace bursary::db
