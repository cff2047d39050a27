#include "features/forms/readings/tokens.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "base/text.h"

namespace bursary::forms {
namespace {

constexpr std::size_t kLongestReadable = 200;  // bytes; a longer answer is a sentence

void append_utf8(std::string& out, UChar32 c) { icu::UnicodeString(c).toUTF8String(out); }

std::vector<UChar32> code_points(std::string_view text) {
  const auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::vector<UChar32> out;
  for (std::int32_t at = 0; at < wide.length(); at = wide.moveIndex32(at, 1)) out.push_back(wide.char32At(at));
  return out;
}

bool is_digit(UChar32 c) { return c >= 0 && u_charType(c) == U_DECIMAL_DIGIT_NUMBER; }
bool is_letter(UChar32 c) { return c >= 0 && (u_isalpha(c) != 0 || u_charType(c) == U_NON_SPACING_MARK); }
bool is_space(UChar32 c) { return c >= 0 && u_isUWhiteSpace(c) != 0; }
bool is_other_number(UChar32 c) {
  const auto type = u_charType(c);
  return type == U_OTHER_NUMBER || type == U_LETTER_NUMBER || c == 0x2044;
}
bool is_apostrophe(UChar32 c) { return c == '\'' || c == 0x2019; }

class Cutter {
 public:
  explicit Cutter(std::vector<UChar32> text) : text_(std::move(text)) {}

  std::optional<std::vector<Token>> run() {
    while (at_ < text_.size()) {
      const UChar32 c = text_[at_];
      if (c < 0 || is_other_number(c)) return std::nullopt;
      if (is_space(c)) {
        ++at_;
        joined_ = false;
        continue;
      }
      Token token;
      token.joined = joined_ && !tokens_.empty();
      if (is_digit(c))
        number(token);
      else if (is_letter(c))
        word(token);
      else
        mark(token);
      tokens_.push_back(std::move(token));
      joined_ = true;
    }
    if (!tokens_.empty() && tokens_.back().text == ".") tokens_.pop_back();
    if (tokens_.empty()) return std::nullopt;
    return std::move(tokens_);
  }

 private:
  bool digits_follow(std::size_t at, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) {
      if (at + i >= text_.size() || !is_digit(text_[at + i])) return false;
    }
    return count == 1 || at + count >= text_.size() || !is_digit(text_[at + count]);
  }

  void number(Token& token) {
    token.kind = Token::Kind::number;
    for (; at_ < text_.size(); ++at_) {
      const UChar32 c = text_[at_];
      if (is_digit(c))
        token.text += static_cast<char>('0' + u_charDigitValue(c));
      else if ((c == '.' || c == ',') && digits_follow(at_ + 1, 1))
        token.text += static_cast<char>(c);
      else if ((is_space(c) || is_apostrophe(c)) && c != '\n' && digits_follow(at_ + 1, 3))
        token.text += '_';
      else
        break;
    }
  }

  void word(Token& token) {
    token.kind = Token::Kind::word;
    for (; at_ < text_.size() && is_letter(text_[at_]); ++at_) {
      append_utf8(token.text, text_[at_]);
      append_utf8(token.lower, u_tolower(text_[at_]));
    }
  }

  void mark(Token& token) {
    append_utf8(token.text, text_[at_]);
    token.lower = token.text;
    ++at_;
  }

  std::vector<UChar32> text_;
  std::size_t at_ = 0;
  bool joined_ = false;
  std::vector<Token> tokens_;
};

// The digit groups of "1,234,567" after the first: all of three, or of India's two and a last of three.
bool groups_fit(const std::vector<std::size_t>& lengths, bool indian) {
  if (lengths.front() < 1 || lengths.front() > 3) return false;
  bool threes = true;
  for (std::size_t i = 1; i < lengths.size(); ++i) threes = threes && lengths[i] == 3;
  if (threes) return true;
  if (!indian || lengths.size() < 3 || lengths.front() > 2 || lengths.back() != 3) return false;
  for (std::size_t i = 1; i + 1 < lengths.size(); ++i) {
    if (lengths[i] != 2) return false;
  }
  return true;
}

std::optional<std::int64_t> to_integer(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) {
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return std::nullopt;
    if (__builtin_add_overflow(value, static_cast<std::int64_t>(c - '0'), &value)) return std::nullopt;
  }
  return value;
}

// "1,234,567" with separators of one kind, which may be "" (none).
std::optional<std::int64_t> read_whole(std::string_view text) {
  std::string digits;
  std::vector<std::size_t> lengths{0};
  char separator = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits += c;
      ++lengths.back();
      continue;
    }
    if (separator != 0 && separator != c) return std::nullopt;
    separator = c;
    lengths.push_back(0);
  }
  if (lengths.size() > 1) {
    if (digits.front() == '0' || !groups_fit(lengths, separator == ',')) return std::nullopt;
  } else if (digits.size() > 1 && digits.front() == '0') {
    return std::nullopt;  // "007" is no amount
  }
  return to_integer(digits);
}

}  // namespace

std::optional<std::vector<Token>> cut(std::string_view text) {
  if (text.empty() || text.size() > kLongestReadable || !is_utf8(text)) return std::nullopt;
  return Cutter(code_points(to_nfc(text))).run();
}

std::optional<Decimal> read_decimal(std::string_view number, ThreeDigits three_digits) {
  const std::size_t last = number.find_last_of(".,_");
  const auto count = [&](char c) { return std::count(number.begin(), number.end(), c); };
  bool has_fraction = false;
  if (last != std::string_view::npos && number[last] != '_' && count(number[last]) == 1) {
    const std::size_t after = number.size() - last - 1;
    const bool only_separator = number.find_first_of(".,_") == last;
    if (after == 3 && only_separator) {
      if (three_digits == ThreeDigits::could_be_either) return std::nullopt;
    } else {
      has_fraction = after <= 3;
    }
  }
  Decimal out;
  const auto whole = read_whole(has_fraction ? number.substr(0, last) : number);
  if (!whole) return std::nullopt;
  out.whole = *whole;
  if (has_fraction) {
    out.digits = static_cast<int>(number.size() - last - 1);
    out.fraction = to_integer(number.substr(last + 1)).value_or(0);
  }
  return out;
}

std::optional<std::int64_t> scaled(const Decimal& decimal, std::int64_t factor) {
  std::int64_t out = 0;
  std::int64_t fraction = 0;
  if (__builtin_mul_overflow(decimal.whole, factor, &out)) return std::nullopt;
  if (__builtin_mul_overflow(decimal.fraction, factor, &fraction)) return std::nullopt;
  for (int i = 0; i < decimal.digits; ++i) {
    if (fraction % 10 != 0) return std::nullopt;
    fraction /= 10;
  }
  if (__builtin_add_overflow(out, fraction, &out)) return std::nullopt;
  return out;
}

}  // namespace bursary::forms
