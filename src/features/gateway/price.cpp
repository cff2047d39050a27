#include "features/gateway/price.h"

#include <algorithm>

namespace bursary::gateway {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

// A sum of products, kept as whole nano-units and millionths: prices have up to sixteen digits.
struct Sum {
  std::int64_t nanos = 0, millionths = 0;
  void add(std::int64_t tokens, std::int64_t price) {
    nanos += tokens * (price / kMillion);
    millionths += tokens * (price % kMillion);
  }
  std::int64_t rounded_up() const { return nanos + (millionths + kMillion - 1) / kMillion; }
};

std::int64_t sane(std::int64_t count) { return std::clamp<std::int64_t>(count, 0, kMostCount); }

}  // namespace

std::int64_t cost(const programs::Prices& prices, const Usage& usage) {
  const std::int64_t input = sane(usage.input);
  const std::int64_t cached = std::min(sane(usage.cached), input);
  Sum sum;
  sum.add(input - cached, prices.input);
  sum.add(cached, prices.cached_input);
  sum.add(sane(usage.output), prices.output);
  return sum.rounded_up() + std::min<std::int64_t>(sane(usage.images), 1000) * prices.image + prices.request;
}

}  // namespace bursary::gateway
