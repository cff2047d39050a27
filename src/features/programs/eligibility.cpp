#include "features/programs/eligibility.h"

#include <algorithm>

#include "base/text.h"
#include "features/forms/forms.h"

namespace bursary::programs {
namespace {

using Operator = AnswerTest::Operator;

bool holds_choices(forms::QuestionType type) {
  return type == forms::QuestionType::single_choice || type == forms::QuestionType::multiple_choice ||
         type == forms::QuestionType::country;
}

Holds holds_if(bool condition) { return condition ? Holds::yes : Holds::no; }

bool has_any(const AnswerTest& test, const forms::Question& question, const forms::Answers& answers) {
  for (const std::string& chosen : answers.choices(question.key)) {
    for (const std::string& value : test.values) {
      if (holds_choices(question.type) ? chosen == value : fold(trim(chosen)) == fold(value)) return true;
    }
  }
  return false;
}

bool contains_any(const AnswerTest& test, const forms::Answers& answers) {
  const std::string text = fold(answers.text(test.question));
  return std::ranges::any_of(test.values,
                             [&](const std::string& value) { return text.find(fold(value)) != std::string::npos; });
}

Holds compare(const AnswerTest& test, const forms::Definition& form, const forms::Answers& answers) {
  for (const forms::Reading& reading : forms::read_answers(form, answers)) {
    if (reading.question != test.question) continue;
    if (reading.kind == forms::Reading::Kind::money && reading.currency != test.currency) return Holds::unclear;
    return holds_if(test.op == Operator::at_least ? reading.value >= test.number : reading.value <= test.number);
  }
  return Holds::unclear;
}

}  // namespace

Holds test_answer(const AnswerTest& test, const forms::Definition& form, const forms::Answers& answers) {
  const forms::Question* question = form.find(test.question);
  if (question == nullptr) return Holds::unclear;
  const bool answered = answers.answered(test.question);
  switch (test.op) {
    case Operator::answered:
      return holds_if(answered);
    case Operator::not_answered:
      return holds_if(!answered);
    case Operator::any_of:
      return holds_if(has_any(test, *question, answers));
    case Operator::none_of:
      return holds_if(!has_any(test, *question, answers));
    case Operator::contains:
      return holds_if(contains_any(test, answers));
    case Operator::at_least:
    case Operator::at_most:
      return compare(test, form, answers);
    case Operator::supported: {
      const forms::Country* country = form.country(answers.text(test.question));
      return country == nullptr ? Holds::unclear : holds_if(country->supported);
    }
  }
  return Holds::unclear;
}

Holds test_answers(const std::vector<AnswerTest>& tests, const forms::Definition& form, const forms::Answers& answers) {
  Holds worst = Holds::yes;
  for (const AnswerTest& test : tests) {
    const Holds one = test_answer(test, form, answers);
    if (one == Holds::no) return Holds::no;
    if (one == Holds::unclear) worst = Holds::unclear;
  }
  return worst;
}

}  // namespace bursary::programs
