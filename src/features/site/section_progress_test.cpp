#include "features/site/section_progress.h"

#include <doctest/doctest.h>

namespace bursary::site {
namespace {

forms::Question question(std::string key, bool required) {
  forms::Question made;
  made.key = std::move(key);
  made.label = made.key;
  made.required = required;
  return made;
}

forms::Definition two_sections() {
  forms::Definition definition;
  forms::Section about{"about",
                       std::string("About"),
                       {},
                       false,
                       {question("name", true), question("mail", true), question("note", false)}};
  about.questions.push_back(question("why", true));
  about.questions.back().shown_when = forms::Condition{"note", {}};
  forms::Section more{"more", std::string("More"), {}, true, {question("stage", false), question("money", false)}};
  definition.sections = {about, more};
  return definition;
}

}  // namespace

TEST_CASE("progress counts the required questions that are shown") {
  const forms::Definition definition = two_sections();
  forms::Answers answers;
  using State = SectionProgress::State;
  auto progress = section_progress(definition, answers);
  REQUIRE(progress.size() == 2);
  CHECK(progress[0].section->key == "about");
  CHECK(progress[0].total == 2);
  CHECK(progress[0].state == State::empty);
  CHECK(progress[1].total == 2);

  answers.set("name", std::string("Ana"));
  answers.set("mail", std::string("a@example.org"));
  CHECK(section_progress(definition, answers)[0].state == State::complete);

  answers.set("note", std::string("x"));  // reveals `why`, which is required
  progress = section_progress(definition, answers);
  CHECK(progress[0].answered == 2);
  CHECK(progress[0].total == 3);
  CHECK(progress[0].state == State::started);
}

TEST_CASE("where nothing is required, one answer is enough") {
  const forms::Definition definition = two_sections();
  forms::Answers answers;
  answers.set("money", std::string("none"));
  const auto progress = section_progress(definition, answers);
  CHECK(progress[1].answered == 1);
  CHECK(progress[1].total == 2);
  CHECK(progress[1].state == SectionProgress::State::complete);
}

}  // namespace bursary::site
