#include "base/random.h"

#include <sodium.h>

#include <cstring>

namespace bursary {

std::uint64_t Random::u64() {
  std::uint64_t value = 0;
  std::uint8_t bytes[sizeof value];
  fill(bytes);
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

std::uint64_t Random::below(std::uint64_t bound) {
  // Reject the tail that would favour small values.
  const std::uint64_t tail = (0 - bound) % bound;
  for (;;) {
    if (const std::uint64_t value = u64(); value >= tail) return value % bound;
  }
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) { randombytes_buf(bytes.data(), bytes.size()); }

void SeededRandom::refill() {
  unsigned char seed[randombytes_SEEDBYTES] = {};
  std::memcpy(seed, &seed_, sizeof seed_);
  std::memcpy(seed + sizeof seed_, &block_, sizeof block_);
  ++block_;
  buffer_.resize(4096);
  unsigned char block[4096];
  randombytes_buf_deterministic(block, sizeof block, seed);
  std::memcpy(buffer_.data(), block, sizeof block);
  used_ = 0;
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
  for (auto& byte : bytes) {
    if (used_ == buffer_.size()) refill();
    byte = static_cast<std::uint8_t>(buffer_[used_++]);
  }
}

}  // namespace bursary
