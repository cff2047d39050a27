#include "features/defence/similarity.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace bursary::defence {
namespace {

constexpr std::size_t kShingleWords = 3;
constexpr std::size_t kRows = 5;
constexpr std::size_t kHashes = kBands * kRows;

// The finaliser of splitmix64 (S. Vigna, public domain): every input bit reaches every output bit.
constexpr std::uint64_t mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

// FNV-1a.
std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

// Each hash orders the shingles anew: one is well mixed already, so that a mask and an odd factor of its own do.
struct Orders {
  std::array<std::uint64_t, kHashes> masks{}, factors{};
};
constexpr Orders orders() {
  Orders out;
  for (std::size_t h = 0; h < kHashes; ++h) {
    out.masks[h] = mixed(h);
    out.factors[h] = mixed(h + kHashes) | 1U;
  }
  return out;
}
constexpr Orders kOrders = orders();

}  // namespace

Shingles shingles_of(const std::vector<std::string>& words) {
  Shingles shingles;
  if (words.size() < kFewestWords) return shingles;
  std::vector<std::uint64_t> hashes;
  hashes.reserve(words.size());
  for (const std::string& word : words) hashes.push_back(hash_of(word));
  shingles.reserve(words.size());
  for (std::size_t i = 0; i + kShingleWords <= hashes.size(); ++i) {
    std::uint64_t shingle = 0;
    for (std::size_t k = 0; k < kShingleWords; ++k) shingle = mixed(shingle ^ hashes[i + k]);
    shingles.push_back(shingle);
  }
  std::sort(shingles.begin(), shingles.end());
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

std::vector<Band> bands_of(const Shingles& shingles) {
  if (shingles.empty()) return {};
  std::array<std::uint64_t, kHashes> least;
  least.fill(std::numeric_limits<std::uint64_t>::max());
  for (const std::uint64_t shingle : shingles) {
    for (std::size_t h = 0; h < kHashes; ++h) {
      least[h] = std::min(least[h], (shingle ^ kOrders.masks[h]) * kOrders.factors[h]);
    }
  }
  std::vector<Band> bands;
  for (std::size_t b = 0; b < kBands; ++b) {
    std::uint64_t value = b;
    for (std::size_t r = 0; r < kRows; ++r) value = mixed(value ^ least[b * kRows + r]);
    bands.push_back({static_cast<std::int16_t>(b), static_cast<std::int64_t>(value)});
  }
  return bands;
}

double resemblance(const Shingles& left, const Shingles& right) {
  if (left.empty() || right.empty()) return 0;
  std::size_t common = 0;
  for (auto l = left.begin(), r = right.begin(); l != left.end() && r != right.end();) {
    if (*l == *r) {
      ++common;
      ++l;
      ++r;
    } else if (*l < *r) {
      ++l;
    } else {
      ++r;
    }
  }
  return static_cast<double>(common) / static_cast<double>(left.size() + right.size() - common);
}

}  // namespace bursary::defence
