#include "features/forms/fields/countries.html.h"
#include "features/forms/fields/one_value.h"
#include "features/forms/fields/views.h"

namespace bursary::forms {
namespace {

class CountryField final : public Field {
 public:
  void take(const Definition& form, const Question& question, const Posted& posted, Taken& taken) const override {
    take_choice(question, posted, taken, "forms.problem.not_listed",
                [&](const std::string& value) { return form.country(value) != nullptr; });
  }

  std::optional<Phrase> check(const Definition& form, const Question& question, const Answers& answers) const override {
    const Country* country = form.country(answers.text(question.key));
    if (country == nullptr) return Phrase("forms.problem.not_listed");
    if (!country->supported && form.unsupported_country_blocks) return Phrase("forms.problem.country_unsupported");
    return std::nullopt;
  }
  std::optional<Phrase> warn(const Definition& form, const Question& question, const Answers& answers) const override {
    const Country* country = form.country(answers.text(question.key));
    if (country == nullptr || country->supported || form.unsupported_country_blocks) return std::nullopt;
    return Phrase("forms.warning.country_unsupported");
  }
  std::string_view missing() const override { return "forms.missing.country"; }

  void draw_input(html::Writer& w, const Drawn& drawn) const override {
    const std::string& chosen = drawn.view.answers.text(drawn.question.key);
    const html::Phrasebook& phrases = drawn.phrases;
    CountriesView view{.drawn = drawn,
                       .prompt = drawn.question.prompt.in(drawn.view.locale),
                       .countries = {},
                       .unsupported = " " + phrases.text(Phrase("forms.country.unsupported")),
                       .none = phrases.text(Phrase("forms.country.none")),
                       .one = phrases.text("forms.country.found", {{"n", "1"}}),
                       .other = phrases.text("forms.country.found", {{"n", "{n}"}})};
    view.countries.reserve(drawn.view.definition.countries.size());
    for (const Country& country : drawn.view.definition.countries) {
      view.countries.push_back(
          {country.code, country.name.in(drawn.view.locale), country.supported, country.code == chosen});
    }
    tpl::forms::fields::countries(w, view);
  }
  std::vector<Shown> shown(const Definition& form, const Question& question, const Answers& answers,
                           std::string_view locale) const override {
    const std::string& code = answers.text(question.key);
    if (code.empty()) return {};
    const Country* country = form.country(code);
    return {{country == nullptr ? code : country->name.in(locale), {}}};
  }
  std::string_view client_kind() const override { return "country"; }
};

}  // namespace

const Field& country_field() {
  static const CountryField field;
  return field;
}

}  // namespace bursary::forms
