#include "features/forms/fields/text_field.h"
#include "features/forms/readings/readings.h"

namespace bursary::forms {
namespace {

class NumberField final : public TextField {
 public:
  std::optional<Reading> read(std::string_view text) const override {
    const auto number = read_number(text);
    if (!number) return std::nullopt;
    return Reading{.question = {}, .kind = Reading::Kind::number, .value = *number, .currency = {}};
  }
  // Not type="number": it eats what is no number, and words are welcome.
  InputKind input_kind(const Question&) const override { return {.css_class = "input input--narrow"}; }
};

}  // namespace

const Field& number_field() {
  static const NumberField field;
  return field;
}

}  // namespace bursary::forms
