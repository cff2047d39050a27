#include <chrono>

#include "features/forms/fields/date.h"
#include "features/forms/fields/text_field.h"
#include "features/forms/fields/text_input.html.h"
#include "features/forms/fields/views.h"

namespace bursary::forms {
namespace {

class DateField final : public TextField {
 public:
  std::string_view missing() const override { return "forms.missing.date"; }
  std::string_view client_kind() const override { return "date"; }

  // The native date input, but for a text that it would throw away: what was typed stays.
  void draw_input(html::Writer& w, const Drawn& drawn) const override {
    const std::string& value = drawn.view.answers.text(drawn.question.key);
    const bool native = value.empty() || is_date(value);
    const Limits& limits = drawn.question.limits;
    TextInputView view{
        .drawn = drawn, .value = value, .type = native ? "date" : "text", .css_class = "input input--narrow"};
    if (native && limits.earliest) view.min = *limits.earliest;
    if (native && limits.latest) view.max = *limits.latest;
    tpl::forms::fields::text_input(w, view);
  }

 protected:
  std::optional<Phrase> check_text(const Question& question, std::string_view text) const override {
    if (!is_date(text)) return Phrase("forms.problem.date");
    // ISO dates of four-digit years sort as they read.
    if (question.limits.earliest && text < *question.limits.earliest) {
      return Phrase("forms.problem.date_early", {{"date", *question.limits.earliest}});
    }
    if (question.limits.latest && text > *question.limits.latest) {
      return Phrase("forms.problem.date_late", {{"date", *question.limits.latest}});
    }
    return std::nullopt;
  }
};

}  // namespace

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  int parts[3] = {0, 0, 0};
  int part = 0;
  for (const char c : text) {
    if (c == '-') {
      ++part;
      if (part > 2) return false;
    } else if (c >= '0' && c <= '9') {
      parts[part] = parts[part] * 10 + (c - '0');
    } else {
      return false;
    }
  }
  const std::chrono::year_month_day day{std::chrono::year{parts[0]},
                                        std::chrono::month{static_cast<unsigned>(parts[1])},
                                        std::chrono::day{static_cast<unsigned>(parts[2])}};
  return parts[0] >= 1 && day.ok();
}

const Field& date_field() {
  static const DateField field;
  return field;
}

}  // namespace bursary::forms
