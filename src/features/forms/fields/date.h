#pragma once
#include <string_view>

namespace bursary::forms {

// A day of the calendar as YYYY-MM-DD.
bool is_date(std::string_view text);

}  // namespace bursary::forms
