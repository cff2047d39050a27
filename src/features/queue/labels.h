// How states, flags, areas and countries are called and coloured in the console.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/applications/applications.h"
#include "features/programs/programs.h"

namespace bursary::queue {

// Every state that a queue shows: all but drafts and what became of them.
inline constexpr applications::State kShownStates[] = {
    applications::State::submitted,  applications::State::screening, applications::State::in_review,
    applications::State::decided,    applications::State::awarded,   applications::State::declined,
    applications::State::waitlisted, applications::State::returned,  applications::State::on_hold,
    applications::State::withdrawn,  applications::State::closed};

Phrase state_label(applications::State state);
std::string state_class(applications::State state);  // of a tag, docs/design.md
std::vector<applications::Flag> flags_in(std::uint64_t bits);
std::string area_label(const forms::Definition& form, std::string_view area, std::string_view locale);
std::string country_label(const forms::Definition& form, std::string_view code, std::string_view locale);

// For machines, in no language: "6" (months), "5000.25 USD", "2".
std::string reading_text(const forms::Reading& reading);
// For people: "6 months", "US$5,000.25", "2 people".
std::string reading_words(const forms::Reading& reading, const forms::Meanings& meanings,
                          const html::Phrasebook& phrases);

}  // namespace bursary::queue
