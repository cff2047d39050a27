// The addresses that a webhook may have. Private.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bursary::webhooks {

// "host" or "host:port" of an http(s) address of plain ASCII without user, password or fragment; nothing for any other
// text, so that no two readers can understand it differently.
std::optional<std::string> place_in(std::string_view url);
// The operator named it: with its port, or whatever its port.
bool is_named(std::string_view place, const std::vector<std::string>& private_hosts);

}  // namespace bursary::webhooks
