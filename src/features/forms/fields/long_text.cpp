#include "features/forms/fields/links.h"
#include "features/forms/fields/text_field.h"

namespace bursary::forms {
namespace {

class LongText final : public TextField {
 public:
  bool is_one_line() const override { return false; }
  InputKind input_kind(const Question&) const override { return {.spellcheck = true}; }
  std::vector<Shown> shown(const Definition&, const Question& question, const Answers& answers,
                           std::string_view) const override {
    const std::string& text = answers.text(question.key);
    return text.empty() ? std::vector<Shown>{} : with_links(text);
  }
};

}  // namespace

const Field& long_text_field() {
  static const LongText field;
  return field;
}

}  // namespace bursary::forms
