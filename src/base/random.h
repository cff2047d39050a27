// Unpredictable bytes, handed in like the clock so that a test can repeat a run.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace bursary {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;

  std::uint64_t u64();
  // Uniform in [0, bound); bound > 0.
  std::uint64_t below(std::uint64_t bound);
};

// The operating system's generator by way of libsodium; any thread.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

// The same sequence for the same seed (ChaCha20 by libsodium): tests and the rehearsal data. One thread.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : seed_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  void refill();
  std::uint64_t seed_;
  std::uint64_t block_ = 0;
  std::string buffer_;
  std::size_t used_ = 0;
};

}  // namespace bursary
