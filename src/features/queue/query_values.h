// Values of the query language that are no names: days and stretches of them, amounts, lengths of time. Private.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "features/queue/filter.h"

namespace bursary::queue {

// "2026-03-01" (that day), "2026-03", "2026", ">2026-03-01" (after that day), "<=2026-03", "2026-03..2026-04" (both
// included), "..2026-03", and back from `now`: "<7d" (in the last seven days), ">2w" (longer ago); h, d, w and m (30
// days). UTC.
std::optional<Stretch> read_days(std::string_view text, Instant now);

// "5000", ">5,000.50", "<=5000", "5000..9000" (both included): thousandths or, with 1'000'000'000, nano-units.
std::optional<Stretch> read_numbers(std::string_view text, std::int64_t scale);

// As read_numbers in nano-units, with a currency before or after: ">USD5000", "5000..9000EUR".
std::optional<ReadingStretch> read_money(std::string_view text);

}  // namespace bursary::queue
