// The program that is built in: what the original form states as facts, read off the loaded value.
#include <doctest/doctest.h>

#include "features/programs/programs.h"

namespace bursary::programs {
namespace {

using forms::Question;
using forms::QuestionType;

const Program& built_in() {
  static const Loaded loaded = load(built_in_program());
  for (const Problem& problem : loaded.problems) FAIL_CHECK(to_line(problem));
  REQUIRE(loaded.program != nullptr);
  return *loaded.program;
}

const Question& question(std::string_view key) {
  const Question* found = built_in().form.find(key);
  REQUIRE_MESSAGE(found != nullptr, std::string(key));
  return *found;
}

std::vector<std::string> labels(const std::vector<forms::Option>& options) {
  std::vector<std::string> out;
  out.reserve(options.size());
  for (const forms::Option& option : options) out.push_back(option.label.in("en"));
  return out;
}

TEST_CASE("the built-in program loads without an error or a warning, complete in both languages") {
  CHECK(load(built_in_program()).problems.empty());
  CHECK(built_in().slug == "researcher-access");
  CHECK(built_in().locales == std::vector<std::string>{"en", "es"});
  CHECK(built_in().version.size() == 64);
  CHECK(built_in().form_version == forms::version_of(built_in().form));
}

TEST_CASE("the fourteen fields stand in order with their labels, types and what is required") {
  struct Field {
    const char* label;
    QuestionType type;
    bool required;
  };
  const Field fields[] = {
      {"First name", QuestionType::short_text, true},
      {"Last name", QuestionType::short_text, true},
      {"Email", QuestionType::email, true},
      {"Institution or organization", QuestionType::institution, true},
      {"Which models available for researchers, if any, are you applying for access to?", QuestionType::multiple_choice,
       false},
      {"Country or region", QuestionType::country, true},
      {"Research area(s)", QuestionType::multiple_choice, true},
      {"Project description", QuestionType::long_text, true},
      {"Model types to be used", QuestionType::multiple_choice, true},
      {"What is the anticipated timeline for completing this research?", QuestionType::duration, true},
      {"What is the anticipated budget for this research?", QuestionType::money, true},
      {"Number of investigators", QuestionType::number, true},
      {"What past research by you would you like us to read as we consider your submission?", QuestionType::long_text,
       false},
      {"Any other comments?", QuestionType::long_text, false},
  };
  std::vector<const Question*> asked;
  for (const Question& each : built_in().form.sections.at(0).questions) {
    if (!each.shown_when) asked.push_back(&each);
  }
  REQUIRE(asked.size() == std::size(fields));
  for (std::size_t i = 0; i < asked.size(); ++i) {
    CHECK(asked[i]->label.in("en") == fields[i].label);
    CHECK(asked[i]->type == fields[i].type);
    CHECK(asked[i]->required == fields[i].required);
  }
}

TEST_CASE("the options are the original ones, in their order, each area with guidance") {
  CHECK(labels(question("models").options) == std::vector<std::string>{"GPT-4 Base Model Access", "Codex Access"});
  CHECK(question("models").restricted);
  CHECK(labels(question("research_areas").options) ==
        std::vector<std::string>{"Alignment", "Fairness & representation", "Interdisciplinary research",
                                 "Interpretability/transparency", "Misuse potential", "Model exploration", "Robustness",
                                 "Other"});
  for (const forms::Option& area : question("research_areas").options) {
    CHECK(area.guidance.in("en").size() > 80);
    CHECK(area.guidance.all().size() == 2);
  }
  CHECK(labels(question("model_types").options) ==
        std::vector<std::string>{"Natural language generation", "Code generation", "Image generation"});
  CHECK(question("country").prompt.in("en") == "Select a country…");
  CHECK(question("country").help.in("en").find("[Supported countries and territories](/countries)") !=
        std::string::npos);
  CHECK(question("timeline").hint.in("en") == "e.g. 3 months, 6 months");
}

TEST_CASE("196 countries, all supported but four, each with a name in Spanish") {
  const auto& countries = built_in().form.countries;
  REQUIRE(countries.size() == 196);
  CHECK(countries.front().code == "AF");
  CHECK(countries.back().name.in("en") == "Zimbabwe");
  std::vector<std::string> unsupported;
  for (const forms::Country& country : countries) {
    if (!country.supported) unsupported.push_back(country.code);
    CHECK(country.name.all().size() == 2);
  }
  CHECK(unsupported == std::vector<std::string>{"CU", "IR", "KP", "SY"});
  CHECK(built_in().form.country("CI")->name.in("en") == "Côte d’Ivoire");
  CHECK(built_in().form.country("DE")->name.in("es") == "Alemania");
  CHECK_FALSE(built_in().form.unsupported_country_blocks);
}

TEST_CASE("a restricted model asks why, and both boxes before Submit keep the version they accept") {
  const Question& reason = question("model_reason");
  REQUIRE(reason.shown_when.has_value());
  const forms::Condition any_model{"models", {}};
  CHECK(reason.shown_when == any_model);
  CHECK(reason.required_when == reason.shown_when);
  for (const char* key : {"accept_policy", "accept_processing"}) {
    const Question& box = question(key);
    CHECK(box.type == QuestionType::consent);
    CHECK(box.required);
    const Page* page = built_in().page(box.document);
    REQUIRE(page != nullptr);
    CHECK(page->version.size() == 12);
    CHECK(built_in().form.documents.at(box.document) == page->version);
  }
  CHECK(built_in().form.sections.back().questions.back().key == "accept_processing");
}

TEST_CASE("the section on the applicant's situation is optional and asks for nothing that must be answered") {
  const forms::Section& situation = built_in().form.sections.at(1);
  CHECK(situation.title.in("en") == "Your situation");
  CHECK(situation.optional);
  CHECK(situation.questions.at(0).type == QuestionType::single_choice);
  CHECK(situation.questions.at(1).type == QuestionType::long_text);
  for (const Question& each : situation.questions) {
    CHECK_FALSE(each.required);
    CHECK_FALSE(each.why.empty());
  }
}

TEST_CASE("every text answer has an end") {
  for (const forms::Section& section : built_in().form.sections) {
    for (const Question& each : section.questions) {
      const bool choice =
          !each.options.empty() || each.type == QuestionType::country || each.type == QuestionType::consent;
      CHECK_MESSAGE(each.limits.max_characters.has_value() != choice, each.key);
    }
  }
}

std::string outline(const std::vector<LinkGroup>& groups) {
  std::string out;
  for (const LinkGroup& group : groups) {
    out += group.title.in("en") + ":";
    for (const Link& link : group.links) out += " " + link.label.in("en") + ",";
    out += "\n";
  }
  return out;
}

TEST_CASE("header and footer have the original's groups and links in order") {
  CHECK(outline(built_in().navigation.header) ==
        "Research: Overview, Index,\n"
        "Product: Overview, Example Text, Example Code, Example Image, Customer stories, Safety standards, API data "
        "privacy, Pricing,\n"
        "Developers: Overview, Documentation, API reference, Examples,\n"
        "Safety: Safety,\n"
        "Company: About, Blog, Careers, Charter, Security,\n");
  CHECK(outline(built_in().navigation.footer) ==
        "Research: Overview, Index,\n"
        "Product: Overview, Example Text, Example Code, Example Image, Customer stories, Safety standards, API data "
        "privacy, Pricing,\n"
        "Safety: Overview,\n"
        "Company: About, Blog, Careers, Charter, Security,\n"
        "Policies: Terms and policies, Privacy policy, Brand guidelines,\n"
        "Social: Twitter, YouTube, GitHub, SoundCloud, LinkedIn,\n");
  REQUIRE(built_in().navigation.quick.size() == 2);
  CHECK(built_in().navigation.quick[0].label.in("en") == "Log in");
  CHECK(built_in().navigation.quick[1].label.in("es") == "Registrarse");
}

TEST_CASE("pages, questions and messages are there in both languages") {
  CHECK(built_in().pages.size() >= 25);
  for (const Page& page : built_in().pages) {
    CHECK_MESSAGE(page.body.all().size() == 2, page.slug);
    CHECK_MESSAGE(page.description.in("en").size() <= 160, page.slug);
  }
  CHECK(built_in().questions.size() >= 15);
  for (const MailKind& kind : mail_kinds()) {
    const auto found = built_in().mail.find(kind.key);
    REQUIRE(found != built_in().mail.end());
    CHECK(found->second.body.all().size() == 2);
    CHECK(found->second.subject.all().size() == 2);
  }
  CHECK(built_in().mail.size() == mail_kinds().size());
}

TEST_CASE("what the pages promise in days is what the program does") {
  const auto says = [](const LocalText& text, int days) {
    return text.in("en").find(std::to_string(days) + " days") != std::string::npos;
  };
  CHECK(says(built_in().before_you_start, built_in().decision_days));
  CHECK(says(built_in().before_you_start, built_in().draft_days));
  CHECK(says(built_in().what_happens_next, built_in().decision_days));
  CHECK(says(built_in().page("privacy")->body, built_in().draft_days));
  CHECK(says(built_in().page("privacy")->body, built_in().retention_days));
}

}  // namespace
}  // namespace bursary::programs
