#include "net/target.h"

#include <algorithm>

#include "base/text.h"

namespace bursary::net {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// What RFC 3986 lets stand unescaped in a path; '%' begins an escape.
bool may_stand(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("/-._~!$&'()*+,;=:@").find(c) != std::string_view::npos;
}

std::optional<std::string> decode_path(std::string_view raw) {
  std::string path;
  path.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '%') {
      if (!may_stand(raw[i])) return std::nullopt;
      path.push_back(raw[i]);
      continue;
    }
    if (i + 2 >= raw.size()) return std::nullopt;
    const int high = hex_digit(raw[i + 1]), low = hex_digit(raw[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    const auto decoded = static_cast<char>(high * 16 + low);
    if (decoded == '/' || decoded == '\\' || decoded == '\0') return std::nullopt;
    path.push_back(decoded);
    i += 2;
  }
  return path;
}

bool has_clear_segments(std::string_view path) {
  for (std::size_t start = 1; start <= path.size();) {
    const auto end = std::min(path.find('/', start), path.size());
    const auto segment = path.substr(start, end - start);
    if (segment == "." || segment == ".." || (segment.empty() && end != path.size())) return false;
    start = end + 1;
  }
  return true;
}

bool is_query(std::string_view query) {
  return std::none_of(query.begin(), query.end(), [](char c) { return c <= ' ' || c >= 0x7F || c == '#'; });
}

// Takes "http://authority" off the front.
std::string_view take_authority(std::string_view& target) {
  const auto lower = to_lower_ascii(target.substr(0, 8));
  const std::size_t scheme = lower.starts_with("http://") ? 7 : lower == "https://" ? 8 : 0;
  if (scheme == 0) return {};
  const auto end = std::min(target.find_first_of("/?", scheme), target.size());
  const auto authority = target.substr(scheme, end - scheme);
  target = target.substr(end);
  return authority;
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
  Target parsed;
  if (!target.starts_with('/')) {
    parsed.authority = take_authority(target);
    if (!is_host(parsed.authority)) return std::nullopt;
  }
  const auto mark = target.find('?');
  if (mark != std::string_view::npos) parsed.query = target.substr(mark + 1);
  const auto raw_path = target.substr(0, mark);
  auto path = decode_path(raw_path.empty() ? "/" : raw_path);  // empty only behind an authority
  if (!path || !path->starts_with('/') || !is_query(parsed.query)) return std::nullopt;
  if (!is_utf8(*path) || has_control_characters(*path) || path->find_first_of("\t\r\n") != std::string::npos)
    return std::nullopt;
  if (!has_clear_segments(*path)) return std::nullopt;
  parsed.path = std::move(*path);
  return parsed;
}

std::optional<std::string_view> plain_path(std::string_view target) {
  if (!target.starts_with('/')) return std::nullopt;
  char before = 0;
  for (const char c : target) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' ||
                       c == '_' || ((c == '/' || c == '.') && before != '/' && before != '.');
    if (!plain) return std::nullopt;
    before = c;
  }
  return target;
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > 255) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_' || c == ':' || c == '[' || c == ']';
  });
}

}  // namespace bursary::net
