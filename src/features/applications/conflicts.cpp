#include "features/applications/form_page.h"

namespace bursary::applications {
namespace {

std::string label_of_choice(const forms::Definition& definition, const forms::Question& question,
                            const std::string& value, std::string_view locale) {
  if (question.type == forms::QuestionType::country) {
    if (const forms::Country* country = definition.country(value)) return country->name.in(locale);
  }
  for (const forms::Option& option : question.options) {
    if (option.key == value) return option.label.in(locale);
  }
  return value;
}

std::string text_of(const forms::Definition& definition, const forms::Question& question, const forms::Answers& answers,
                    std::string_view locale) {
  std::string out;
  const auto line = [&](const std::string& text) {
    if (!out.empty()) out += '\n';
    out += text;
  };
  for (const forms::FileAnswer& file : answers.files(question.key)) line(file.name);
  if (question.type != forms::QuestionType::file) {
    for (const std::string& value : answers.choices(question.key)) {
      if (!value.empty()) line(label_of_choice(definition, question, value, locale));
    }
  }
  return out;
}

}  // namespace

std::vector<site::ConflictingAnswer> conflicts_between(const forms::Definition& definition, const forms::Answers& typed,
                                                       const forms::Answers& stored, std::string_view locale) {
  std::vector<site::ConflictingAnswer> out;
  for (const forms::Section& section : definition.sections) {
    for (const forms::Question& question : section.questions) {
      std::string mine = text_of(definition, question, typed, locale);
      std::string theirs = text_of(definition, question, stored, locale);
      if (mine != theirs) out.push_back({question.key, question.label.in(locale), std::move(mine), std::move(theirs)});
    }
  }
  return out;
}

}  // namespace bursary::applications
