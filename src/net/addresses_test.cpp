#include "net/addresses.h"

#include <doctest/doctest.h>

using namespace bursary::net;

namespace {
Address at(std::string_view text) { return parse_address(text).value_or(Address{}); }
Cidr net(std::string_view text) { return parse_cidr(text).value_or(Cidr{}); }
}  // namespace

TEST_CASE("addresses are read and written as values") {
  CHECK(to_string(at("192.0.2.1")) == "192.0.2.1");
  CHECK(to_string(at("2001:DB8:0::1")) == "2001:db8::1");
  CHECK(to_string(at("[::1]")) == "::1");
  CHECK(at("::ffff:192.0.2.1") == at("192.0.2.1"));
  CHECK(at("127.9.9.9").is_loopback());
  CHECK(at("::1").is_loopback());
  CHECK_FALSE(at("128.0.0.1").is_loopback());
  for (const auto* bad : {"", "1.2.3", "1.2.3.4:80", "localhost", "1.2.3.4 ", "01.2.3.4x", "[]", "::g", "1.2.3.256"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_address(bad));
  }
}

TEST_CASE("networks hold what they say") {
  CHECK(net("10.0.0.0/8").holds(at("10.255.1.2")));
  CHECK_FALSE(net("10.0.0.0/8").holds(at("11.0.0.0")));
  CHECK(net("192.0.2.128/25").holds(at("192.0.2.200")));
  CHECK_FALSE(net("192.0.2.128/25").holds(at("192.0.2.100")));
  CHECK(net("192.0.2.7").holds(at("192.0.2.7")));
  CHECK_FALSE(net("192.0.2.7").holds(at("192.0.2.8")));
  CHECK(net("2001:db8::/33").holds(at("2001:db8:7fff::1")));
  CHECK_FALSE(net("2001:db8::/33").holds(at("2001:db8:8000::1")));
  CHECK(net("0.0.0.0/0").holds(at("255.1.1.1")));
  CHECK_FALSE(net("0.0.0.0/0").holds(at("2001:db8::1")));
  CHECK(net("::/0").holds(at("2001:db8::1")));
  for (const auto* bad : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "::/129", "/8", "ten/8"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_cidr(bad));
  }
}

TEST_CASE("one client is an address, of IPv6 a network of 64 bits") {
  CHECK(at("192.0.2.1").client() == at("192.0.2.1"));
  CHECK(at("2001:db8:1:2:3:4:5:6").client() == at("2001:db8:1:2::"));
}

TEST_CASE("the client is the last that no trusted proxy vouches for") {
  const std::vector<Cidr> trusted = {net("10.0.0.0/8"), net("::1")};
  const Address proxy = at("10.0.0.1");
  CHECK(client_of(at("203.0.113.1"), "198.51.100.1", trusted) == at("203.0.113.1"));
  CHECK(client_of(proxy, "", trusted) == proxy);
  CHECK(client_of(proxy, "198.51.100.1", trusted) == at("198.51.100.1"));
  CHECK(client_of(proxy, "198.51.100.1, 203.0.113.9 ,10.2.2.2", trusted) == at("203.0.113.9"));
  CHECK(client_of(proxy, "10.3.3.3, 10.2.2.2", trusted) == at("10.3.3.3"));
  CHECK(client_of(proxy, "198.51.100.1, nonsense, 10.2.2.2", trusted) == at("10.2.2.2"));
  CHECK(client_of(proxy, "198.51.100.1,", trusted) == proxy);
  CHECK(client_of(at("::1"), "2001:db8::7", trusted) == at("2001:db8::7"));
}

TEST_CASE("which addresses anybody on the internet may have") {
  for (const char* text : {"8.8.8.8", "1.1.1.1", "192.0.1.1", "172.32.0.1", "100.128.0.1", "223.255.255.1",
                           "2606:4700:4700::1111", "2a00::1"}) {
    CHECK_MESSAGE(parse_address(text).value().is_global(), text);
  }
  for (const char* text : {"0.0.0.0",
                           "10.1.2.3",
                           "100.64.0.1",
                           "127.0.0.1",
                           "127.9.9.9",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "198.18.0.1",
                           "203.0.113.9",
                           "224.0.0.1",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::127.0.0.1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "64:ff9b::7f00:1",
                           "2002:7f00:1::",
                           "2001:db8::1",
                           "fc00::1",
                           "fd12::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1",
                           "100::1"}) {
    CHECK_MESSAGE(!parse_address(text).value().is_global(), text);
  }
}
