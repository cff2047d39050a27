// What a program says about answers: who is eligible, whom it gives preference, on which grounds it declines, and how
// many days each step may take. Read from eligibility.toml, criteria.toml and program.toml. Public: programs.h lists
// it.
//
// None of it decides: a rule that does not hold is told to staff with its explanation.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "features/forms/answers.h"
#include "features/forms/definition.h"

namespace bursary::programs {

// One comparison with an answer.
struct AnswerTest {
  enum class Operator { answered, not_answered, any_of, none_of, contains, at_least, at_most, supported };
  std::string question;
  Operator op = Operator::answered;
  std::vector<std::string> values = {};  // any_of, none_of: option keys or country codes; contains: words
  std::int64_t number = 0;               // at_least, at_most: months, number: × 1000; money: nano-units
  std::string currency = {};             // of money
};

// Eligible: all of its tests hold.
struct EligibilityRule {
  std::string key;
  forms::LocalText label, explanation;  // explanation: Markdown
  std::vector<AnswerTest> tests;
};
// To whom the program gives preference; points order a list, they refuse nobody.
struct Priority {
  std::string key;
  forms::LocalText label, explanation;
  int points = 1;
  std::vector<AnswerTest> tests;
};
// A ground for a decline.
struct Criterion {
  std::string key;
  forms::LocalText label, explanation;
};

// Days until a step is overdue, from when an application came to it. Never a penalty for who applies.
struct StepDays {
  int submitted = 5, screening = 10, in_review = 30, decided = 5, returned = 21, appeal = 14;
};

// unclear: the form that was answered has no such question, or what was typed has no certain reading.
enum class Holds { yes, no, unclear };
Holds test_answer(const AnswerTest& test, const forms::Definition& form, const forms::Answers& answers);
// The worst of all; yes without any.
Holds test_answers(const std::vector<AnswerTest>& tests, const forms::Definition& form, const forms::Answers& answers);

}  // namespace bursary::programs
