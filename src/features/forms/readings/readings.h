// Readings: what a typed text means, only where it can mean one thing. "$5000" has no reading (which dollar?), nor has
// "6-9 months". English and Spanish words are known; digits of any script; integer arithmetic alone, overflow is no
// reading. docs/formats/form.md lists what is read.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/money.h"

namespace bursary::forms {

// Months × 1000: "3 months", "1 year", "18 meses", "1.5 years" is 18000.
std::optional<std::int64_t> read_months(std::string_view text);
// Amount and currency: "USD 5,000", "5.000 €", "10k USD", "₹ 3 lakh".
std::optional<Money> read_money(std::string_view text);
// Number × 1000: "2", "two", "dos", "2.5".
std::optional<std::int64_t> read_number(std::string_view text);

}  // namespace bursary::forms
