#include "features/defence/rates.h"

namespace bursary::defence {

Rates::Count Rates::as_of(std::string_view name, Instant now) const {
  const std::int64_t window = now.micros / window_.count();
  const auto found = names_.find(std::string(name));
  if (found == names_.end()) return {window, 0, 0};
  const Count& kept = found->second;
  if (kept.window == window) return kept;
  if (kept.window == window - 1) return {window, 0, kept.current};
  return {window, 0, 0};
}

std::int64_t Rates::weight(const Count& count, Instant now) const {
  const std::int64_t into = now.micros % window_.count();
  return count.current * window_.count() + count.previous * (window_.count() - into);
}

bool Rates::has_room(std::string_view name, std::int64_t limit, Instant now, std::int64_t amount) {
  if (names_.size() >= remembered_ && !names_.contains(std::string(name))) {
    forget_old(now);
    if (names_.size() >= remembered_) return false;
  }
  if (amount > limit) return false;
  return weight(as_of(name, now), now) <= (limit - amount) * window_.count();
}

void Rates::count(std::string_view name, Instant now, std::int64_t amount) {
  if (names_.size() >= remembered_ && !names_.contains(std::string(name))) {
    forget_old(now);
    if (names_.size() >= remembered_) return;
  }
  Count count = as_of(name, now);
  count.current += amount;
  names_.insert_or_assign(std::string(name), count);
}

std::int64_t Rates::counted(std::string_view name, Instant now) const {
  return weight(as_of(name, now), now) / window_.count();
}

std::chrono::seconds Rates::until_room(std::string_view name, std::int64_t limit, Instant now,
                                       std::int64_t amount) const {
  const std::int64_t length = window_.count();
  const Count count = as_of(name, now);
  const std::int64_t room = (limit - amount) * length;  // what may be in before that
  if (weight(count, now) <= room) return std::chrono::seconds{0};
  const std::int64_t into = now.micros % length;
  // Within this window only the previous count fades; in the next one the current count does.
  std::int64_t wait = 2 * length - into;
  if (count.current * length <= room && count.previous > 0) {
    wait = (weight(count, now) - room + count.previous - 1) / count.previous;
  } else if (count.current > 0 && room >= 0) {
    wait = length - into + (count.current * length - room + count.current - 1) / count.current;
  }
  return std::chrono::seconds{(wait + 999'999) / 1'000'000};
}

void Rates::forget_old(Instant now) {
  const std::int64_t window = now.micros / window_.count();
  if (window == last_swept_) return;  // nothing can have become old since
  last_swept_ = window;
  std::erase_if(names_, [&](const auto& entry) { return entry.second.window < window - 1; });
}

}  // namespace bursary::defence
