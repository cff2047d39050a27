#include "features/messages/mime.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/text.h"

namespace bursary::messages {
namespace {

constexpr std::size_t kLongestLine = 76;

bool is_printable_ascii(char c) { return c >= 0x20 && c < 0x7F; }

std::string header_line(std::string_view value) {
  std::string line(value);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return line;
}

std::string base64(std::string_view bytes) {
  std::string out = to_base64url(bytes);
  std::replace(out.begin(), out.end(), '-', '+');
  std::replace(out.begin(), out.end(), '_', '/');
  out.append((4 - out.size() % 4) % 4, '=');
  return out;
}

// The longest piece from `at` of at most `most` bytes that ends between two characters.
std::size_t whole_characters(std::string_view utf8, std::size_t at, std::size_t most) {
  std::size_t end = std::min(at + most, utf8.size());
  while (end > at && end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xC0U) == 0x80U) --end;
  return end - at;
}

// `used`: characters before it on its first line.
std::string encoded_words(std::string_view text, std::size_t used) {
  constexpr std::size_t kFrame = 12;  // =?UTF-8?B??=
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t room = kLongestLine - std::min(used, kLongestLine - kFrame - 8) - kFrame;
    const std::size_t length = whole_characters(text, at, room / 4 * 3);
    if (at > 0) out += "\r\n ";
    out += fmt::format("=?UTF-8?B?{}?=", base64(text.substr(at, length)));
    at += length;
    used = 1;
  }
  return out;
}

// Plain text broken at spaces. Nothing when a word is too long for a line.
std::string folded(std::string_view text, std::size_t used) {
  std::string out;
  std::size_t line = used;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find(' ', at + 1), text.size());  // a piece keeps the space before it
    if (line + (next - at) > kLongestLine && text[at] == ' ') {
      out += "\r\n";
      line = 0;
    }
    out += text.substr(at, next - at);
    line += next - at;
    if (line > 900) return {};
    at = next;
  }
  return out;
}

bool is_printable(std::string_view text) { return std::all_of(text.begin(), text.end(), is_printable_ascii); }

std::string phrase_of(std::string_view display_name, std::size_t used) {
  if (!is_printable(display_name) || display_name.find("=?") != std::string_view::npos)
    return encoded_words(display_name, used);
  std::string quoted = "\"";
  for (const char c : display_name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string base64_lines(std::string_view text) {
  constexpr std::size_t kBytesOfLine = kLongestLine / 4 * 3;
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += kBytesOfLine) out += base64(text.substr(at, kBytesOfLine)) + "\r\n";
  return out;
}

class QuotedPrintable {
 public:
  std::string encode(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      const bool at_end = at + 1 == text.size() || text[at + 1] == '\n';
      if (c == '\n') {
        out_ += "\r\n";
        line_ = 0;
      } else if (needs_escape(text, at, at_end)) {
        put(fmt::format("={:02X}", static_cast<unsigned char>(c)), at_end);
      } else {
        put(std::string(1, c), at_end);
      }
    }
    if (line_ > 0) out_ += "\r\n";
    return std::move(out_);
  }

 private:
  // A dot or "From " that begins a line is changed by some servers on the way.
  bool needs_escape(std::string_view text, std::size_t at, bool at_end) const {
    const char c = text[at];
    if (c == ' ') return at_end;
    if (line_ == 0 && (c == '.' || text.substr(at).starts_with("From "))) return true;
    return !is_printable_ascii(c) || c == '=';
  }

  void put(std::string_view piece, bool at_end) {
    // The last piece of a line needs no room for the "=" of a soft line break.
    if (line_ + piece.size() > kLongestLine - (at_end ? 0 : 1)) {
      out_ += "=\r\n";
      line_ = 0;
    }
    out_ += piece;
    line_ += piece.size();
  }

  std::string out_;
  std::size_t line_ = 0;
};

}  // namespace

std::string header_line(std::string_view name, std::string_view value) {
  const std::string text = header_line(repair_utf8(value));
  std::string out = fmt::format("{}: ", name);
  const std::string plain =
      is_printable(text) && text.find("=?") == std::string::npos ? folded(text, out.size()) : std::string();
  out += !plain.empty() || text.empty() ? plain : encoded_words(text, out.size());
  return out + "\r\n";
}

std::string address_line(std::string_view name, std::string_view display_name, std::string_view address) {
  std::string out = fmt::format("{}: ", name);
  const std::string shown = header_line(repair_utf8(display_name));
  if (shown.empty()) return fmt::format("{}{}\r\n", out, header_line(address));
  const std::string phrase = phrase_of(shown, out.size());
  const std::size_t last_line = phrase.size() - std::min(phrase.size(), phrase.rfind('\n') + 1);
  const bool fits = out.size() + last_line + address.size() + 3 <= kLongestLine;
  return fmt::format("{}{}{}<{}>\r\n", out, phrase, fits ? " " : "\r\n ", header_line(address));
}

bool is_plain_address(std::string_view address) {
  const std::size_t at = address.find('@');
  if (at == 0 || at == std::string_view::npos || at > 64 || address.size() > 254 || at + 1 == address.size())
    return false;
  if (address.find('@', at + 1) != std::string_view::npos) return false;
  return std::all_of(address.begin(), address.end(), [](char c) {
    return c > 0x20 && c < 0x7F && std::string_view("()<>[]:;,\\\"").find(c) == std::string_view::npos;
  });
}

std::string_view to_string(TransferEncoding encoding) {
  return encoding == TransferEncoding::base64 ? "base64" : "quoted-printable";
}

TransferEncoding encoding_for(std::string_view text) {
  const auto escaped =
      std::count_if(text.begin(), text.end(), [](char c) { return c != '\n' && !is_printable_ascii(c); });
  return static_cast<std::size_t>(escaped) * 3 > text.size() ? TransferEncoding::base64
                                                             : TransferEncoding::quoted_printable;
}

std::string encoded(std::string_view text, TransferEncoding encoding) {
  const std::string lines = unify_newlines(text);
  if (encoding == TransferEncoding::quoted_printable) return QuotedPrintable().encode(lines);
  std::string wire;
  for (const char c : lines) wire += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return base64_lines(wire);
}

}  // namespace bursary::messages
