#include "base/mail_address.h"

#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "base/utf8.h"

namespace bursary {
namespace {

constexpr std::size_t kLongestLocal = 64;  // RFC 5321, section 4.5.3.1.1, bytes
constexpr std::size_t kLongestDomain = 253;
constexpr std::size_t kLongestAddress = 254;  // section 4.5.3.1.3 less the angle brackets

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_dot_atom(std::string_view local) {
  if (local.empty() || local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos)
    return false;
  return std::ranges::all_of(local, [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || is_letter_or_digit(c) ||
           std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
  });
}

// What makes an address look like another one: also spaces that are none of ASCII's, and what no font has.
bool has_hidden_characters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto [c, length] = utf8::decode(text, at);
    at += length;
    if (is_hidden(c)) return true;
    if (c < 0x80) continue;
    const auto code = static_cast<UChar32>(c);
    if (u_isUWhiteSpace(code) || u_charType(code) == U_PRIVATE_USE_CHAR || u_charType(code) == U_UNASSIGNED)
      return true;
  }
  return false;
}

bool is_ascii_domain(std::string_view domain) {
  if (domain.empty() || domain.size() > kLongestDomain || domain.find('.') == std::string_view::npos) return false;
  std::string_view label;
  for (std::size_t at = 0; at <= domain.size();) {
    const std::size_t end = std::min(domain.find('.', at), domain.size());
    label = domain.substr(at, end - at);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!std::ranges::all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-'; })) return false;
    at = end + 1;
  }
  // The last label is a top-level domain: two letters at least, never a number.
  return label.size() >= 2 && label.find_first_not_of("0123456789") != std::string_view::npos;
}

std::optional<std::string> to_ascii_domain(std::string_view domain) {
  if (is_ascii(domain)) return std::string(domain);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::IDNA> idna(icu::IDNA::createUTS46Instance(
      UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, status));
  if (U_FAILURE(status)) return std::nullopt;
  icu::IDNAInfo info;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  idna->nameToASCII_UTF8({domain.data(), static_cast<std::int32_t>(domain.size())}, sink, info, status);
  if (U_FAILURE(status) || info.hasErrors()) return std::nullopt;
  return out;
}

}  // namespace

bool is_quoted_local(std::string_view local) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; };
  if (local.size() < 3 || local.front() != '"' || local.back() != '"') return false;
  local = local.substr(1, local.size() - 2);
  for (std::size_t i = 0; i < local.size(); ++i) {
    if (is_control(local[i]) || local[i] == '"') return false;
    if (local[i] == '\\' && (++i == local.size() || is_control(local[i]))) return false;
  }
  return true;
}

bool MailAddress::is_international() const { return !is_ascii(local); }

std::optional<MailAddress> read_mail_address(std::string_view typed) {
  const std::size_t at = typed.rfind('@');
  if (at == std::string_view::npos || typed.size() > kLongestAddress || !is_utf8(typed)) return std::nullopt;
  const std::string local = to_nfc(typed.substr(0, at));
  if (local.size() > kLongestLocal || has_hidden_characters(local)) return std::nullopt;
  if (!is_dot_atom(local) && !is_quoted_local(local)) return std::nullopt;
  const std::string_view domain = typed.substr(at + 1);
  if (has_control_characters(domain)) return std::nullopt;
  std::optional<std::string> ascii = to_ascii_domain(domain);
  if (!ascii || !is_ascii_domain(*ascii) || local.size() + 1 + ascii->size() > kLongestAddress) return std::nullopt;
  return MailAddress{local, std::move(*ascii)};
}

}  // namespace bursary
