#include "features/ledger/books.h"

#include <algorithm>
#include <set>

#include "features/ledger/books.sql.h"
#include "features/ledger/rows.h"

namespace bursary::ledger {
namespace {

namespace books_sql = sql::ledger::books;

// "[1,2,3]": how both databases take a list.
template <class Ids>
std::string json_of(const Ids& ids) {
  std::string text = "[";
  for (const auto& id : ids) {
    if (text.size() > 1) text += ',';
    text += std::to_string(id.value);
  }
  text += ']';
  return text;
}

Open open_of_row(const db::Row& row) {
  Open open;
  open.id = row.id<TransferId>(0);
  open.from = row.id<AccountId>(1);
  open.to = row.id<AccountId>(2);
  open.amount = row.integer(3);
  for (std::size_t i = 0; i < kLimits; ++i) open.limits.at(i) = limit_at(row, 4 + i);
  open.at = row.instant(7);
  open.note = row.text(8);
  return open;
}

}  // namespace

Books::Books(db::Tx& tx, Instant now, std::span<const TransferId> ids) : tx_(tx), now_(now) {
  if (ids.empty()) return;
  for (const db::Row row : tx.query(books_sql::end, json_of(ids))) {
    Open open = open_of_row(row);
    open_.emplace(open.id, std::move(open));
  }
}

std::optional<Open> Books::take(TransferId id) {
  auto found = open_.extract(id);
  if (found.empty()) return std::nullopt;
  return std::move(found.mapped());
}

void Books::read(std::span<const Claim* const> claims, std::span<const AccountId> accounts) {
  std::set<AccountId> wanted(accounts.begin(), accounts.end());
  std::set<LimitId> limits;
  const auto want = [&](AccountId from, AccountId to, const std::array<LimitId, kLimits>& of) {
    wanted.insert(from);
    wanted.insert(to);
    limits.insert(of.begin(), of.end());
  };
  for (const auto& [id, open] : open_) want(open.from, open.to, open.limits);
  for (const Claim* claim : claims) want(claim->from, claim->to, claim->limits);
  limits.erase(LimitId{});
  for (const db::Row row : tx_.query(books_sql::accounts, json_of(wanted))) {
    Account account = account_of_row(row);
    accounts_.emplace(account.id, std::move(account));
  }
  if (limits.empty()) return;
  for (const db::Row row : tx_.query(books_sql::limits, json_of(limits))) {
    Limit limit = limit_of_row(row);
    limit.turn(now_);
    limits_.emplace(limit.id, limit);
  }
}

// `held`: nothing is against it.
Answer Books::refusal(const Claim& claim) const {
  using Kind = Answer::Kind;
  const Account& from = accounts_.at(claim.from);
  if (from.closed(now_)) return {Kind::closed, -1, 0};
  for (std::size_t i = 0; i < kLimits; ++i) {
    if (claim.limits.at(i).value != 0 && limits_.at(claim.limits.at(i)).closed(now_))
      return {Kind::closed, static_cast<int>(i), 0};
  }
  if (from.free() < claim.amount) return {Kind::short_of_money, -1, from.free()};
  for (std::size_t i = 0; i < kLimits; ++i) {
    if (claim.limits.at(i).value == 0) continue;
    const auto left = limits_.at(claim.limits.at(i)).left();
    if (left && *left < claim.amount) return {Kind::over_cap, static_cast<int>(i), *left};
  }
  return {Kind::held, -1, 0};
}

Answer Books::reserve(const Claim& claim, RunId run) {
  Account& from = accounts_.at(claim.from);
  const Account& to = accounts_.at(claim.to);
  const bool joined = Way{from.owner.kind, to.owner.kind} == way_of(Reason::charged) && from.owner.id == to.owner.id &&
                      from.owner.currency == to.owner.currency;
  if (!joined || claim.amount <= 0) throw std::logic_error("a reservation between accounts that no charge joins");
  Answer answer = refusal(claim);
  if (!answer.held()) return answer;
  from.held += claim.amount;
  for (const LimitId id : claim.limits) {
    if (id.value != 0) limits_.at(id).held += claim.amount;
  }
  tx_.post(books_sql::reserve, claim.id, run, claim.from, claim.to, claim.amount, stored(claim.limits[0]),
           stored(claim.limits[1]), stored(claim.limits[2]), now_, claim.note);
  return answer;
}

Ended Books::end(const Open& open, Reason reason, AccountId to, std::int64_t cost) {
  cost = std::clamp<std::int64_t>(cost, 0, open.amount);
  Account& from = accounts_.at(open.from);
  from.held -= open.amount;
  from.debited += cost;
  accounts_.at(to).credited += cost;
  for (const LimitId id : open.limits) {
    if (id.value == 0) continue;
    Limit& limit = limits_.at(id);
    limit.held -= open.amount;
    limit.spent += cost;
    limit.period_spent += cost;
  }
  tx_.post(books_sql::charge, open.id, reason, open.from, to, cost, now_, open.amount, open.at, stored(open.limits[0]),
           stored(open.limits[1]), stored(open.limits[2]));
  return {open.id, reason, cost, open.amount, now_, open.at, open.note, nullptr};
}

void Books::write() {
  for (const auto& [id, account] : accounts_)
    tx_.post(books_sql::set_account, account.credited, account.debited, account.held, id);
  for (const auto& [id, limit] : limits_)
    tx_.post(books_sql::set_limit, limit.period_at, limit.period_spent, limit.spent, limit.held, id);
}

}  // namespace bursary::ledger
