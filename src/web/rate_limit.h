// How often one address may ask: token buckets in memory, one for each address and class of route. This sheds floods
// cheaply before any work is done; it is no account of anything, and each node has its own.
//
// Memory is bounded: beyond the number of keys given, the bucket unused for longest goes (and its owner starts full).
// Any thread; the keys are spread over shards, each with its own mutex.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "base/instant.h"
#include "web/router.h"

namespace bursary::web {

// `burst` requests at once, and one more each 1/per_second; both above zero.
struct Rate {
  double burst = 1;
  double per_second = 1;
};

struct RateLimits {
  Rate read{240, 20};     // pages
  Rate write{200, 10};    // forms, autosave included: a classroom behind one address
  Rate costly{10, 0.05};  // mail, links, exports
  std::size_t keys = 100'000;
};

class RateLimiter {
 public:
  explicit RateLimiter(const RateLimits& limits);
  ~RateLimiter();
  // Nothing: go on. Else how long to wait until one request will pass, at least a second.
  std::optional<std::chrono::seconds> take(std::string_view address, RateClass of, Instant now);
  // The same for a service token by its id, whatever address it comes from, with what is left to it.
  struct Taken {
    std::optional<std::chrono::seconds> wait;
    std::int64_t burst = 0, left = 0;  // requests
    std::chrono::seconds window{};     // in which an empty bucket fills
  };
  Taken take_token(std::int64_t token, RateClass of, Instant now);
  std::size_t size() const;  // buckets held

 private:
  struct Shard;
  Taken take_from(std::string key, RateClass of, Instant now);
  static constexpr std::size_t kShards = 16;
  RateLimits limits_;
  std::array<std::unique_ptr<Shard>, kShards> shards_;
};

}  // namespace bursary::web
