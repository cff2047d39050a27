// What every type of one value shares when it is taken from a post.
#pragma once
#include <optional>
#include <string>

#include "features/forms/fields/field.h"

namespace bursary::forms {

// The first value, trimmed, line ends LF; a second one is the problem "forms.problem.sent_twice".
std::string take_one(const Question& question, const Posted& posted, Taken& taken);

// Takes the one value when `known` says that it is a choice of this question, else the problem `unknown`.
template <class Known>
void take_choice(const Question& question, const Posted& posted, Taken& taken, const char* unknown, Known known) {
  std::string value = take_one(question, posted, taken);
  if (value.empty()) return;
  if (known(value)) {
    taken.answers.set(question.key, std::move(value));
  } else {
    taken.problems.push_back({question.key, unknown});
  }
}

}  // namespace bursary::forms
