// A transaction on a connection that this write or read has for itself.
#pragma once
#include "db/database.h"
#include "db/postgres_connection.h"

namespace bursary::db {

class PostgresTx final : public Tx {
 public:
  // posts: what would wait for an answer throws std::logic_error; hurried_posts: and no statement waits longer for a
  // lock than kHurry.
  enum class Kind { write, posts, hurried_posts, read };
  // How the transaction stands when the rule has returned, whatever the rule made of an exception.
  enum class State { good, failed, conflict, lost };

  PostgresTx(PostgresConnection& connection, Kind kind) : connection_(connection), kind_(kind) {}

  Dialect dialect() const override { return Dialect::postgres; }
  void hold(std::int64_t key) override;

  bool begun() const { return begun_; }
  State state() const { return state_; }
  const std::string& problem() const { return problem_; }
  // Throws what went wrong with statements that were posted, and with the commit itself: ConnectionLost then means
  // that nobody knows whether it took place.
  void commit();

 protected:
  std::int64_t run(Statement statement, const Value* values, std::size_t count) override;
  Rows fetch(Statement statement, const Value* values, std::size_t count) override;
  void run_later(Statement statement, const Value* values, std::size_t count) override;
  void run_script(std::string_view statements) override;

 private:
  void queue(Statement statement, const Value* values, std::size_t count);
  PostgresResult settle();
  void allow(bool writes, bool waits) const;
  void begin();
  template <class Work>
  auto guarded(Work work);

  PostgresConnection& connection_;
  Kind kind_;
  bool begun_ = false;
  bool seeks_ = false;
  State state_ = State::good;
  std::string problem_;
};

}  // namespace bursary::db
