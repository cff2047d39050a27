#include "features/forms/fields/consent.html.h"
#include "features/forms/fields/one_value.h"
#include "features/forms/fields/views.h"
#include "html/markdown_words.h"

namespace bursary::forms {
namespace {

// Markdown of one paragraph without its <p>, for a label holds no blocks; longer texts stay whole.
html::SafeHtml inline_markdown(std::string_view source) {
  html::SafeHtml html = html::markdown(source);
  std::string_view text = html.str();
  while (text.ends_with('\n')) text.remove_suffix(1);
  if (!text.starts_with("<p>") || !text.ends_with("</p>") || text.find("<p>", 3) != std::string_view::npos) return html;
  // What stands inside one paragraph of markdown()'s own output is as safe as that.
  return html::SafeHtml::trusted(std::string(text.substr(3, text.size() - 7)));
}

// A box that only a person ticks. Its value is the version of what is accepted, so a text that changed meanwhile is
// asked again.
class Consent final : public Field {
 public:
  void take(const Definition& form, const Question& question, const Posted& posted, Taken& taken) const override {
    take_choice(question, posted, taken, "forms.problem.consent_changed",
                [&](const std::string& value) { return value == form.consent_version(question); });
  }
  std::optional<Phrase> check(const Definition& form, const Question& question, const Answers& answers) const override {
    if (answers.text(question.key) != form.consent_version(question)) return Phrase("forms.problem.consent_changed");
    return std::nullopt;
  }
  std::string_view missing() const override { return "forms.missing.consent"; }

  void draw_input(html::Writer& w, const Drawn& drawn) const override {
    ConsentView view{.drawn = drawn,
                     .text = inline_markdown(drawn.question.consent.in(drawn.view.locale)),
                     .version = drawn.view.definition.consent_version(drawn.question)};
    view.chosen = drawn.view.answers.text(drawn.question.key) == view.version;
    tpl::forms::fields::consent(w, view);
  }
  bool is_group(const Question&) const override { return true; }
  // That it was accepted, in words; then what the box said, and which version of it.
  std::vector<Shown> shown(const Definition&, const Question& question, const Answers& answers,
                           std::string_view locale) const override {
    const std::string& version = answers.text(question.key);
    if (version.empty()) return {};
    std::string said = html::markdown_words(question.consent.in(locale));
    while (said.ends_with('\n')) said.pop_back();
    return {{.text = {}, .words = "forms.consent.accepted"},
            {.text = "\n"},
            {.text = {},
             .words = {"forms.consent.said", {{"text", std::move(said)}, {"version", version}}},
             .secondary = true}};
  }
  std::string_view client_kind() const override { return "consent"; }
};

}  // namespace

const Field& consent_field() {
  static const Consent field;
  return field;
}

}  // namespace bursary::forms
