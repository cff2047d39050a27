// ISO 4217 currencies and the ways to write them that name one alone.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "features/forms/readings/tokens.h"

namespace bursary::forms {

// What stands for a currency, or for a family of them that a code beside it has to settle ("$ 5000 USD").
struct CurrencyMark {
  std::string_view code;    // "USD"; empty: one of a family
  std::string_view family;  // "$", "kr" …; empty when certain
  std::size_t tokens = 0;   // how many it took
};
// The mark that begins at `at`. `before_amount`: codes that are English words as well (ALL, TOP, TRY) do not count
// there.
std::optional<CurrencyMark> read_currency(const std::vector<Token>& tokens, std::size_t at, bool before_amount);

// Digits after the point: 2, but 0 for JPY and 3 for KWD.
int fraction_digits(std::string_view code);
// Whether a currency of this code is written with that family's sign.
bool in_family(std::string_view code, std::string_view family);

}  // namespace bursary::forms
