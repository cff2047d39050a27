#include <algorithm>

#include "features/forms/error_summary.html.h"
#include "features/forms/field.html.h"
#include "features/forms/field_group.html.h"
#include "features/forms/field_view.h"
#include "features/forms/sections.html.h"

namespace bursary::forms {
namespace {

std::string first_message(const std::vector<FieldError>& errors, const Question& question, const FormView& view,
                          const html::Phrasebook& phrases) {
  const auto found = std::ranges::find(errors, question.key, &FieldError::field);
  return found == errors.end() ? std::string() : message_of(view.definition, *found, view.locale, phrases);
}

std::string with_spaces(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out.append(out.empty() ? "" : " ").append(value);
  return out;
}

// The labels of a condition's values: “Student” or “Staff”.
std::string value_labels(const Condition& condition, const FormView& view, const html::Phrasebook& phrases) {
  const Question* on = view.definition.find(condition.question);
  std::string out;
  for (const std::string& value : condition.values) {
    const Option* option = on == nullptr ? nullptr : on->option(value);
    const Country* country = view.definition.country(value);
    const std::string& label = option != nullptr    ? option->label.in(view.locale)
                               : country != nullptr ? country->name.in(view.locale)
                                                    : value;
    if (!out.empty()) out.append(" ").append(phrases.text(Phrase("forms.condition.or"))).append(" ");
    out.append(phrases.text("forms.condition.quoted", {{"text", label}}));
  }
  return out;
}

// "Answer this if you chose “Staff” in “Career stage”."
std::string say_condition(const std::string& key, const Condition& condition, const FormView& view,
                          const html::Phrasebook& phrases) {
  const std::string label = label_of(view.definition, condition.question, view.locale);
  if (condition.values.empty()) return phrases.text(key + "answered", {{"question", label}});
  return phrases.text(key + "chosen", {{"question", label}, {"values", value_labels(condition, view, phrases)}});
}

void add_condition(FieldView& field, const Question& question, const FormView& view, const html::Phrasebook& phrases) {
  if (question.shown_when) {
    field.condition = say_condition("forms.condition.shown.", *question.shown_when, view, phrases);
    field.shown_when = question.shown_when->question;
    field.shown_values = with_spaces(question.shown_when->values);
    field.css_class += " field--conditional";
  }
  if (question.required_when && !question.required) {
    field.condition.append(field.condition.empty() ? "" : " ");
    field.condition += say_condition("forms.condition.required.", *question.required_when, view, phrases);
    field.required_when = question.required_when->question;
    field.required_values = with_spaces(question.required_when->values);
  }
  if (!field.condition.empty()) field.behaviour = "reveal";
}

void add_limit(FieldView& field, const Question& question, const html::Phrasebook& phrases) {
  const Field& type = field_of(question.type);
  const Phrase limit = type.told_limit(question);
  if (limit.empty()) return;
  field.limit = phrases.text(limit);
  field.limit_before = type.is_group(question);
  // A running count helps where people write at length; under a name it is noise.
  if (question.type != QuestionType::long_text) return;
  const bool words = question.limits.max_words.has_value();
  field.unit = words ? "words" : "characters";
  field.counted = words ? *question.limits.max_words : question.limits.max_characters.value_or(0);
}

std::string ids_of(const FieldView& field) {
  std::string ids;
  const auto add = [&](bool there, std::string_view suffix) {
    if (there) ids.append(ids.empty() ? "" : " ").append(field.key).append(suffix);
  };
  add(!field.condition.empty(), "-condition");
  add(!field.help.empty(), "-help");
  add(!field.hint.empty(), "-hint");
  add(!field.limit.empty(), "-limit");
  add(!field.problem.empty(), "-error");
  add(!field.warning.empty(), "-warning");
  return ids;
}

html::SafeHtml draw(const Question& question, const FormView& view, const html::Phrasebook& phrases) {
  const Field& type = field_of(question.type);
  FieldView field;
  field.key = question.key;
  field.label = question.label.in(view.locale);
  field.hint = question.hint.in(view.locale);
  field.why = question.why.in(view.locale);
  if (!question.help.empty()) field.help = html::markdown(question.help.in(view.locale));
  field.problem = first_message(view.problems, question, view, phrases);
  field.warning = first_message(view.warnings, question, view, phrases);
  field.required = is_required(question, view.definition, view.answers);
  field.optional = !question.required && !question.required_when;
  if (!field.problem.empty()) field.css_class += " field--error";
  add_condition(field, question, view, phrases);
  add_limit(field, question, phrases);
  field.described_by = ids_of(field);

  const bool group = type.is_group(question);
  // Without JavaScript every question is there to see; one whose condition does not hold is not called required.
  const bool told_required = field.required && is_shown(question, view.definition, view.answers);
  const Drawn drawn{view,         phrases, question, group ? std::string() : field.described_by, !field.problem.empty(),
                    told_required};
  html::Writer input(phrases);
  type.draw_input(input, drawn);
  field.input = input.take();
  html::Writer out(phrases);
  group ? tpl::forms::field_group(out, field) : tpl::forms::field(out, field);
  return out.take();
}

}  // namespace

html::SafeHtml render_fields(const FormView& view, const html::Phrasebook& phrases) {
  SectionsView sections;
  for (const Section& section : view.definition.sections) {
    SectionView& shown = sections.sections.emplace_back();
    shown.key = section.key;
    shown.title = section.title.in(view.locale);
    shown.optional = section.optional;
    if (!section.intro.empty()) shown.intro = html::markdown(section.intro.in(view.locale));
    for (const Question& question : section.questions) shown.fields.push_back(draw(question, view, phrases));
  }
  html::Writer out(phrases);
  tpl::forms::sections(out, sections);
  return out.take();
}

html::SafeHtml render_error_summary(const FormView& view, const html::Phrasebook& phrases) {
  if (view.problems.empty()) return {};
  ErrorSummaryView summary;
  for (const FieldError& problem : view.problems) {
    const bool ours = view.definition.find(problem.field) != nullptr;
    summary.problems.push_back({ours ? std::string_view(problem.field) : std::string_view(),
                                message_of(view.definition, problem, view.locale, phrases)});
  }
  html::Writer out(phrases);
  tpl::forms::error_summary(out, summary);
  return out.take();
}

}  // namespace bursary::forms
