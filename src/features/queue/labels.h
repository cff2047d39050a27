// How states, flags, areas and countries are called and coloured in the console.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/applications/applications.h"
#include "features/programs/programs.h"

namespace bursary::queue {

Phrase state_label(applications::State state);
std::string state_class(applications::State state);  // of a tag, docs/design.md
std::vector<applications::Flag> flags_in(std::uint64_t bits);
std::string area_label(const forms::Definition& form, std::string_view area, std::string_view locale);
std::string country_label(const forms::Definition& form, std::string_view code, std::string_view locale);

// "3", "0.5", "5000.25": a count of 1/scale parts, without floating point.
std::string decimal(std::int64_t value, std::int64_t scale);
// "6 months" would need a language; this is the bare figure: "6", "5000.25 USD".
std::string reading_text(const forms::Reading& reading);

}  // namespace bursary::queue
