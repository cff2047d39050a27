// Months, money and numbers as people type them: some plain, some that no machine reads with certainty.
#pragma once
#include <string>
#include <string_view>

#include "base/random.h"

namespace bursary::rehearsal {

std::string typed_duration(std::string_view locale, Random& random);
// In the currency of the place more often than not.
std::string typed_budget(std::string_view country, std::string_view locale, Random& random);
std::string typed_people(std::string_view locale, Random& random);

}  // namespace bursary::rehearsal
