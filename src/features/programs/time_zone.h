// Time zones and what a clock on the wall means in them (ICU).
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace bursary::programs {

bool is_time_zone(std::string_view iana);
// "2026-03-01T09:00:00" as the clocks of that zone show it. Nothing when there is no such date. A time that a clock
// change skips counts from the offset before it.
std::optional<Instant> from_wall_clock(std::string_view local, std::string_view iana);
// Whether "2026-03-01" is a day of the calendar.
bool is_date(std::string_view text);

}  // namespace bursary::programs
