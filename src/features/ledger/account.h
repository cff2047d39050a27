// An account of the ledger, and what may flow between two kinds of them (docs/formats/ledger.md).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/instant.h"

namespace bursary::ledger {

struct AccountTag;
using AccountId = Id<AccountTag>;

// The codes are stored: never renumber.
enum class AccountKind : std::int16_t { sponsor = 0, pool = 1, promised = 2, award = 3, doubt = 4, spent = 5 };
enum class Reason : std::int16_t {
  funded = 0,
  withdrawn = 1,
  promised = 2,
  returned = 3,
  released = 4,
  given_back = 5,
  charged = 6,
  doubted = 7,
  doubt_charged = 8,
  doubt_refunded = 9,
  refunded = 10,
};
inline constexpr int kReasons = 11;
std::string_view to_string(AccountKind kind);
std::string_view to_string(Reason reason);

// Where from and where to.
struct Way {
  AccountKind from, to;
  bool operator==(const Way&) const = default;
};
Way way_of(Reason reason);

// Whether an account of this kind gives no more than it has.
bool is_guarded(AccountKind kind);

// Whose an account is. `id` is the pool's or the award's; 0 for a sponsor, who is named by program and currency.
struct Owner {
  AccountKind kind = AccountKind::pool;
  std::int64_t id = 0;
  std::string program;
  std::string currency;
};

struct Account {
  AccountId id;
  Owner owner;
  std::int64_t credited = 0, debited = 0, held = 0;  // nano-units
  std::optional<Instant> closed_at;

  std::int64_t balance() const { return credited - debited; }
  // What it can still give. Of an account that is not guarded it says nothing.
  std::int64_t free() const { return credited - debited - held; }
  bool closed(Instant now) const { return closed_at && now >= *closed_at; }
};

}  // namespace bursary::ledger
