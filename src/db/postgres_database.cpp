#include <mutex>

#include "db/database.h"
#include "db/postgres.sql.h"
#include "db/postgres_groups.h"
#include "db/postgres_runner.h"

namespace bursary::db {
namespace {

constexpr std::int64_t kNodes = 1024;

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(const PostgresOptions& options)
      : runner_(std::make_unique<PostgresRunner>(options)), groups_(*runner_, options.patience) {}

  Dialect dialect() const override { return Dialect::postgres; }

  // Two nodes share a number only when 1,024 more were started while the elder lived; then an id that they both give
  // in one millisecond is refused by its primary key.
  unsigned node() const override {
    const std::lock_guard lock(node_mutex_);
    if (node_) return *node_;
    unsigned drawn = 0;
    const auto refused = runner_->write([&](Tx& tx) {
      drawn = static_cast<unsigned>(tx.query(sql::db::postgres::next_node).at(0).integer(0) % kNodes);
      return true;
    });
    if (refused) throw Overloaded(refused->detail);
    node_ = drawn;
    return drawn;
  }

  Figures figures() const override {
    Figures figures;
    runner_->add_to(figures);
    figures.queue_depth += groups_.waiting();
    figures.writes += groups_.shared();
    return figures;
  }

  std::optional<std::string> problem_with(std::string_view statement) override {
    return runner_->problem_with(statement);
  }

  Result<void> backup_to(const std::string&) override {
    return fail(ErrorKind::invalid, "problem.unavailable", "a PostgreSQL database is backed up with pg_dump");
  }

 protected:
  std::optional<Error> write_erased(const std::function<bool(Tx&)>& fn) override { return runner_->write(fn); }
  std::optional<Error> write_posts_erased(const std::function<bool(Tx&)>& fn) override { return groups_.write(fn); }
  void read_erased(const std::function<void(Tx&)>& fn) override { runner_->read(fn); }

 private:
  std::unique_ptr<PostgresRunner> runner_;
  PostgresGroups groups_;
  mutable std::mutex node_mutex_;
  mutable std::optional<unsigned> node_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const PostgresOptions& options) {
  return std::make_unique<PostgresDatabase>(options);
}

}  // namespace bursary::db
