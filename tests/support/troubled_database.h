// A database in front of another, as a test wants it: away, without an answer, or with something that comes between.
#pragma once
#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "db/database.h"

namespace bursary::testing {

class TroubledDatabase final : public db::Database {
 public:
  explicit TroubledDatabase(db::Database& whole) : whole_(whole) {}

  std::atomic<bool> away = false;          // nothing is read or written
  std::atomic<bool> lose_answers = false;  // a write is committed, and then nobody knows
  std::function<void()> before_write;      // happens after whatever the caller read

  db::Dialect dialect() const override { return whole_.dialect(); }
  unsigned node() const override { return whole_.node(); }
  std::optional<std::string> problem_with(std::string_view text) override { return whole_.problem_with(text); }
  Figures figures() const override { return whole_.figures(); }
  Result<void> backup_to(const std::string& path) override { return whole_.backup_to(path); }

 protected:
  std::optional<Error> write_erased(const std::function<bool(db::Tx&)>& fn) override {
    return passed_on(fn, [&](const auto& rule) { return whole_.write(rule); });
  }
  std::optional<Error> write_posts_erased(const std::function<bool(db::Tx&)>& fn) override {
    return passed_on(fn, [&](const auto& rule) { return whole_.write_posts(rule); });
  }
  void read_erased(const std::function<void(db::Tx&)>& fn) override {
    must_be_here();
    whole_.read([&](db::Tx& tx) {
      fn(tx);
      return true;
    });
  }

 private:
  template <class Write>
  std::optional<Error> passed_on(const std::function<bool(db::Tx&)>& fn, Write write) {
    must_be_here();
    if (before_write) before_write();
    std::optional<bool> kept;
    const Result<void> done = write([&](db::Tx& tx) -> Result<void> {
      kept = fn(tx);
      if (!*kept) return fail(ErrorKind::conflict, "problem.stale");
      return {};
    });
    if (lose_answers) throw db::DatabaseBroken("lost while committing");
    // What the rule itself refused is told by its own result.
    if (!done && kept.value_or(true)) return done.error();
    return std::nullopt;
  }
  void must_be_here() const {
    if (away) throw db::DatabaseBroken("the database is away");
  }

  db::Database& whole_;
};

}  // namespace bursary::testing
