#include "features/forms/fields/one_value.h"

#include "base/text.h"

namespace bursary::forms {

std::string take_one(const Question& question, const Posted& posted, Taken& taken) {
  if (posted.values.empty()) return {};
  if (posted.values.size() > 1) taken.problems.push_back({question.key, "forms.problem.sent_twice"});
  const std::string unified = unify_newlines(posted.values.front());
  return std::string(trim(unified));
}

std::vector<Shown> Field::shown(const Definition&, const Question& question, const Answers& answers,
                                std::string_view) const {
  const std::string& text = answers.text(question.key);
  if (text.empty()) return {};
  return {{text, {}}};
}

}  // namespace bursary::forms
