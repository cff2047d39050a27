// What calls cost. Private to the gateway.
#pragma once
#include <cstdint>

#include "features/programs/models.h"

namespace bursary::gateway {

// What a call used, as the provider bills it.
struct Usage {
  std::int64_t input = 0;   // tokens, cached ones among them
  std::int64_t cached = 0;  // of the input
  std::int64_t output = 0;  // tokens, those of hidden reasoning among them
  std::int64_t images = 0;  // made
  bool operator==(const Usage&) const = default;
};

// Nano-units: tokens × price ÷ 1,000,000 over all kinds, images and the request itself, rounded up once to the next
// nano-unit. Negative or absurd counts (above kMostCount) count as 0 and kMostCount: it never overflows.
inline constexpr std::int64_t kMostCount = 100'000'000;
std::int64_t cost(const programs::Prices& prices, const Usage& usage);

}  // namespace bursary::gateway
