// Money is a whole number of nano-units (1e-9) of one ISO 4217 currency. No floating point anywhere.
#pragma once
#include <compare>
#include <cstdint>
#include <string>

namespace bursary {

struct Money {
  std::int64_t nanos = 0;
  std::string currency;  // "USD"
  bool operator==(const Money&) const = default;
};

inline constexpr std::int64_t kNanosPerUnit = 1'000'000'000;
// The largest amount that a Money holds, in whole units.
inline constexpr std::int64_t kLargestUnits = INT64_MAX / kNanosPerUnit;

}  // namespace bursary
