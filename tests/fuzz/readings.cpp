// Readings of typed months, money and numbers: whatever is typed, a reading is within its bounds and the same for the
// same text. modules: features/forms
#include <string>

#include "features/forms/readings/readings.h"
#include "tests/fuzz/require.h"

using namespace bursary;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text(data, size);
  if (const auto months = forms::read_months(input)) {
    fuzz::require(*months > 0 && *months <= 1'200'000);
    fuzz::require(!forms::read_money(input) && !forms::read_number(input));  // one text, one meaning
    fuzz::require(forms::read_months(" " + std::string(input) + "\n") == months || input.size() > 190);
  }
  if (const auto money = forms::read_money(input)) {
    fuzz::require(money->nanos >= 0 && money->currency.size() == 3);
    fuzz::require(!forms::read_number(input));
    fuzz::require(input.find('-') == std::string_view::npos && input.find('~') == std::string_view::npos);
  }
  if (const auto number = forms::read_number(input)) {
    fuzz::require(*number >= 0);
    fuzz::require(input.find('+') == std::string_view::npos && input.find('~') == std::string_view::npos);
  }
  return 0;
}
