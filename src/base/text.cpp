#include "base/text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "base/utf8.h"

namespace bursary {
namespace utf8 {

std::size_t ascii_run(std::string_view bytes, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
  std::size_t end = at;
  for (std::uint64_t word = 0; end + sizeof word <= bytes.size(); end += sizeof word) {
    std::memcpy(&word, bytes.data() + end, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  while (end < bytes.size() && static_cast<unsigned char>(bytes[end]) < 0x80) ++end;
  return end - at;
}

}  // namespace utf8

namespace {

bool is_control(char32_t c) { return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c <= 0x9F); }
bool is_bidi_control(char32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }
bool is_white(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; }

template <class Test>
bool any_code_point(std::string_view text, Test test) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    if (c.length != 0 && test(c.value)) return true;
    at += std::max<std::size_t>(c.length, 1);
  }
  return false;
}

void require(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU cannot ") + what + ": " + u_errorName(status));
}

// An accent is a mark that belongs to no script of its own. The Japanese voicing marks are such marks too, but they
// make another letter.
bool is_accent(UChar32 c) {
  if (u_charType(c) != U_NON_SPACING_MARK || c == 0x3099 || c == 0x309A) return false;
  return u_getIntPropertyValue(c, UCHAR_SCRIPT) == 1;  // USCRIPT_INHERITED
}

icu::UnicodeString normalized(const icu::Normalizer2& form, const icu::UnicodeString& text, UErrorCode& status) {
  icu::UnicodeString out;
  form.normalize(text, out, status);
  return out;
}

}  // namespace

bool is_ascii(std::string_view bytes) { return utf8::ascii_run(bytes, 0) == bytes.size(); }

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0;;) {
    at += utf8::ascii_run(bytes, at);
    if (at == bytes.size()) return true;
    // Text that is not Latin stays here: no look for a run of ASCII after each character.
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) >= 0x80) {
      const auto c = utf8::decode(bytes, at);
      if (c.length == 0) return false;
      at += c.length;
    }
  }
}

std::string repair_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const auto c = utf8::decode(bytes, at);
    if (c.length == 0) {
      out += "\xEF\xBF\xBD";
      ++at;
      // What is left of a broken sequence is one fault, not several.
      while (at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0U) == 0x80U) ++at;
    } else {
      out.append(bytes, at, c.length);
      at += c.length;
    }
  }
  return out;
}

// By bytes: C1 is C2 80 to C2 9F, and nothing else of UTF-8 below 0x80 or after C2 means a control.
bool has_control_characters(std::string_view utf8) {
  unsigned char before = 0;
  for (const char byte : utf8) {
    const auto c = static_cast<unsigned char>(byte);
    if (c < 0x20 ? is_control(c) : c == 0x7F || (before == 0xC2 && c >= 0x80 && c < 0xA0)) return true;
    before = c;
  }
  return false;
}

bool has_bidi_controls(std::string_view utf8) {
  if (utf8.find("\xE2\x80") == std::string_view::npos && utf8.find("\xE2\x81") == std::string_view::npos) return false;
  return any_code_point(utf8, is_bidi_control);
}

bool is_hidden(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return true;
  if (c < 0x80 || c == 0x200C || c == 0x200D) return false;
  const auto code = static_cast<UChar32>(c);
  const auto type = u_charType(code);
  if (type == U_FORMAT_CHAR) return u_hasBinaryProperty(code, UCHAR_PREPENDED_CONCATENATION_MARK) == 0;
  return type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR;
}

std::string without_hidden(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const auto [c, length] = utf8::decode(utf8, at);
    const std::size_t size = std::max<std::size_t>(length, 1);
    if (c == '\n' || c == '\t' || !is_hidden(c)) out.append(utf8, at, size);
    at += size;
  }
  return out;
}

std::string unify_newlines(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  while (!utf8.empty()) {
    const std::size_t cr = utf8.find('\r');
    out.append(utf8.substr(0, cr));
    if (cr == std::string_view::npos) break;
    out += '\n';
    utf8.remove_prefix(cr + (cr + 1 < utf8.size() && utf8[cr + 1] == '\n' ? 2 : 1));
  }
  return out;
}

std::string_view trim(std::string_view utf8) {
  while (!utf8.empty()) {
    const auto c = utf8::decode(utf8, 0);
    if (c.length == 0 || !is_white(c.value)) break;
    utf8.remove_prefix(c.length);
  }
  while (!utf8.empty()) {
    std::size_t at = utf8.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(utf8[at]) & 0xC0U) == 0x80U) --at;
    const auto c = utf8::decode(utf8, at);
    if (c.length != utf8.size() - at || !is_white(c.value)) break;
    utf8.remove_suffix(c.length);
  }
  return utf8;
}

std::string to_nfc(std::string_view utf8) {
  if (is_ascii(utf8)) return std::string(utf8);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  require(status, "load NFC");
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(utf8.size()));
  nfc->normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())), sink, nullptr, status);
  require(status, "normalise text");
  return out;
}

std::string fold(std::string_view utf8) {
  if (is_ascii(utf8)) return to_lower_ascii(utf8);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* fold_case = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  require(status, "load NFKC");
  auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  text = normalized(*nfd, normalized(*fold_case, text, status), status);
  icu::UnicodeString bare;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    if (const UChar32 c = text.char32At(at); !is_accent(c)) bare.append(c);
  }
  bare = normalized(*nfc, bare, status);
  require(status, "fold text");
  std::string out;
  return bare.toUTF8String(out);
}

std::string to_lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool equal_ignoring_case_ascii(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace bursary
