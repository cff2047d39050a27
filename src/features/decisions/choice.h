// The fields of a choice, filled. Private.
#pragma once
#include "features/decisions/choice_view.h"
#include "features/decisions/pages.h"

namespace bursary::decisions {

ChoiceView choice_view(const Visit& visit, const std::optional<Choice>& choice);
void mark_problems(ChoiceView& view, const Visit& visit, const std::vector<FieldError>& problems);

}  // namespace bursary::decisions
