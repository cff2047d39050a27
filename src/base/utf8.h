// One code point at a time out of UTF-8 that is_utf8() has accepted.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bursary::utf8 {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;  // bytes; 0 when the bytes at this place are not UTF-8
};

// The code point that begins at `at` (< bytes.size()). Overlong forms, surrogates and what lies beyond U+10FFFF have
// length 0.
inline CodePoint decode(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : std::uint32_t{0};
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first >= 0xC2 && first <= 0xDF && follows(1)) return {(first & 0x1FU) << 6 | (byte(1) & 0x3FU), 2};
  if ((first & 0xF0U) == 0xE0U && follows(1) && follows(2)) {
    const std::uint32_t value = (first & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    return {value, value >= 0x800 && (value < 0xD800 || value > 0xDFFF) ? 3U : 0U};
  }
  if ((first & 0xF8U) == 0xF0U && follows(1) && follows(2) && follows(3)) {
    const std::uint32_t value =
        (first & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 | (byte(2) & 0x3FU) << 6 | (byte(3) & 0x3FU);
    return {value, value >= 0x10000 && value <= 0x10FFFF ? 4U : 0U};
  }
  return {0, 0};
}

// Length of the run of ASCII bytes that begins at `at`; looks at eight bytes a step.
std::size_t ascii_run(std::string_view bytes, std::size_t at);

}  // namespace bursary::utf8
