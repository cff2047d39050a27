#include "web/cookies.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "web/address.h"
#include "web/response.h"

namespace bursary::web {
namespace {

std::string_view trim_spaces(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// RFC 6265 cookie-octet: anything else could end the cookie or the header.
bool is_cookie_octet(char c) { return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\'; }

// Browsers refuse __Host- and Secure over plain http; only a developer's own machine may do without.
bool is_plain_loopback(const Request& request) { return !request.secure && is_loopback_host(request.header("Host")); }

std::string full_name(const Request& request, std::string_view name) {
  return (is_plain_loopback(request) ? std::string() : std::string("__Host-")).append(name);
}

}  // namespace

std::optional<std::string_view> find_cookie(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || trim_spaces(pair.substr(0, equals)) != name) continue;
    return trim_spaces(pair.substr(equals + 1));
  }
  return std::nullopt;
}

void set_cookie(Response& response, const Request& request, const Cookie& cookie) {
  const bool fit = !cookie.name.empty() && std::all_of(cookie.name.begin(), cookie.name.end(), is_cookie_octet) &&
                   cookie.name.find('=') == std::string::npos &&
                   std::all_of(cookie.value.begin(), cookie.value.end(), is_cookie_octet);
  if (!fit) throw std::logic_error("a cookie's name or value holds what a header cannot");
  std::string line = full_name(request, cookie.name) + "=" + cookie.value + "; Path=/; SameSite=Lax";
  if (!is_plain_loopback(request)) line += "; Secure";
  if (cookie.http_only) line += "; HttpOnly";
  if (cookie.max_age) line += "; Max-Age=" + std::to_string(cookie.max_age->count());
  response.headers.add("Set-Cookie", std::move(line));
}

std::optional<std::string> read_cookie(const Request& request, std::string_view name) {
  return request.cookie(full_name(request, name));
}

}  // namespace bursary::web
