#include "html/url.h"

#include <algorithm>

namespace bursary::html {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [](char p, char t) { return p == lower(t); });
}

// Browsers drop tabs and line ends inside a URL and read '\' as '/', so these could turn a path into a host.
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// What follows the first '/' must not be a second one, in any spelling.
bool begins_with_host(std::string_view path) {
  const std::string_view rest = path.substr(1);
  return rest.starts_with('/') || rest.starts_with('\\') || starts_with_ignoring_case(rest, "%2f") ||
         starts_with_ignoring_case(rest, "%5c");
}

}  // namespace

bool is_local_path(std::string_view url) {
  if (!url.starts_with('/') || begins_with_host(url)) return false;
  return std::all_of(url.begin(), url.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

bool is_foreign_url(std::string_view url) {
  return starts_with_ignoring_case(url, "http://") || starts_with_ignoring_case(url, "https://");
}

bool is_safe_url(std::string_view url) {
  if (url.empty() || std::any_of(url.begin(), url.end(), is_control)) return false;
  if (url.front() == '/') return !begins_with_host(url);
  if (url.front() == '?' || url.front() == '#') return true;
  return is_foreign_url(url) || starts_with_ignoring_case(url, "mailto:") || starts_with_ignoring_case(url, "tel:");
}

void append_percent_encoded(std::string& out, std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  for (const char c : text) {
    const char l = lower(c);
    if ((l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~') {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(kDigits[byte >> 4]);
      out.push_back(kDigits[byte & 15]);
    }
  }
}

}  // namespace bursary::html
