#include "features/forms/definition.h"

#include <doctest/doctest.h>

#include "features/forms/test_form.h"

namespace bursary::forms {

TEST_CASE("a definition survives JSON whole, and its JSON is canonical") {
  const Definition form = test_form();
  const std::string json = to_json(form);
  const auto back = definition_from_json(json);
  REQUIRE(back.has_value());
  CHECK(*back == form);
  CHECK(to_json(*back) == json);
  CHECK(json.find("\": ") == std::string::npos);  // no white space of its own
  CHECK(json.find(", \"") == std::string::npos);
  CHECK(json.starts_with(R"({"countries":[{"code":"FR")"));
}

TEST_CASE("what has its default value is not written, so a new attribute changes no old version") {
  Definition form;
  CHECK(to_json(form) == "{}");
  Question question;
  question.key = "name";
  question.label = LocalText("Name");
  form.sections.push_back({.key = "you", .title = {}, .intro = {}, .optional = false, .questions = {question}});
  CHECK(to_json(form) == R"({"sections":[{"key":"you","questions":[{"key":"name","label":{"en":"Name"}}]}]})");
  CHECK(version_of(form).size() == 64);
  CHECK(version_of(form) != version_of(Definition{}));
}

TEST_CASE("a definition that is not one is refused with its place") {
  struct Row {
    const char* json;
    const char* detail;
  };
  const Row rows[] = {
      {"", "incomplete JSON"},
      {"[]", "form: not an object"},
      {R"({"sections":{}})", "sections: not a list"},
      {R"({"sections":[{"key":1}]})", "key: not a text"},
      {R"({"sections":[{"questions":[{"type":"rating"}]}]})", "type: not a type of question"},
      {R"({"sections":[{"questions":[{"required":1}]}]})", "required: not true or false"},
      {R"({"sections":[{"questions":[{"limits":{"max_files":-1}}]}]})", "max_files: not a whole number"},
      {R"({"sections":[{"title":{"en":3}}]})", "title: not a text"},
      {R"({"surprise":true})", "form: an unknown member"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.json);
    const auto read = definition_from_json(row.json);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().kind == ErrorKind::invalid);
    CHECK(read.error().message == Phrase("forms.problem.definition"));
    CHECK(read.error().detail == row.detail);
  }
}

TEST_CASE("a hostile definition is refused: deep, large, not UTF-8") {
  CHECK_FALSE(definition_from_json(std::string(100'000, '[')).has_value());
  CHECK_FALSE(definition_from_json(std::string(5u << 20, ' ')).has_value());
  CHECK_FALSE(definition_from_json("{\"documents\":{\"a\":\"\xff\"}}").has_value());
}

TEST_CASE("every type of question has a name that reads back") {
  for (int i = 0; i <= static_cast<int>(QuestionType::consent); ++i) {
    const auto type = static_cast<QuestionType>(i);
    CAPTURE(i);
    CHECK_FALSE(to_string(type).empty());
    CHECK(question_type(to_string(type)) == type);
  }
  CHECK_FALSE(question_type("rating").has_value());
}

TEST_CASE("a text falls back to English, then to nothing") {
  LocalText text("Name");
  text.set("es", "Nombre");
  CHECK(text.in("es") == "Nombre");
  CHECK(text.in("fr") == "Name");
  CHECK(LocalText().in("en").empty());
}

TEST_CASE("a ticked box stores its document's version, else that of its own text") {
  Definition form = test_form();
  CHECK(form.consent_version(*form.find("policy")) == "0123456789ab");
  Question own = *form.find("policy");
  own.document.clear();
  const std::string version = form.consent_version(own);
  CHECK(version.size() == 12);
  own.consent.set("en", "Something else");
  CHECK(form.consent_version(own) != version);
}

}  // namespace bursary::forms
