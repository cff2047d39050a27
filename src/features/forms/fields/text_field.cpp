#include "features/forms/fields/text_field.h"
#include "features/forms/fields/views.h"

#include <fmt/format.h>

#include "base/text.h"
#include "features/forms/fields/one_value.h"
#include "features/forms/fields/text_area.html.h"
#include "features/forms/fields/text_input.html.h"

namespace bursary::forms {
namespace {

// Both need at least one byte a character and, for words, a space between two: most answers are never counted.
bool surely_within(std::string_view text, const std::optional<std::size_t>& words) {
  return !words || text.size() <= *words;
}

std::optional<Phrase> check_words(const Limits& limits, std::string_view text) {
  if (surely_within(text, limits.max_words) && !limits.min_words) return std::nullopt;
  const std::size_t words = count_words(text);
  if (limits.max_words && words > *limits.max_words) {
    return Phrase("forms.problem.too_many_words",
                  {{"limit", std::to_string(*limits.max_words)}, {"n", std::to_string(words)}});
  }
  if (limits.min_words && words < *limits.min_words) {
    return Phrase("forms.problem.too_few_words",
                  {{"limit", std::to_string(*limits.min_words)}, {"n", std::to_string(words)}});
  }
  return std::nullopt;
}

bool is_control(std::string_view character) { return has_control_characters(character); }
bool is_bidi(std::string_view character) { return has_bidi_controls(character); }

// "U+202E" of the first character that `found` is true of.
template <class Found>
std::string name_first(std::string_view text, Found found) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view character = text.substr(at, length);
    if (found(character)) {
      unsigned value = length == 1 ? lead : lead & (0x7Fu >> length);
      for (const char byte : character.substr(1)) value = value << 6 | (static_cast<unsigned char>(byte) & 0x3Fu);
      return fmt::format("U+{:04X}", value);
    }
    at += length;
  }
  return {};
}

}  // namespace

std::optional<Phrase> hidden_character(std::string_view text) {
  if (has_control_characters(text))
    return Phrase("forms.problem.control_character", {{"character", name_first(text, is_control)}});
  if (has_bidi_controls(text))
    return Phrase("forms.problem.bidi_character", {{"character", name_first(text, is_bidi)}});
  return std::nullopt;
}

std::size_t TextField::most_characters(const Question& question) const {
  return question.limits.max_characters.value_or(is_one_line() ? kMostShort : kMostLong);
}

void TextField::take(const Definition&, const Question& question, const Posted& posted, Taken& taken) const {
  std::string value = take_one(question, posted, taken);
  if (!value.empty()) taken.answers.set(question.key, std::move(value));
}

std::optional<Phrase> TextField::check(const Definition&, const Question& question, const Answers& answers) const {
  const std::string& text = answers.text(question.key);
  if (auto hidden = hidden_character(text)) return hidden;
  if (is_one_line() && text.find('\n') != std::string::npos) return Phrase("forms.problem.one_line");
  const std::size_t most = most_characters(question);
  if (text.size() > most) {
    const std::size_t characters = count_characters(text);
    if (characters > most) {
      return Phrase("forms.problem.too_many_characters",
                    {{"limit", std::to_string(most)}, {"n", std::to_string(characters)}});
    }
  }
  if (auto words = check_words(question.limits, text)) return words;
  return check_text(question, text);
}

Phrase TextField::told_limit(const Question& question) const {
  const Limits& limits = question.limits;
  if (limits.min_words && limits.max_words) {
    return Phrase("forms.limit.words_between",
                  {{"least", std::to_string(*limits.min_words)}, {"n", std::to_string(*limits.max_words)}});
  }
  if (limits.max_words) return Phrase("forms.limit.words", {{"n", std::to_string(*limits.max_words)}});
  if (limits.min_words) return Phrase("forms.limit.words_least", {{"n", std::to_string(*limits.min_words)}});
  // A bound that no honest answer meets is not told under a line: it would only be noise.
  if (!is_one_line() || most_characters(question) < kToldFrom) {
    return Phrase("forms.limit.characters", {{"n", std::to_string(most_characters(question))}});
  }
  return {};
}

void TextField::draw_input(html::Writer& w, const Drawn& drawn) const {
  const InputKind kind = input_kind(drawn.question);
  const std::string& value = drawn.view.answers.text(drawn.question.key);
  if (!is_one_line()) return tpl::forms::fields::text_area(w, {drawn, value, kind.spellcheck});
  TextInputView view{
      .drawn = drawn, .value = value, .type = kind.type, .input_mode = kind.input_mode, .css_class = kind.css_class};
  view.spellcheck = kind.spellcheck;
  tpl::forms::fields::text_input(w, view);
}

}  // namespace bursary::forms
