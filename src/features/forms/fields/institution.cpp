#include "features/forms/fields/text_field.h"
#include "features/forms/fields/text_input.html.h"
#include "features/forms/fields/views.h"

namespace bursary::forms {
namespace {

// Free text; suggestions where the program has a list, for a name that is not on it is as good.
class Institution final : public TextField {
 public:
  void draw_input(html::Writer& w, const Drawn& drawn) const override {
    const std::string& value = drawn.view.answers.text(drawn.question.key);
    tpl::forms::fields::text_input(
        w, {.drawn = drawn, .value = value, .css_class = "input", .suggestions = drawn.view.institutions});
  }
};

}  // namespace

const Field& institution_field() {
  static const Institution field;
  return field;
}

}  // namespace bursary::forms
