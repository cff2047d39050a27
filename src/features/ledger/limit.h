// What somebody, or a key, may spend of an account: a cap for ever, or for each day or month in UTC, or both. The total
// is kept when a new period begins.
#pragma once
#include <cstdint>
#include <optional>

#include "base/id.h"
#include "base/instant.h"

namespace bursary::ledger {

struct LimitTag;
using LimitId = Id<LimitTag>;

// The codes are stored: never renumber.
enum class Period : std::int16_t { none = 0, day = 1, month = 2 };

// When the period that `now` lies in began.
Instant began(Period period, Instant now);

struct Limit {
  LimitId id;
  std::optional<std::int64_t> cap;  // nano-units
  Period period = Period::none;
  std::optional<std::int64_t> period_cap;  // nano-units
  Instant period_at;                       // what period_spent counts from
  std::int64_t period_spent = 0, spent = 0, held = 0;
  std::optional<Instant> closed_at;

  bool closed(Instant now) const { return closed_at && now >= *closed_at; }
  // Begins a new period when one has begun by `now`; a clock that steps back begins none.
  void turn(Instant now);
  // What it still lets through, after turn(); nothing when it has no cap. What is held may yet be spent, in whichever
  // period it ends, and counts against both. Never negative.
  std::optional<std::int64_t> left() const;
};

}  // namespace bursary::ledger
