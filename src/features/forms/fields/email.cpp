#include "features/forms/fields/email.h"

#include "base/mail_address.h"
#include "features/forms/fields/text_field.h"

namespace bursary::forms {
namespace {

class EmailField final : public TextField {
 public:
  std::string_view missing() const override { return "forms.missing.email"; }
  std::string_view client_kind() const override { return "email"; }
  std::optional<Phrase> warn(const Definition&, const Question& question, const Answers& answers) const override {
    auto likely = likely_email(answers.text(question.key));
    if (!likely) return std::nullopt;
    return Phrase("forms.warning.email_typo", {{"suggestion", std::move(*likely)}});
  }

 protected:
  std::optional<Phrase> check_text(const Question&, std::string_view text) const override {
    if (!is_email(text)) return Phrase("forms.problem.email");
    return std::nullopt;
  }
  InputKind input_kind(const Question&) const override { return {.type = "email", .css_class = "input"}; }
};

}  // namespace

bool is_email(std::string_view address) { return read_mail_address(address).has_value(); }

const Field& email_field() {
  static const EmailField field;
  return field;
}

}  // namespace bursary::forms
