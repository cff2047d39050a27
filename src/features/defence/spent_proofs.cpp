#include "features/defence/spent_proofs.h"

#include "base/crypto.h"

namespace bursary::defence {
namespace {

std::string mark_of(std::string_view key) {
  return key.empty() ? std::string() : std::string(bytes_of(sha256(key)).substr(0, 8));
}

}  // namespace

SpentProofs::Use SpentProofs::find(const std::string& id, std::string_view key) const {
  const auto found = keys_.find(id);
  if (found == keys_.end()) return Use::unused;
  return !key.empty() && found->second == mark_of(key) ? Use::by_same : Use::by_other;
}

void SpentProofs::spend(const std::string& id, std::string_view key, Instant now) {
  while (!order_.empty() && (now - order_.front().first > life_ || order_.size() >= remembered_)) {
    keys_.erase(order_.front().second);
    order_.pop_front();
  }
  if (keys_.try_emplace(id, mark_of(key)).second) order_.emplace_back(now, id);
}

}  // namespace bursary::defence
