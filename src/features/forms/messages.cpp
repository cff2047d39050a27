// A problem's words: the phrase, with the question's own name or the program's own sentence put in.

#include "features/forms/forms.h"

#include "base/number.h"

namespace bursary::forms {
namespace {

constexpr std::string_view kMissing = "forms.missing.";

// Numbers as the language writes them.
std::string formatted(const std::string& value, const html::Phrasebook& phrases) {
  const auto number = read_integer(value);
  return number ? phrases.number(*number) : value;
}

}  // namespace

std::string label_of(const Definition& definition, std::string_view key, std::string_view locale) {
  const Question* question = definition.find(key);
  return question == nullptr ? std::string(key) : question->label.in(locale);
}

std::string message_of(const Definition& definition, const FieldError& problem, std::string_view locale,
                       const html::Phrasebook& phrases) {
  const Question* question = definition.find(problem.field);
  if (question == nullptr) return phrases.text(problem.message);
  if (problem.message.key.starts_with(kMissing) && !question->missing.empty()) return question->missing.in(locale);
  Phrase message = problem.message;
  for (auto& [name, value] : message.values) {
    if (name == "limit") value = formatted(value, phrases);
  }
  message.values.emplace_back("name", question->name.empty() ? question->label.in(locale) : question->name.in(locale));
  return phrases.text(message);
}

}  // namespace bursary::forms
