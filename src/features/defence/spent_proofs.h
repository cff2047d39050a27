// Proofs that were used, until they would be too old anyway. Bounded: past the bound the oldest is forgotten.
// Not thread-safe.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/instant.h"

namespace bursary::defence {

class SpentProofs {
 public:
  SpentProofs(std::chrono::seconds life, std::size_t remembered) : life_(life), remembered_(remembered) {}

  enum class Use { unused, by_same, by_other };
  // Whether proof `id` served before, and whether for this `key`. An empty key is never the same.
  Use find(const std::string& id, std::string_view key) const;
  // Remembers that it serves for `key` now; the first use stays.
  void spend(const std::string& id, std::string_view key, Instant now);
  std::size_t size() const { return keys_.size(); }

 private:
  std::chrono::seconds life_;
  std::size_t remembered_;
  std::unordered_map<std::string, std::string> keys_;  // id → first 8 bytes of the key's SHA-256, or empty
  std::deque<std::pair<Instant, std::string>> order_;  // when spent, id
};

}  // namespace bursary::defence
