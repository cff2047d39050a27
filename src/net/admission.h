// How many connections there are, and whose. Any thread.
#pragma once
#include <cstddef>
#include <mutex>
#include <unordered_map>

#include "net/addresses.h"

namespace bursary::net {

class Admission {
 public:
  // `per_client` 0: no limit.
  Admission(std::size_t most, std::size_t per_client) : most_(most), per_client_(per_client) {}

  enum class Answer {
    come_in,
    come_in_make_room,  // the limit is reached: an idle one should go
    full,               // beyond the limit and its slack
    too_many_of_client,
  };
  // `counted`: false for trusted proxies, which speak for many. After come_in… exactly one leave() with the same
  // values.
  Answer enter(const Address& address, bool counted);
  void leave(const Address& address, bool counted);
  std::size_t open() const;

  // Connections that may stand beyond the limit while idle ones go.
  static std::size_t slack(std::size_t most) { return most / 16 + 16; }

 private:
  struct Hash {
    std::size_t operator()(const Address& address) const noexcept;
  };
  mutable std::mutex mutex_;
  std::size_t most_;
  std::size_t per_client_;
  std::size_t open_ = 0;
  std::unordered_map<Address, std::size_t, Hash> clients_;
};

}  // namespace bursary::net
