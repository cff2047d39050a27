#include <algorithm>
#include <array>

#include "features/forms/readings/readings.h"
#include "features/forms/readings/tokens.h"

namespace bursary::forms {
namespace {

constexpr std::int64_t kMonth = 1000;
constexpr std::int64_t kYear = 12 * kMonth;
constexpr std::int64_t kLongestDuration = 1200 * kMonth;  // a century: more is a slip of the hand

struct Unit {
  std::string_view text;
  std::int64_t factor;
  unsigned languages;
};
// No weeks: they are no whole part of a month. No "m": months or minutes.
constexpr std::array kTimeUnits = std::to_array<Unit>({
    {"month", kMonth, kEnglish},
    {"months", kMonth, kEnglish},
    {"mes", kMonth, kSpanish},
    {"meses", kMonth, kSpanish},
    {"year", kYear, kEnglish},
    {"years", kYear, kEnglish},
    {"yr", kYear, kEnglish},
    {"yrs", kYear, kEnglish},
    {"año", kYear, kSpanish},
    {"años", kYear, kSpanish},
});

class DurationReader {
 public:
  explicit DurationReader(const std::vector<Token>& tokens) : tokens_(tokens) {}

  std::optional<std::int64_t> run() {
    std::int64_t total = 0;
    std::int64_t smallest = kYear + 1;  // years come before months, each once
    for (;;) {
      const auto part = one_part(smallest);
      if (!part || __builtin_add_overflow(total, *part, &total)) return std::nullopt;
      if (at_ == tokens_.size()) break;
      if (is("and") || is("y") || is(",") || is("&")) ++at_;
    }
    if (total <= 0 || total > kLongestDuration) return std::nullopt;
    return total;
  }

 private:
  bool is(std::string_view word) const {
    return at_ < tokens_.size() && (tokens_[at_].lower == word || tokens_[at_].text == word);
  }

  // A quantity in thousandths and the languages in which it can be said.
  struct Quantity {
    Decimal decimal;
    unsigned languages = kEnglish | kSpanish;
  };

  std::optional<Quantity> quantity() {
    if (at_ >= tokens_.size()) return std::nullopt;
    if (tokens_[at_].kind == Token::Kind::number) {
      const auto decimal = read_decimal(tokens_[at_].text, ThreeDigits::could_be_either);
      if (!decimal) return std::nullopt;
      ++at_;
      return Quantity{*decimal};
    }
    if (is("half")) {
      ++at_;
      if (is("a")) ++at_;
      return Quantity{{0, 5, 1}, kEnglish};
    }
    if (is("medio")) return ++at_, Quantity{{0, 5, 1}, kSpanish};
    if (is("a")) return ++at_, Quantity{{1, 0, 0}, kEnglish};
    const auto spelled = read_spelled(tokens_, at_);
    if (!spelled) return std::nullopt;
    at_ += spelled->tokens;
    return Quantity{{spelled->value, 0, 0}, spelled->languages};
  }

  std::optional<std::int64_t> one_part(std::int64_t& smallest) {
    const auto amount = quantity();
    if (!amount || at_ >= tokens_.size()) return std::nullopt;
    if (is("-") && tokens_[at_].joined) ++at_;  // "3-month"
    if (at_ >= tokens_.size()) return std::nullopt;
    const auto unit = std::ranges::find(kTimeUnits, tokens_[at_].lower, &Unit::text);
    if (unit == kTimeUnits.end() || (unit->languages & amount->languages) == 0 || unit->factor >= smallest)
      return std::nullopt;
    smallest = unit->factor;
    ++at_;
    return scaled(amount->decimal, unit->factor);
  }

  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::int64_t> read_months(std::string_view text) {
  const auto tokens = cut(text);
  if (!tokens) return std::nullopt;
  return DurationReader(*tokens).run();
}

}  // namespace bursary::forms
