#include "net/addresses.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace bursary::net {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The special-purpose registries: iana-ipv4-special-registry and iana-ipv6-special-registry, with multicast and what
// was never assigned. NAT64 and 6to4 carry an IPv4 address that nobody has looked at.
constexpr std::string_view kNotGlobal[] = {
    "0.0.0.0/8",      "10.0.0.0/8",    "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24",   "192.0.2.0/24",  "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",  "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/3",   "::/96",          "64:ff9b::/96",   "64:ff9b:1::/48", "100::/64",
    "2001::/23",      "2001:db8::/32", "2002::/16",      "3fff::/20",      "5f00::/16",      "fc00::/7",
    "fe80::/10",      "fec0::/10",     "ff00::/8"};

const std::vector<Cidr>& not_global() {
  static const std::vector<Cidr> networks = [] {
    std::vector<Cidr> list;
    for (const std::string_view text : kNotGlobal) list.push_back(parse_cidr(text).value());
    return list;
  }();
  return networks;
}

}  // namespace

bool Address::is_global() const { return !any_holds(not_global(), *this); }

bool Address::is_v4() const { return std::equal(kMapped.begin(), kMapped.end(), bytes.begin()); }

bool Address::is_loopback() const {
  if (is_v4()) return bytes[12] == 127;
  Address one;
  one.bytes[15] = 1;
  return *this == one;
}

Address Address::client() const {
  if (is_v4()) return *this;
  Address network = *this;
  std::fill(network.bytes.begin() + 8, network.bytes.end(), std::uint8_t{0});
  return network;
}

std::optional<Address> parse_address(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  const std::string copy(text);
  if (copy.find('\0') != std::string::npos) return std::nullopt;
  Address address;
  if (::inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) return address;
  std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
  if (::inet_pton(AF_INET, copy.c_str(), address.bytes.data() + 12) == 1) return address;
  return std::nullopt;
}

std::string to_string(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const char* made = address.is_v4() ? ::inet_ntop(AF_INET, address.bytes.data() + 12, text.data(), text.size())
                                     : ::inet_ntop(AF_INET6, address.bytes.data(), text.data(), text.size());
  return made ? made : std::string{};
}

bool Cidr::holds(const Address& address) const {
  const auto whole = static_cast<std::size_t>(prefix / 8);
  if (!std::equal(network.bytes.begin(), network.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.bytes.begin()))
    return false;
  const int rest = prefix % 8;
  if (rest == 0) return true;
  const int mask = 0xFF << (8 - rest);
  return ((network.bytes[whole] ^ address.bytes[whole]) & mask & 0xFF) == 0;
}

std::optional<Cidr> parse_cidr(std::string_view text) {
  const auto slash = text.find('/');
  const auto network = parse_address(text.substr(0, slash));
  if (!network) return std::nullopt;
  if (slash == std::string_view::npos) return Cidr{*network, 128};
  const auto digits = text.substr(slash + 1);
  int prefix = -1;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  const bool v4 = network->is_v4();
  if (failure != std::errc{} || end != digits.data() + digits.size() || prefix < 0 || prefix > (v4 ? 32 : 128))
    return std::nullopt;
  return Cidr{*network, v4 ? prefix + 96 : prefix};
}

bool any_holds(const std::vector<Cidr>& networks, const Address& address) {
  return std::any_of(networks.begin(), networks.end(), [&](const Cidr& network) { return network.holds(address); });
}

Address client_of(const Address& peer, std::string_view forwarded_for, const std::vector<Cidr>& trusted) {
  Address client = peer;
  while (any_holds(trusted, client) && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    const auto last = trimmed(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1));
    forwarded_for = comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
    const auto named = parse_address(last);
    if (!named) break;
    client = *named;
  }
  return client;
}

}  // namespace bursary::net
