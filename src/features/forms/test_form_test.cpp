#include "features/forms/test_form.h"

#include <algorithm>
#include <utility>

namespace bursary::forms {
namespace {

Question question(std::string key, QuestionType type, std::string label, bool required = false) {
  Question made;
  made.key = std::move(key);
  made.type = type;
  made.label = LocalText(std::move(label));
  made.required = required;
  return made;
}

Option option(std::string key, std::string label, std::string guidance = {}) {
  Option made;
  made.key = std::move(key);
  made.label = LocalText(std::move(label));
  if (!guidance.empty()) made.guidance = LocalText(std::move(guidance));
  return made;
}

Section about_you() {
  Section section;
  section.key = "you";
  section.title = LocalText("About you");
  section.title.set("es", "Sobre usted");
  Question first = question("first_name", QuestionType::short_text, "First name", true);
  first.label.set("es", "Nombre");
  first.missing = LocalText("Enter your first name");
  first.missing.set("es", "Escriba su nombre");
  first.autocomplete = "given-name";
  first.limits.max_characters = 40;
  Question email = question("email", QuestionType::email, "Email", true);
  email.why = LocalText("We answer to this address only.");
  Question country = question("country", QuestionType::country, "Country or region", true);
  country.prompt = LocalText("Select a country…");
  section.questions = {std::move(first), std::move(email),
                       question("institution", QuestionType::institution, "Institution", true), std::move(country)};
  return section;
}

Section research() {
  Section section;
  section.key = "research";
  section.title = LocalText("Research");
  section.intro = LocalText("Tell us *what* you plan.");
  Question areas = question("areas", QuestionType::multiple_choice, "Research area(s)", true);
  areas.name = LocalText("Research areas");
  areas.missing = LocalText("Choose at least one research area");
  areas.limits.max_choices = 2;
  areas.options = {option("alignment", "Alignment", "What *objective*?"), option("misuse", "Misuse potential"),
                   option("other", "Other")};
  Question models = question("models", QuestionType::multiple_choice, "Restricted models");
  models.restricted = true;
  models.options = {option("gpt4_base", "GPT-4 Base Model Access"), option("codex", "Codex Access")};
  Question why = question("models_why", QuestionType::short_text, "Why that model?", true);
  why.shown_when = Condition{.question = "models", .values = {}};
  Question detail = question("models_detail", QuestionType::short_text, "Which risk?", true);
  detail.shown_when = Condition{.question = "models_why", .values = {}};
  Question description = question("description", QuestionType::long_text, "Project description", true);
  description.limits.max_words = 20;
  section.questions = {std::move(areas), std::move(models), std::move(why), std::move(detail), std::move(description)};
  return section;
}

Section details() {
  Section section;
  section.key = "details";
  section.title = LocalText("Details");
  section.optional = true;
  Question stage = question("stage", QuestionType::single_choice, "Career stage");
  stage.options = {option("student", "Student"), option("staff", "Staff", "A *permanent* post")};
  Question other = question("stage_other", QuestionType::short_text, "Which post?");
  other.required_when = Condition{.question = "stage", .values = {"staff"}};
  Question duration = question("duration", QuestionType::duration, "Timeline", true);
  duration.hint = LocalText("e.g.: 3 months, 6 months");
  Question start = question("start", QuestionType::date, "Start");
  start.limits.earliest = "2026-01-01";
  start.limits.latest = "2027-12-31";
  Question links = question("links", QuestionType::url_list, "Links");
  Question cv = question("cv", QuestionType::file, "CV");
  cv.limits.file_types = {"pdf", "docx"};
  cv.limits.max_file_bytes = 1u << 20;
  Question policy = question("policy", QuestionType::consent, "Research policy", true);
  policy.consent = LocalText("I accept the [policy](/policy).");
  policy.document = "policy";
  section.questions = {std::move(stage),
                       std::move(other),
                       std::move(duration),
                       question("budget", QuestionType::money, "Budget", true),
                       question("investigators", QuestionType::number, "Number of investigators", true),
                       std::move(start),
                       std::move(links),
                       std::move(cv),
                       std::move(policy)};
  return section;
}

}  // namespace

Definition test_form() {
  Definition form;
  form.sections = {about_you(), research(), details()};
  Country france{.code = "FR", .name = LocalText("France"), .supported = true};
  france.name.set("es", "Francia");
  form.countries = {std::move(france),
                    {.code = "KE", .name = LocalText("Kenya"), .supported = true},
                    {.code = "KP", .name = LocalText("North Korea"), .supported = false}};
  form.documents["policy"] = "0123456789ab";
  form.meanings.email = "email";
  form.meanings.country = "country";
  return form;
}

Answers good_answers() {
  Answers answers;
  answers.set("first_name", std::string("Ada"));
  answers.set("email", std::string("ada@example.org"));
  answers.set("institution", std::string("Example University"));
  answers.set("country", std::string("KE"));
  answers.set("areas", std::vector<std::string>{"alignment"});
  answers.set("description", std::string("What objective does a model pursue?"));
  answers.set("duration", std::string("3 months"));
  answers.set("budget", std::string("USD 5,000"));
  answers.set("investigators", std::string("two"));
  answers.set("policy", std::string("0123456789ab"));
  return answers;
}

Taken take_fields(Fields fields, const Answers& kept) {
  web::FormData form;
  for (const auto& [name, value] : fields) form.fields.emplace_back(name, value);
  return take_answers(test_form(), form, kept);
}

namespace {

Phrase phrase_of(const std::vector<FieldError>& errors, const std::string& key) {
  const auto found = std::ranges::find(errors, key, &FieldError::field);
  return found == errors.end() ? Phrase() : found->message;
}

Answers good_but(const std::string& key, Answer answer) {
  Answers answers = good_answers();
  answers.set(key, std::move(answer));
  return answers;
}

const html::Phrasebooks& books() {
  static const auto all = html::Phrasebooks::build({"en", "es"}, {});
  return *all;
}

}  // namespace

Phrase problem_with(const std::string& key, Answer answer) {
  return phrase_of(check_answers(test_form(), good_but(key, std::move(answer))), key);
}
Phrase warning_about(const std::string& key, Answer answer) {
  return phrase_of(warnings(test_form(), good_but(key, std::move(answer))), key);
}

const html::Phrasebook& english() { return books().get("en"); }
const html::Phrasebook& spanish() { return books().get("es"); }

}  // namespace bursary::forms
