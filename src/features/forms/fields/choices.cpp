#include "features/forms/fields/choices.h"

#include <algorithm>

namespace bursary::forms {

std::vector<ChoiceView> choices_of(const Drawn& drawn) {
  const Question& question = drawn.question;
  const auto chosen = drawn.view.answers.choices(question.key);
  std::vector<ChoiceView> choices;
  choices.reserve(question.options.size());
  for (const Option& option : question.options) {
    ChoiceView& choice = choices.emplace_back();
    choice.id = choices.size() == 1 ? question.key : question.key + "-" + option.key;
    choice.value = option.key;
    choice.label = option.label.in(drawn.view.locale);
    if (!option.guidance.empty()) choice.guidance = html::markdown(option.guidance.in(drawn.view.locale));
    choice.chosen = std::ranges::find(chosen, option.key) != chosen.end();
  }
  return choices;
}

std::vector<Shown> chosen_labels(const Question& question, const Answers& answers, std::string_view locale) {
  const auto chosen = answers.choices(question.key);
  std::vector<Shown> out;
  for (const Option& option : question.options) {
    if (std::ranges::find(chosen, option.key) == chosen.end()) continue;
    if (!out.empty()) out.push_back({"\n", {}});
    out.push_back({option.label.in(locale), {}});
  }
  return out;
}

}  // namespace bursary::forms
