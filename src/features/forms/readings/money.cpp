#include <array>

#include "features/forms/readings/currencies.h"
#include "features/forms/readings/readings.h"
#include "features/forms/readings/tokens.h"

namespace bursary::forms {
namespace {

struct Scale {
  std::string_view text;  // as typed
  bool exact_case;
  std::int64_t factor;
};
// Not here: "m" (a thousand or a million), "billion" and "billón" (a thousand million or a million million).
constexpr std::array kScales = std::to_array<Scale>({
    {"k", false, 1'000},
    {"thousand", false, 1'000},
    {"mil", false, 1'000},
    {"M", true, 1'000'000},
    {"million", false, 1'000'000},
    {"millions", false, 1'000'000},
    {"millón", false, 1'000'000},
    {"millones", false, 1'000'000},
    {"lakh", false, 100'000},
    {"lakhs", false, 100'000},
    {"crore", false, 10'000'000},
    {"crores", false, 10'000'000},
});

class MoneyReader {
 public:
  explicit MoneyReader(const std::vector<Token>& tokens) : tokens_(tokens) {}

  std::optional<Money> run() {
    if (!currency(true)) return std::nullopt;
    if (at_ >= tokens_.size() || tokens_[at_].kind != Token::Kind::number) return std::nullopt;
    const std::string& amount = tokens_[at_++].text;
    scale();
    if (is("de")) ++at_;  // "1 millón de euros"
    if (!currency(false) || at_ != tokens_.size() || code_.empty()) return std::nullopt;
    if (!family_.empty() && !in_family(code_, family_)) return std::nullopt;
    return money(amount);
  }

 private:
  bool is(std::string_view word) const { return at_ < tokens_.size() && tokens_[at_].lower == word; }

  // False when two marks speak of different currencies.
  bool currency(bool before_amount) {
    for (;;) {
      const auto mark = read_currency(tokens_, at_, before_amount);
      if (!mark) return true;
      if (!mark->code.empty()) {
        if (!code_.empty() && code_ != mark->code) return false;
        code_ = mark->code;
      } else {
        family_ = mark->family;
      }
      at_ += mark->tokens;
    }
  }

  void scale() {
    if (at_ >= tokens_.size()) return;
    for (const Scale& scale : kScales) {
      if ((scale.exact_case ? tokens_[at_].text : tokens_[at_].lower) != scale.text) continue;
      factor_ = scale.factor;
      ++at_;
      return;
    }
  }

  std::optional<Money> money(std::string_view amount) const {
    // "1.250 million" and "5.000 KWD" could be either; "5.000 €" cannot be five.
    const int digits = fraction_digits(code_);
    const bool either = factor_ != 1 || digits == 3;
    const auto decimal = read_decimal(amount, either ? ThreeDigits::could_be_either : ThreeDigits::are_thousands);
    if (!decimal || (factor_ == 1 && decimal->digits > digits)) return std::nullopt;
    std::int64_t nanos = 0;
    if (__builtin_mul_overflow(factor_, kNanosPerUnit, &nanos)) return std::nullopt;
    const auto whole = scaled(*decimal, nanos);
    if (!whole) return std::nullopt;
    return Money{*whole, std::string(code_)};
  }

  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  std::int64_t factor_ = 1;
  std::string_view code_;
  std::string_view family_;
};

}  // namespace

std::optional<Money> read_money(std::string_view text) {
  const auto tokens = cut(text);
  if (!tokens) return std::nullopt;
  return MoneyReader(*tokens).run();
}

}  // namespace bursary::forms
