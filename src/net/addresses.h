// Internet addresses as values, and who a request really comes from when a proxy stands in front.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bursary::net {

// IPv4 is kept as its IPv4-mapped IPv6 form, so that one comparison serves both.
struct Address {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Address&) const = default;
  bool is_v4() const;
  bool is_loopback() const;
  // Anybody on the internet may have it: none of the ranges that IANA keeps for machines, sites, links, documents,
  // groups and translation (its special-purpose registries for IPv4 and IPv6).
  bool is_global() const;
  // What counts as one client where connections are counted: the address itself, of IPv6 its /64.
  Address client() const;
};

// "192.0.2.1", "2001:db8::1", "[2001:db8::1]"; nothing else, no names, no ports.
std::optional<Address> parse_address(std::string_view text);
std::string to_string(const Address& address);

struct Cidr {
  Address network;
  int prefix = 128;  // bits of the 128
  bool holds(const Address& address) const;
};
// "10.0.0.0/8", "2001:db8::/32", or an address alone.
std::optional<Cidr> parse_cidr(std::string_view text);
bool any_holds(const std::vector<Cidr>& networks, const Address& address);

// Who sent it: the peer itself unless that is trusted; else the last entry of X-Forwarded-For that is not. What stands
// before an entry that cannot be read, or before an untrusted one, is the client's own claim and is not believed.
Address client_of(const Address& peer, std::string_view forwarded_for, const std::vector<Cidr>& trusted);

}  // namespace bursary::net
