#include "features/forms/fields/text_field.h"
#include "features/forms/readings/readings.h"

namespace bursary::forms {
namespace {

class DurationField final : public TextField {
 public:
  std::optional<Reading> read(std::string_view text) const override {
    const auto months = read_months(text);
    if (!months) return std::nullopt;
    return Reading{.question = {}, .kind = Reading::Kind::months, .value = *months, .currency = {}};
  }
  InputKind input_kind(const Question&) const override { return {.css_class = "input input--medium"}; }
};

}  // namespace

const Field& duration_field() {
  static const DurationField field;
  return field;
}

}  // namespace bursary::forms
