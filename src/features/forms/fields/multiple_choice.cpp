#include <algorithm>

#include "features/forms/fields/choices.h"
#include "features/forms/fields/choices.html.h"
#include "features/forms/fields/field.h"

namespace bursary::forms {
namespace {

class MultipleChoice final : public Field {
 public:
  // Kept in the question's order whatever the order of the post, each option once.
  void take(const Definition&, const Question& question, const Posted& posted, Taken& taken) const override {
    std::vector<std::string> chosen;
    for (const Option& option : question.options) {
      if (std::ranges::find(posted.values, option.key) != posted.values.end()) chosen.push_back(option.key);
    }
    const auto is_known = [&](const std::string& value) { return value.empty() || question.option(value) != nullptr; };
    if (!std::ranges::all_of(posted.values, is_known))
      taken.problems.push_back({question.key, "forms.problem.unknown_option"});
    if (!chosen.empty()) taken.answers.set(question.key, std::move(chosen));
  }

  std::optional<Phrase> check(const Definition&, const Question& question, const Answers& answers) const override {
    const auto chosen = answers.choices(question.key);
    if (!std::ranges::all_of(chosen, [&](const std::string& value) { return question.option(value) != nullptr; })) {
      return Phrase("forms.problem.unknown_option");
    }
    const Limits& limits = question.limits;
    const auto told = [&](const char* key, std::size_t limit) {
      return Phrase(key, {{"limit", std::to_string(limit)}, {"n", std::to_string(chosen.size())}});
    };
    if (limits.max_choices && chosen.size() > *limits.max_choices)
      return told("forms.problem.too_many_choices", *limits.max_choices);
    if (limits.min_choices && chosen.size() < *limits.min_choices)
      return told("forms.problem.too_few_choices", *limits.min_choices);
    return std::nullopt;
  }

  std::string_view missing() const override { return "forms.missing.choices"; }
  void draw_input(html::Writer& w, const Drawn& drawn) const override {
    tpl::forms::fields::choices(w, {drawn, "checkbox", choices_of(drawn)});
  }
  bool is_group(const Question&) const override { return true; }
  Phrase told_limit(const Question& question) const override {
    const Limits& limits = question.limits;
    if (limits.max_choices) return Phrase("forms.limit.choices", {{"n", std::to_string(*limits.max_choices)}});
    if (limits.min_choices) return Phrase("forms.limit.choices_least", {{"n", std::to_string(*limits.min_choices)}});
    return Phrase("forms.limit.choices_any");
  }
  std::vector<Shown> shown(const Definition&, const Question& question, const Answers& answers,
                           std::string_view locale) const override {
    return chosen_labels(question, answers, locale);
  }
  std::string_view client_kind() const override { return "choices"; }
};

}  // namespace

const Field& multiple_choice_field() {
  static const MultipleChoice field;
  return field;
}

}  // namespace bursary::forms
