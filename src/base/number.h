// A number as somebody or a program wrote it.
#pragma once
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bursary {

// Decimal digits, after a "-" where it is negative, and nothing else. Nothing for any other text and for what does not
// fit.
inline std::optional<std::int64_t> read_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The same for the number of a row, which begin at 1; 0 for every other text, which is no row's.
inline std::int64_t read_row_number(std::string_view text) {
  const std::int64_t value = read_integer(text).value_or(0);
  return value > 0 ? value : 0;
}

}  // namespace bursary
