// The rules and words with which the browser repeats check_answers(). docs/formats/form.md has the members;
// assets/form/rules.ts reads them.
#include <array>
#include <boost/json.hpp>

#include "features/forms/fields/field.h"
#include "features/forms/fields/text_field.h"
#include "features/forms/forms.h"
#include "features/forms/uploads/file_types.h"

namespace bursary::forms {
namespace {

namespace json = boost::json;

// Sentences with {name}, {n}, {limit} … left in, for the browser to fill.
constexpr std::array kProblems = std::to_array<const char*>(
    {"control_character", "bidi_character", "one_line", "too_many_words", "too_few_words", "too_many_characters",
     "too_many_links", "link", "email", "date", "date_early", "date_late", "too_many_choices", "too_few_choices",
     "country_unsupported", "too_many_files", "file_empty", "file_large", "file_type"});
constexpr std::array kCounts = std::to_array<const char*>({"words", "words_over", "characters", "characters_over"});

json::object condition(const Condition& from) {
  json::object out{{"question", from.question}};
  if (!from.values.empty()) out["values"] = json::array(from.values.begin(), from.values.end());
  return out;
}

void add_limits(json::object& out, const Question& question, const Field& type) {
  const Limits& limits = question.limits;
  const auto add = [&](const char* name, const std::optional<std::size_t>& limit) {
    if (limit) out[name] = *limit;
  };
  if (const auto* text = dynamic_cast<const TextField*>(&type)) {
    out["characters"] = text->most_characters(question);
    if (text->is_one_line()) out["line"] = true;
    add("words", limits.max_words);
    add("words_least", limits.min_words);
  }
  if (question.type == QuestionType::multiple_choice) {
    add("choices", limits.max_choices);
    add("choices_least", limits.min_choices);
  }
  if (question.type == QuestionType::date) {
    if (limits.earliest) out["earliest"] = *limits.earliest;
    if (limits.latest) out["latest"] = *limits.latest;
  }
  if (question.type == QuestionType::file) {
    out["files"] = limits.max_files;
    out["bytes"] = limits.max_file_bytes;
    out["endings"] = accept_attribute(question);
    out["types"] = names_of_types(question);
  }
}

json::object rule(const Definition& definition, const Question& question, std::string_view locale,
                  const html::Phrasebook& phrases) {
  const Field& type = field_of(question.type);
  json::object out{{"key", question.key}, {"kind", type.client_kind()}};
  out["name"] = question.name.empty() ? question.label.in(locale) : question.name.in(locale);
  out["missing"] = message_of(definition, {question.key, Phrase(std::string(type.missing()))}, locale, phrases);
  if (question.required) out["required"] = true;
  if (question.shown_when) out["shown_when"] = condition(*question.shown_when);
  if (question.required_when) out["required_when"] = condition(*question.required_when);
  if (question.type == QuestionType::country && definition.unsupported_country_blocks) out["blocks"] = true;
  add_limits(out, question, type);
  return out;
}

}  // namespace

std::string client_rules(const Definition& definition, std::string_view locale, const html::Phrasebook& phrases) {
  json::array questions;
  for (const Section& section : definition.sections) {
    for (const Question& question : section.questions) questions.push_back(rule(definition, question, locale, phrases));
  }
  const auto text = [&](std::string_view key, const html::Phrasebook::Values& values = {}) {
    return json::string(phrases.text(key, values));
  };
  json::object words{{"error", text("forms.error")},
                     {"summary", text("forms.error_summary")},
                     {"title", text("problem.error_prefix")},
                     {"country_warning", text("forms.warning.country_unsupported")}};
  // With {name}, {limit} left in; the one with plural forms takes its general one.
  for (const char* key : kProblems) words[key] = text(std::string("forms.problem.") + key, {{"n", "{n}"}});
  json::object counts;
  for (const char* key : kCounts) counts[key] = text(std::string("forms.count.") + key);
  return json::serialize(json::object{{"lang", phrases.tag()},
                                      {"questions", std::move(questions)},
                                      {"say", std::move(words)},
                                      {"count", std::move(counts)}});
}

}  // namespace bursary::forms
