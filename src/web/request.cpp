#include "web/request.h"

#include <algorithm>

#include "base/text.h"
#include "web/cookies.h"
#include "web/form_data.h"

namespace bursary::web {

std::string_view to_string(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::other:
      break;
  }
  return "OTHER";
}

void Headers::set(std::string_view name, std::string value) {
  std::erase_if(lines_, [name](const auto& line) { return equal_ignoring_case_ascii(line.first, name); });
  lines_.emplace_back(std::string(name), std::move(value));
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  const auto found = std::find_if(lines_.begin(), lines_.end(),
                                  [name](const auto& line) { return equal_ignoring_case_ascii(line.first, name); });
  if (found == lines_.end()) return std::nullopt;
  return found->second;
}

std::string Request::media_type() const {
  const std::string_view value = header("Content-Type");
  return to_lower_ascii(trim(value.substr(0, value.find(';'))));
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  for (const auto& [key, value] : headers.lines()) {
    if (!equal_ignoring_case_ascii(key, "Cookie")) continue;
    if (auto found = find_cookie(value, name)) return std::string(*found);
  }
  return std::nullopt;
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  for (std::string_view rest = query; !rest.empty();) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto key = percent_decode(pair.substr(0, equals), true);
    if (!key || *key != name) continue;
    auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
    const bool text = value && is_utf8(*value) && value->find('\0') == std::string::npos;
    return text ? value : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace bursary::web
