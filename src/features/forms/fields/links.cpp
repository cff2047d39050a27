#include "features/forms/fields/links.h"

#include <algorithm>

#include "base/text.h"

namespace bursary::forms {
namespace {

constexpr std::size_t kLongestAddress = 2000;  // bytes of one address

bool begins(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ignoring_case_ascii(text.substr(0, prefix.size()), prefix);
}

bool ends_address(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == '"' || c == 0x7F;
}

bool is_host(std::string_view host) {
  if (const auto colon = host.find(':'); colon != std::string_view::npos) {
    const std::string_view port = host.substr(colon + 1);
    if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos) return false;
    host = host.substr(0, colon);
  }
  // No user names: "https://bank.example@evil.example" reads as what it is not.
  if (host.empty() || host.front() == '.' || host.front() == '-' || host.back() == '-') return false;
  if (host.find("..") != std::string_view::npos || host.find('.') == std::string_view::npos) return false;
  return std::ranges::all_of(host, [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

bool is_web_address(std::string_view text) {
  if (text.size() > kLongestAddress || std::ranges::any_of(text, ends_address)) return false;
  const std::size_t scheme = begins(text, "https://") ? 8 : begins(text, "http://") ? 7 : 0;
  if (scheme == 0) return false;
  text.remove_prefix(scheme);
  return is_host(text.substr(0, text.find_first_of("/?#")));
}

bool is_doi(std::string_view text) {
  if (text.size() > kLongestAddress || !begins(text, "10.") || std::ranges::any_of(text, ends_address)) return false;
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash < 7 || slash + 1 == text.size()) return false;
  return text.substr(3, slash - 3).find_first_not_of("0123456789.") == std::string_view::npos;
}

// Where the address at the start of `text` ends: not in the full stop or bracket that belongs to the sentence.
std::size_t address_end(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && !ends_address(text[end])) ++end;
  for (; end > 0; --end) {
    const char last = text[end - 1];
    const std::string_view address = text.substr(0, end);
    const bool closes = (last == ')' && address.find('(') == std::string_view::npos) ||
                        (last == ']' && address.find('[') == std::string_view::npos);
    if (!closes && std::string_view(".,;:!?'").find(last) == std::string_view::npos) break;
  }
  return end;
}

}  // namespace

std::optional<std::string> link_of(std::string_view text) {
  if (is_web_address(text)) return std::string(text);
  if (begins(text, "doi:")) text = trim(text.substr(4));
  if (begins(text, "doi.org/")) text.remove_prefix(8);
  if (is_doi(text)) return "https://doi.org/" + std::string(text);
  return std::nullopt;
}

std::vector<Shown> with_links(std::string_view text) {
  std::vector<Shown> pieces;
  std::size_t plain = 0;
  for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at)) {
    const std::string_view address = text.substr(at, address_end(text.substr(at)));
    if (!is_web_address(address)) {
      at += 4;
      continue;
    }
    if (at > plain) pieces.push_back({std::string(text.substr(plain, at - plain)), {}});
    pieces.push_back({std::string(address), std::string(address)});
    at += address.size();
    plain = at;
  }
  if (plain < text.size()) pieces.push_back({std::string(text.substr(plain)), {}});
  return pieces;
}

}  // namespace bursary::forms
