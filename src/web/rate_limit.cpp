#include "web/rate_limit.h"

#include <cmath>
#include <list>
#include <mutex>
#include <unordered_map>

#include "web/address.h"

namespace bursary::web {
namespace {

struct Bucket {
  std::string key;
  double tokens = 0;
  Instant filled;
};

double seconds_between(Instant from, Instant to) {
  // A clock that stepped back fills nothing and empties nothing.
  return std::max(0.0, std::chrono::duration<double>(to - from).count());
}

}  // namespace

// Most recently used first.
struct RateLimiter::Shard {
  mutable std::mutex mutex;
  std::list<Bucket> buckets;
  std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key;  // keys point into `buckets`

  Bucket& find(std::string key, double burst, Instant now, std::size_t most) {
    if (const auto found = by_key.find(key); found != by_key.end()) {
      buckets.splice(buckets.begin(), buckets, found->second);
      return buckets.front();
    }
    if (buckets.size() >= most) {
      by_key.erase(buckets.back().key);
      buckets.pop_back();
    }
    buckets.push_front({std::move(key), burst, now});
    by_key.emplace(buckets.front().key, buckets.begin());
    return buckets.front();
  }
};

RateLimiter::RateLimiter(const RateLimits& limits) : limits_(limits) {
  for (auto& shard : shards_) shard = std::make_unique<Shard>();
}

RateLimiter::~RateLimiter() = default;

std::optional<std::chrono::seconds> RateLimiter::take(std::string_view address, RateClass of, Instant now) {
  return take_from(rate_key(address), of, now).wait;
}

// No address begins so (rate_key).
RateLimiter::Taken RateLimiter::take_token(std::int64_t token, RateClass of, Instant now) {
  return take_from("token " + std::to_string(token), of, now);
}

RateLimiter::Taken RateLimiter::take_from(std::string key, RateClass of, Instant now) {
  const Rate& rate = of == RateClass::read ? limits_.read : of == RateClass::write ? limits_.write : limits_.costly;
  key += static_cast<char>('0' + static_cast<int>(of));
  Shard& shard = *shards_[std::hash<std::string>{}(key) % kShards];
  const std::size_t most = std::max<std::size_t>(1, limits_.keys / kShards);
  Taken taken;
  taken.burst = static_cast<std::int64_t>(rate.burst);
  taken.window = std::chrono::seconds(static_cast<std::int64_t>(std::ceil(rate.burst / rate.per_second)));
  const std::lock_guard lock(shard.mutex);
  Bucket& bucket = shard.find(std::move(key), rate.burst, now, most);
  bucket.tokens = std::min(rate.burst, bucket.tokens + seconds_between(bucket.filled, now) * rate.per_second);
  bucket.filled = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    taken.left = static_cast<std::int64_t>(bucket.tokens);
    return taken;
  }
  const double wait = (1 - bucket.tokens) / rate.per_second;
  taken.wait = std::chrono::seconds(static_cast<std::int64_t>(std::max(1.0, std::ceil(wait))));
  return taken;
}

std::size_t RateLimiter::size() const {
  std::size_t total = 0;
  for (const auto& shard : shards_) {
    const std::lock_guard lock(shard->mutex);
    total += shard->buckets.size();
  }
  return total;
}

}  // namespace bursary::web
