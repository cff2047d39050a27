#include "net/admission.h"

#include <functional>
#include <string_view>

namespace bursary::net {

std::size_t Admission::Hash::operator()(const Address& address) const noexcept {
  const void* bytes = address.bytes.data();
  return std::hash<std::string_view>{}({static_cast<const char*>(bytes), address.bytes.size()});
}

Admission::Answer Admission::enter(const Address& address, bool counted) {
  const std::lock_guard lock(mutex_);
  if (open_ >= most_ + slack(most_)) return Answer::full;
  if (counted && per_client_ > 0) {
    std::size_t& of_client = clients_[address.client()];
    if (of_client >= per_client_) return Answer::too_many_of_client;
    ++of_client;
  }
  return ++open_ > most_ ? Answer::come_in_make_room : Answer::come_in;
}

void Admission::leave(const Address& address, bool counted) {
  const std::lock_guard lock(mutex_);
  --open_;
  if (!counted || per_client_ == 0) return;
  const auto found = clients_.find(address.client());
  if (found != clients_.end() && --found->second == 0) clients_.erase(found);
}

std::size_t Admission::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

}  // namespace bursary::net
