#include "features/webhooks/address.h"

#include <algorithm>

#include "base/text.h"

namespace bursary::webhooks {

std::optional<std::string> place_in(std::string_view url) {
  const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  if (scheme == 0) return std::nullopt;
  const auto odd = [](char c) {
    return c <= ' ' || c > '~' || std::string_view("\\\"<>^`{|}@#").find(c) != std::string_view::npos;
  };
  if (std::ranges::any_of(url, odd)) return std::nullopt;
  const std::string_view rest = url.substr(scheme);
  const std::string_view place = rest.substr(0, rest.find_first_of("/?"));
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
  if (place.empty() || place.front() == ':' || place.find_first_not_of(kAllowed) != std::string_view::npos)
    return std::nullopt;
  return to_lower_ascii(std::string(place));
}

bool is_named(std::string_view place, const std::vector<std::string>& private_hosts) {
  const std::size_t colon = place.ends_with(']') ? std::string_view::npos : place.rfind(':');
  const std::string_view host = place.substr(0, colon);
  return std::ranges::any_of(private_hosts, [&](const std::string& one) { return one == place || one == host; });
}

}  // namespace bursary::webhooks
