// Texts that staff type. Private.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"

namespace bursary::screening {

inline constexpr std::size_t kLongestText = 4000;  // characters

// As it is kept; Error{invalid} with `field` when there is none or too much of it.
inline Result<std::string> staff_text(std::string_view typed, const char* field, std::size_t most = kLongestText) {
  std::string text(trim(without_hidden(typed)));
  if (text.empty()) return fail({{field, "screening.problem.missing"}});
  if (count_characters(text) > most)
    return fail({{field, Phrase("screening.problem.too_long", {{"limit", std::to_string(most)}})}});
  return text;
}

}  // namespace bursary::screening
