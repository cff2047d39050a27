#include <doctest/doctest.h>

#include "features/forms/test_form.h"

namespace bursary::forms {

TEST_CASE("good answers have no problem and no warning") {
  CHECK(check_answers(test_form(), good_answers()).empty());
  CHECK(warnings(test_form(), good_answers()).empty());
}

TEST_CASE("a question that is not shown is neither required nor checked nor read") {
  const Definition form = test_form();
  Answers answers = good_answers();
  answers.set("models_why", std::string("two\nlines"));  // would be a problem
  CHECK(check_answers(form, answers).empty());
  answers.set("models", std::vector<std::string>{"codex"});
  const auto problems = check_answers(form, answers);
  REQUIRE(problems.size() == 2);
  CHECK(problems[0] == FieldError{"models_why", "forms.problem.one_line"});
  CHECK(problems[1] == FieldError{"models_detail", "forms.missing.text"});
}

TEST_CASE("a chain of conditions ends where its first link is hidden") {
  const Definition form = test_form();
  Answers answers;
  answers.set("models_why", std::string("left over"));
  CHECK_FALSE(is_shown(*form.find("models_why"), form, answers));
  CHECK_FALSE(is_shown(*form.find("models_detail"), form, answers));
  answers.set("models", std::vector<std::string>{"gpt4_base"});
  CHECK(is_shown(*form.find("models_detail"), form, answers));
}

TEST_CASE("a circle of conditions hides its questions and ends") {
  Definition form = test_form();
  Question& first = form.sections[0].questions[0];
  Question& second = form.sections[0].questions[1];
  first.shown_when = Condition{.question = second.key, .values = {}};
  second.shown_when = Condition{.question = first.key, .values = {}};
  CHECK_FALSE(is_shown(first, form, good_answers()));
  CHECK_FALSE(is_shown(second, form, good_answers()));
}

TEST_CASE("required-when asks only when its condition holds") {
  const Definition form = test_form();
  Answers answers = good_answers();
  answers.set("stage", std::string("student"));
  CHECK(check_answers(form, answers).empty());
  answers.set("stage", std::string("staff"));
  const auto problems = check_answers(form, answers);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0] == FieldError{"stage_other", "forms.missing.text"});
  CHECK(is_required(*form.find("stage_other"), form, answers));
  CHECK_FALSE(is_required(*form.find("stage"), form, answers));
}

TEST_CASE("the answers that count are those of shown questions") {
  Answers answers = good_answers();
  answers.set("models_why", std::string("left over"));
  answers.set("gone", std::string("of an older form"));
  answers.set("links", std::string());
  CHECK(shown_answers(test_form(), answers) == good_answers());
}

TEST_CASE("readings stand beside what was typed, only where certain") {
  const auto readings = read_answers(test_form(), good_answers());
  REQUIRE(readings.size() == 3);
  CHECK(readings[0] == Reading{"duration", Reading::Kind::months, 3000, {}});
  CHECK(readings[1] == Reading{"budget", Reading::Kind::money, 5'000'000'000'000, "USD"});
  CHECK(readings[2] == Reading{"investigators", Reading::Kind::number, 2000, {}});
  Answers unsure = good_answers();
  unsure.set("duration", std::string("6-9 months"));
  unsure.set("budget", std::string("$5000"));
  unsure.set("investigators", std::string("2-3"));
  CHECK(read_answers(test_form(), unsure).empty());
  CHECK(check_answers(test_form(), unsure).empty());
}

TEST_CASE("an unsupported country warns or stops, as the program says") {
  CHECK(problem_with("country", std::string("KP")).empty());
  CHECK(warning_about("country", std::string("KP")) == Phrase("forms.warning.country_unsupported"));
  Definition form = test_form();
  form.unsupported_country_blocks = true;
  Answers answers = good_answers();
  answers.set("country", std::string("KP"));
  const auto problems = check_answers(form, answers);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0] == FieldError{"country", "forms.problem.country_unsupported"});
  CHECK(warnings(form, answers).empty());
}

}  // namespace bursary::forms
