#include "features/forms/fields/text_field.h"

namespace bursary::forms {
namespace {

// Any letter of any script, apostrophe, hyphen, digit or other visible character is a name to somebody.
class ShortText final : public TextField {
  InputKind input_kind(const Question& question) const override {
    const bool short_limit = question.limits.max_characters && *question.limits.max_characters <= 40;
    return {.css_class = short_limit ? "input input--medium" : "input", .spellcheck = question.autocomplete.empty()};
  }
};

}  // namespace

const Field& short_text_field() {
  static const ShortText field;
  return field;
}

}  // namespace bursary::forms
