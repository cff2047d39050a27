#include "base/random.h"

#include <doctest/doctest.h>

#include <array>

#include "base/crypto.h"

using namespace bursary;

TEST_CASE("the same seed gives the same run, another seed another") {
  SeededRandom one(42);
  SeededRandom same(42);
  SeededRandom other(43);
  std::vector<std::uint64_t> first;
  bool differs = false;
  for (int i = 0; i < 2000; ++i) {  // past the generator's block
    first.push_back(one.u64());
    CHECK(same.u64() == first.back());
    differs = differs || other.u64() != first.back();
  }
  CHECK(differs);
  CHECK(first[0] != first[600]);
}

TEST_CASE("the bytes do not depend on how they are asked for") {
  SeededRandom one(1);
  SeededRandom other(1);
  std::array<std::uint8_t, 5000> whole{};
  one.fill(whole);
  std::array<std::uint8_t, 5000> pieces{};
  for (std::size_t at = 0; at < pieces.size(); at += 50) other.fill(std::span(pieces).subspan(at, 50));
  CHECK(whole == pieces);
}

TEST_CASE("below() stays below and favours nobody") {
  SeededRandom random(9);
  std::array<int, 6> counts{};
  for (int i = 0; i < 60000; ++i) ++counts[random.below(6)];
  // Mean 10,000, standard deviation 91: five of them either way.
  for (const int count : counts) CHECK(std::abs(count - 10000) < 460);
  for (int i = 0; i < 100; ++i) CHECK(random.below(1) == 0);
}

TEST_CASE("the system's generator fills every byte") {
  crypto_ready();
  SystemRandom random;
  std::array<std::uint8_t, 32> seen{};
  for (int round = 0; round < 64; ++round) {
    std::array<std::uint8_t, 32> bytes{};
    random.fill(bytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) seen[i] |= bytes[i];
  }
  for (const std::uint8_t byte : seen) CHECK(byte == 0xFF);
}
