#include "features/forms/answers.h"

#include <doctest/doctest.h>

namespace bursary::forms {
namespace {

Answers some_answers() {
  Answers answers;
  answers.set("first_name", std::string("Zoë \"Z\" <b>\n=1+1"));
  answers.set("areas", std::vector<std::string>{"alignment", "other"});
  answers.set("cv", std::vector<FileAnswer>{{"f1", "cv.pdf", "application/pdf", 1234, "ab"}});
  return answers;
}

}  // namespace

TEST_CASE("answers survive JSON exactly as typed, keys sorted") {
  const std::string json = to_json(some_answers());
  CHECK(json == R"({"areas":["alignment","other"],)"
                R"("cv":[{"bytes":1234,"id":"f1","name":"cv.pdf","sha256":"ab","type":"application/pdf"}],)"
                R"("first_name":"Zoë \"Z\" <b>\n=1+1"})");
  const auto back = answers_from_json(json);
  REQUIRE(back.has_value());
  CHECK(*back == some_answers());
}

TEST_CASE("an empty answer is no answer") {
  Answers answers;
  answers.set("a", std::string());
  answers.set("b", std::vector<std::string>{});
  CHECK(to_json(answers) == "{}");
  CHECK_FALSE(answers.answered("a"));
  CHECK_FALSE(answers.answered("none"));
}

TEST_CASE("an answer is read as what is asked for, or as nothing") {
  const Answers answers = some_answers();
  CHECK(answers.text("areas").empty());
  CHECK(answers.choices("first_name").size() == 1);
  CHECK(answers.choices("areas") == std::vector<std::string>{"alignment", "other"});
  CHECK(answers.files("cv").front().name == "cv.pdf");
  CHECK(answers.files("areas").empty());
  Answers fewer = answers;
  fewer.erase("cv");
  fewer.erase("cv");
  CHECK(fewer.all().size() == 2);
}

TEST_CASE("what is not answers is refused") {
  const char* rows[] = {"",
                        "[]",
                        "null",
                        R"({"a":1})",
                        R"({"a":null})",
                        R"({"a":{"b":1}})",
                        R"({"a":["b",1]})",
                        R"({"a":[{"id":"x"}]})",
                        R"({"a":[[["b"]]]})",
                        R"({"a":[{"bytes":-1,"id":"","name":"","sha256":"","type":""}]})",
                        R"({"a":"b"} x)",
                        "{\"a\":\"\xC3\"}"};
  for (const char* row : rows) {
    CAPTURE(row);
    const auto read = answers_from_json(row);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().message == Phrase("forms.problem.answers"));
  }
  CHECK_FALSE(answers_from_json(std::string(17u << 20, ' ')).has_value());
  CHECK_FALSE(answers_from_json("{\"a\":" + std::string(100'000, '[')).has_value());
}

}  // namespace bursary::forms
