#include <arpa/inet.h>

#include <cstring>

#include "features/defence/defence.h"

namespace bursary::defence {

std::string address_group(std::string_view peer) {
  const std::string text(peer.substr(0, peer.find('%')));  // without a zone: "fe80::1%eth0"
  in6_addr address{};
  if (inet_pton(AF_INET6, text.c_str(), &address) != 1) return text;
  char out[INET6_ADDRSTRLEN] = {};
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    return inet_ntop(AF_INET, &address.s6_addr[12], out, sizeof out) != nullptr ? out : text;
  }
  // One subscriber commonly holds a whole /64.
  std::memset(&address.s6_addr[8], 0, 8);
  return inet_ntop(AF_INET6, &address, out, sizeof out) != nullptr ? std::string(out) + "/64" : text;
}

}  // namespace bursary::defence
