// shown_when and required_when. A question whose own condition rests on a hidden question is hidden too.
#include <algorithm>

#include "features/forms/forms.h"

namespace bursary::forms {
namespace {

// A chain longer than this, or a circle, hides what hangs on it; `bursary check` names circles.
constexpr int kLongestChain = 32;

bool shown(const Question& question, const Definition& definition, const Answers& answers, int depth);

bool holds(const Condition& condition, const Definition& definition, const Answers& answers, int depth) {
  const Question* on = definition.find(condition.question);
  if (on == nullptr || depth >= kLongestChain || !shown(*on, definition, answers, depth + 1)) return false;
  if (condition.values.empty()) return answers.answered(condition.question);
  const auto chosen = answers.choices(condition.question);
  return std::ranges::any_of(chosen, [&](const std::string& value) {
    return std::ranges::find(condition.values, value) != condition.values.end();
  });
}

bool shown(const Question& question, const Definition& definition, const Answers& answers, int depth) {
  return !question.shown_when || holds(*question.shown_when, definition, answers, depth);
}

}  // namespace

bool is_shown(const Question& question, const Definition& definition, const Answers& answers) {
  return shown(question, definition, answers, 0);
}

bool is_required(const Question& question, const Definition& definition, const Answers& answers) {
  if (question.required) return true;
  return question.required_when && holds(*question.required_when, definition, answers, 0);
}

}  // namespace bursary::forms
