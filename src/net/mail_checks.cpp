#include <algorithm>

#include "base/mail_address.h"
#include "base/text.h"
#include "net/mail.h"

namespace bursary::net {
namespace {

constexpr std::size_t kLongestAddress = 254;  // RFC 5321, 4.5.3.1.3
constexpr std::size_t kLongestLine = 998;     // RFC 5322, 2.1.1

bool is_plain(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) <= ' ') || c == 0x7F ||
           std::string_view("<>\"\\,;:()[]").find(c) != std::string_view::npos;
  });
}

// What stands between "<" and ">" in an SMTP command.
bool is_address(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == address.size() || address.size() > kLongestAddress)
    return false;
  const std::string_view local = address.substr(0, at), domain = address.substr(at + 1);
  return is_utf8(address) && is_plain(domain) && (is_plain(local) || is_quoted_local(local));
}

// A header line begins with its name, or with a space when it goes on from the one before.
bool is_header_line(std::string_view line, bool first) {
  if (line.empty()) return false;
  if (line[0] == ' ' || line[0] == '\t') return !first;
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace

std::string unfit(const web::OutgoingMail& mail) {
  if (!is_address(mail.sender)) return "the sender is no mail address";
  if (!is_address(mail.recipient)) return "the recipient is no mail address";
  std::string_view rest = mail.content;
  if (rest.find('\0') != std::string_view::npos) return "the text holds a NUL";
  bool in_headers = true;
  for (bool first = true; !rest.empty(); first = false) {
    const auto end = rest.find('\n');
    auto line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find('\r') != std::string_view::npos) return "the text holds a CR alone";
    if (line.size() > kLongestLine) return "a line is longer than 998 bytes";
    if (in_headers && line.empty() && !first) {
      in_headers = false;
    } else if (in_headers && !is_header_line(line, first)) {
      return "the text does not begin with headers";
    }
  }
  return in_headers ? "the text has no body" : "";
}

std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32 + 2);
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) out.push_back('\r');
    out.push_back(c);
  }
  if (!out.ends_with("\r\n")) out.append("\r\n");
  return out;
}

}  // namespace bursary::net
