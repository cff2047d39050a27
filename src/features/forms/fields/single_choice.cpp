#include "features/forms/fields/choices.h"
#include "features/forms/fields/choices.html.h"
#include "features/forms/fields/one_value.h"

namespace bursary::forms {
namespace {

class SingleChoice final : public Field {
 public:
  void take(const Definition&, const Question& question, const Posted& posted, Taken& taken) const override {
    take_choice(question, posted, taken, "forms.problem.unknown_option",
                [&](const std::string& value) { return question.option(value) != nullptr; });
  }
  std::optional<Phrase> check(const Definition&, const Question& question, const Answers& answers) const override {
    if (question.option(answers.text(question.key)) == nullptr) return Phrase("forms.problem.unknown_option");
    return std::nullopt;
  }
  std::string_view missing() const override { return "forms.missing.choice"; }
  void draw_input(html::Writer& w, const Drawn& drawn) const override {
    tpl::forms::fields::choices(w, {drawn, "radio", choices_of(drawn)});
  }
  bool is_group(const Question&) const override { return true; }
  std::vector<Shown> shown(const Definition&, const Question& question, const Answers& answers,
                           std::string_view locale) const override {
    return chosen_labels(question, answers, locale);
  }
  std::string_view client_kind() const override { return "choice"; }
};

}  // namespace

const Field& single_choice_field() {
  static const SingleChoice field;
  return field;
}

}  // namespace bursary::forms
