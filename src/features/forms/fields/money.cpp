#include "features/forms/fields/text_field.h"
#include "features/forms/readings/readings.h"

namespace bursary::forms {
namespace {

class MoneyField final : public TextField {
 public:
  std::optional<Reading> read(std::string_view text) const override {
    auto money = read_money(text);
    if (!money) return std::nullopt;
    return Reading{
        .question = {}, .kind = Reading::Kind::money, .value = money->nanos, .currency = std::move(money->currency)};
  }
  InputKind input_kind(const Question&) const override { return {.css_class = "input input--medium"}; }
};

}  // namespace

const Field& money_field() {
  static const MoneyField field;
  return field;
}

}  // namespace bursary::forms
