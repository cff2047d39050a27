#include <doctest/doctest.h>

#include "features/forms/fields/field.h"
#include "features/forms/test_form.h"

namespace bursary::forms {

TEST_CASE("too many and too few choices say how many") {
  CHECK(problem_with("areas", std::vector<std::string>{"alignment", "misuse"}).empty());
  const Phrase many = problem_with("areas", std::vector<std::string>{"alignment", "misuse", "other"});
  CHECK(many == Phrase("forms.problem.too_many_choices", {{"limit", "2"}, {"n", "3"}}));
  CHECK(message_of(test_form(), {"areas", many}, "en", english()) ==
        "Research areas: choose 2 or fewer; you have chosen 3");
  Definition form = test_form();
  Question question = *form.find("areas");
  question.limits = {};
  question.limits.min_choices = 2;
  Answers answers;
  answers.set("areas", std::vector<std::string>{"misuse"});
  CHECK(multiple_choice_field().check(form, question, answers) ==
        Phrase("forms.problem.too_few_choices", {{"limit", "2"}, {"n", "1"}}));
  CHECK(multiple_choice_field().told_limit(question) == Phrase("forms.limit.choices_least", {{"n", "2"}}));
}

TEST_CASE("chosen options are read by their labels") {
  const Definition form = test_form();
  Answers answers;
  answers.set("areas", std::vector<std::string>{"other", "alignment"});
  const auto shown = multiple_choice_field().shown(form, *form.find("areas"), answers, "en");
  REQUIRE(shown.size() == 3);
  CHECK(shown[0].text == "Alignment");
  CHECK(shown[2].text == "Other");
}

}  // namespace bursary::forms
