#include "web/address.h"

#include <arpa/inet.h>

#include <array>
#include <cstring>
#include <optional>

#include "base/crypto.h"
#include "base/text.h"

namespace bursary::web {
namespace {

using Ipv6 = std::array<unsigned char, 16>;

// An IPv4 address is returned as ::ffff:a.b.c.d.
std::optional<Ipv6> parse(std::string_view text) {
  constexpr std::size_t kLongest = 45;
  if (text.size() > kLongest) return std::nullopt;
  const std::string copy(text);
  Ipv6 out{};
  if (inet_pton(AF_INET6, copy.c_str(), out.data()) == 1) return out;
  out = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0};
  if (inet_pton(AF_INET, copy.c_str(), out.data() + 12) == 1) return out;
  return std::nullopt;
}

bool is_mapped_ipv4(const Ipv6& address) {
  constexpr Ipv6 kPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  return std::memcmp(address.data(), kPrefix.data(), 12) == 0;
}

}  // namespace

bool is_loopback_address(std::string_view address) {
  const auto parsed = parse(address);
  if (!parsed) return false;
  constexpr Ipv6 kOne = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  return *parsed == kOne || (is_mapped_ipv4(*parsed) && (*parsed)[12] == 127);
}

bool is_loopback_host(std::string_view host) {
  if (host.starts_with('[')) {
    const std::size_t close = host.find(']');
    return close != std::string_view::npos && is_loopback_address(host.substr(1, close - 1));
  }
  const std::string name = to_lower_ascii(host.substr(0, host.find(':')));
  return name == "localhost" || name.ends_with(".localhost") || is_loopback_address(name);
}

std::string rate_key(std::string_view address) {
  const auto parsed = parse(address);
  if (!parsed) return "?";
  const auto from = is_mapped_ipv4(*parsed) ? parsed->begin() + 12 : parsed->begin();
  const auto to = is_mapped_ipv4(*parsed) ? parsed->end() : parsed->begin() + 8;
  return to_hex(std::string(from, to));
}

}  // namespace bursary::web
