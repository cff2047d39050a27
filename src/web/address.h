// What an address in a request means: is it this machine, and whose bucket does it fill.
#pragma once
#include <string>
#include <string_view>

namespace bursary::web {

// A Host value with or without port: localhost, *.localhost, 127.0.0.0/8, [::1].
bool is_loopback_host(std::string_view host);
// An address as in Request::peer: 127.0.0.0/8, ::1, ::ffff:127.0.0.0/104.
bool is_loopback_address(std::string_view address);
// What rate limits count by: an IPv4 address itself, an IPv6 address's /64 (one household has at least that many).
// What cannot be read shares one bucket.
std::string rate_key(std::string_view address);

}  // namespace bursary::web
