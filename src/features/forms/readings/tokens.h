// A typed text cut into numbers, words and marks, and the numbers understood. Shared by the readings.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bursary::forms {

struct Token {
  enum class Kind { number, word, mark };
  Kind kind = Kind::mark;
  std::string text;     // number: digits, '.', ',' and '_' for a space or apostrophe between groups; word: as typed
  std::string lower;    // word: lower case
  bool joined = false;  // nothing stands between this and the token before
  bool operator==(const Token&) const = default;
};
// Digits of any script become 0-9; a closing full stop is dropped. Nothing when the text is empty, too long (200 bytes)
// to mean one thing, or holds superscripts, fractions and other numbers that are no plain digits.
std::optional<std::vector<Token>> cut(std::string_view text);

// A number as typed: 1,234.5 is {1234, 5, 1}.
struct Decimal {
  std::int64_t whole = 0;
  std::int64_t fraction = 0;  // its digits
  int digits = 0;             // how many: 0, 1, 2 or 3
};
// "5,000" and "5.000" are thousands only where a fraction of three digits cannot be meant.
enum class ThreeDigits { are_thousands, could_be_either };
std::optional<Decimal> read_decimal(std::string_view number, ThreeDigits three_digits);

// value × factor + fraction × factor / 10^digits, when it is whole and fits.
std::optional<std::int64_t> scaled(const Decimal& decimal, std::int64_t factor);

enum Language : unsigned { kEnglish = 1, kSpanish = 2 };
struct SpelledNumber {
  std::int64_t value = 0;
  unsigned languages = 0;
  std::size_t tokens = 0;  // how many it took
};
// "eighteen", "twenty-four", "treinta y dos" at the start of `tokens` from `at`: 0 to 99.
std::optional<SpelledNumber> read_spelled(const std::vector<Token>& tokens, std::size_t at);

}  // namespace bursary::forms
