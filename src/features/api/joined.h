// A database that is one open transaction: what a rule writes by it joins the caller's, and reads see what was written.
// So a whole act of the API, made of rules that each make a write of their own, is one transaction. Public: api.h lists
// it.
//
// A rule that fails leaves what it did in the transaction: the caller must then give all of it up, and must look at
// failed(), for a rule may have been refused within another that went on.
#pragma once
#include "db/database.h"

namespace bursary::api {

class JoinedDatabase final : public db::Database {
 public:
  // Both outlive this.
  JoinedDatabase(db::Database& whole, db::Tx& tx) : whole_(whole), tx_(tx) {}

  db::Dialect dialect() const override { return whole_.dialect(); }
  unsigned node() const override { return whole_.node(); }
  std::optional<std::string> problem_with(std::string_view statement) override;
  Figures figures() const override { return whole_.figures(); }
  Result<void> backup_to(const std::string& path) override { return whole_.backup_to(path); }
  bool failed() const { return failed_; }

 private:
  std::optional<Error> write_erased(const std::function<bool(db::Tx&)>& fn) override;
  void read_erased(const std::function<void(db::Tx&)>& fn) override { fn(tx_); }

  db::Database& whole_;
  db::Tx& tx_;
  bool failed_ = false;
};

}  // namespace bursary::api
