#include "base/log_text.h"

#include <fmt/format.h>

#include <iterator>

#include "base/text.h"
#include "base/utf8.h"

namespace bursary {

std::string log_text(std::string_view text) {
  const std::string clean = repair_utf8(text);
  std::string out;
  out.reserve(clean.size());
  for (std::size_t at = 0; at < clean.size();) {
    const auto [c, length] = utf8::decode(clean, at);
    if (c == '"' || c == '\\') out.push_back('\\');
    if (!is_hidden(c)) {
      out.append(clean, at, length);
    } else if (c < 0x10000) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    } else {  // as JSON has it: a pair of surrogates
      const unsigned above = static_cast<unsigned>(c) - 0x10000;
      fmt::format_to(std::back_inserter(out), "\\u{:04x}\\u{:04x}", 0xD800 + (above >> 10), 0xDC00 + (above & 0x3FF));
    }
    at += length;
  }
  return out;
}

}  // namespace bursary
