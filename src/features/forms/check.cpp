#include "features/forms/fields/field.h"
#include "features/forms/forms.h"

namespace bursary::forms {
namespace {

// Calls `each(question)` for every question that is shown, in the form's order.
template <class Each>
void for_each_shown(const Definition& definition, const Answers& answers, Each each) {
  for (const Section& section : definition.sections) {
    for (const Question& question : section.questions) {
      if (is_shown(question, definition, answers)) each(question);
    }
  }
}

}  // namespace

std::vector<FieldError> check_answers(const Definition& definition, const Answers& answers) {
  std::vector<FieldError> problems;
  for_each_shown(definition, answers, [&](const Question& question) {
    const Field& field = field_of(question.type);
    if (!answers.answered(question.key)) {
      if (is_required(question, definition, answers))
        problems.push_back({question.key, Phrase(std::string(field.missing()))});
    } else if (auto problem = field.check(definition, question, answers)) {
      problems.push_back({question.key, std::move(*problem)});
    }
  });
  return problems;
}

std::vector<FieldError> warnings(const Definition& definition, const Answers& answers) {
  std::vector<FieldError> found;
  for_each_shown(definition, answers, [&](const Question& question) {
    if (!answers.answered(question.key)) return;
    if (auto warning = field_of(question.type).warn(definition, question, answers))
      found.push_back({question.key, std::move(*warning)});
  });
  return found;
}

std::vector<Reading> read_answers(const Definition& definition, const Answers& answers) {
  std::vector<Reading> readings;
  for_each_shown(definition, answers, [&](const Question& question) {
    auto reading = field_of(question.type).read(answers.text(question.key));
    if (!reading) return;
    reading->question = question.key;
    readings.push_back(std::move(*reading));
  });
  return readings;
}

Answers shown_answers(const Definition& definition, const Answers& answers) {
  Answers kept;
  for_each_shown(definition, answers, [&](const Question& question) {
    const auto found = answers.all().find(question.key);
    if (found != answers.all().end() && answers.answered(question.key)) kept.set(question.key, found->second);
  });
  return kept;
}

}  // namespace bursary::forms
