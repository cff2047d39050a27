// What single and multiple choice share.
#pragma once
#include <string_view>
#include <vector>

#include "features/forms/fields/views.h"

namespace bursary::forms {

// The options of a question with their guidance in the view's language. The first input's id is the question's key,
// so that "#areas" in the error summary leads to it; the others' is key-option.
std::vector<ChoiceView> choices_of(const Drawn& drawn);
// Labels of the chosen options, in the question's order.
std::vector<Shown> chosen_labels(const Question& question, const Answers& answers, std::string_view locale);

}  // namespace bursary::forms
