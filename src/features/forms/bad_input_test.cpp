// Every kind of bad input that reaches a field: a message that says what to do, and what was typed is kept.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/text.h"
#include "features/forms/test_form.h"

namespace bursary::forms {
namespace {

Phrase only_problem(const Taken& taken, const std::string& field) {
  REQUIRE(taken.problems.size() == 1);
  CHECK(taken.problems[0].field == field);
  return taken.problems[0].message;
}

}  // namespace

TEST_CASE("bad input: missing") {
  const auto problems = check_answers(test_form(), {});
  std::vector<std::string> fields;
  fields.reserve(problems.size());
  for (const FieldError& problem : problems) fields.push_back(problem.field);
  CHECK(fields == std::vector<std::string>{"first_name", "email", "institution", "country", "areas", "description",
                                           "duration", "budget", "investigators", "policy"});
  CHECK(message_of(test_form(), problems[0], "en", english()) == "Enter your first name");
  CHECK(message_of(test_form(), problems[0], "es", spanish()) == "Escriba su nombre");
  CHECK(message_of(test_form(), problems[3], "en", english()) == "Select a country or region");
  CHECK(message_of(test_form(), problems[4], "en", english()) == "Choose at least one research area");
  CHECK(message_of(test_form(), problems[7], "en", english()) == "Enter an answer to “Budget”");
}

TEST_CASE("bad input: white space alone is missing") {
  CHECK_FALSE(take_fields({{"first_name", " \t\r\n\u3000 "}}).answers.answered("first_name"));
}

TEST_CASE("bad input: too long keeps what was typed and says by how much") {
  const std::string long_name(41, 'a');
  CHECK(take_fields({{"first_name", long_name}}).answers.text("first_name") == long_name);
  CHECK(problem_with("first_name", long_name) ==
        Phrase("forms.problem.too_many_characters", {{"limit", "40"}, {"n", "41"}}));
  CHECK(problem_with("first_name", std::string(40, 'a')).empty());
  CHECK(problem_with("institution", std::string(201, 'a')).key == "forms.problem.too_many_characters");
  std::string words;
  for (int i = 0; i < 21; ++i) words += "word ";
  const Phrase problem = problem_with("description", words);
  CHECK(problem == Phrase("forms.problem.too_many_words", {{"limit", "20"}, {"n", "21"}}));
  CHECK(message_of(test_form(), {"description", problem}, "en", english()) ==
        "Project description must be 20 words or fewer; you have written 21");
}

TEST_CASE("bad input: wrong type") {
  CHECK(problem_with("start", std::string("soon")).key == "forms.problem.date");
  CHECK(problem_with("email", std::string("ada at example")).key == "forms.problem.email");
  CHECK(only_problem(take_fields({{"cv", "C:\\fakepath\\cv.pdf"}}), "cv") == Phrase("forms.problem.not_a_file"));
  web::FormData form;
  form.files = {{"first_name", "a.pdf", "application/pdf", "%PDF"}};
  CHECK(only_problem(take_answers(test_form(), form, {}), "first_name") == Phrase("forms.problem.unexpected_file"));
}

TEST_CASE("bad input: unknown option") {
  const Taken taken = take_fields({{"areas", "alignment"}, {"areas", "astrology"}});
  CHECK(only_problem(taken, "areas") == Phrase("forms.problem.unknown_option"));
  CHECK(taken.answers.choices("areas") == std::vector<std::string>{"alignment"});
  CHECK(only_problem(take_fields({{"stage", "king"}}), "stage") == Phrase("forms.problem.unknown_option"));
  CHECK(problem_with("stage", std::string("king")) == Phrase("forms.problem.unknown_option"));
  CHECK(problem_with("areas", std::vector<std::string>{"astrology"}) == Phrase("forms.problem.unknown_option"));
}

TEST_CASE("bad input: an option of another question") {
  const Taken taken = take_fields({{"areas", "codex"}});
  CHECK(only_problem(taken, "areas") == Phrase("forms.problem.unknown_option"));
  CHECK_FALSE(taken.answers.answered("areas"));
}

TEST_CASE("bad input: unknown field") {
  const Taken taken = take_fields({{"state", "awarded"}, {"state", "again"}, {"first_name", "Ada"}});
  CHECK(only_problem(taken, "state") == Phrase("forms.problem.unknown_field", {{"field", "state"}}));
  CHECK(taken.answers.text("first_name") == "Ada");
  CHECK(taken.answers.all().size() == 1);
}

TEST_CASE("bad input: thousands of unknown fields are named only in part") {
  web::FormData form;
  for (int i = 0; i < 400; ++i) form.fields.emplace_back("x" + std::to_string(i) + std::string(150, 'y'), "v");
  const Taken taken = take_answers(test_form(), form, {});
  CHECK(taken.problems.size() == 10);
  CHECK(taken.problems[0].message.values[0].second.size() == 60);
}

TEST_CASE("bad input: duplicate field") {
  const Taken taken = take_fields({{"first_name", "Ada"}, {"first_name", "Eve"}});
  CHECK(only_problem(taken, "first_name") == Phrase("forms.problem.sent_twice"));
  CHECK(taken.answers.text("first_name") == "Ada");
  CHECK(only_problem(take_fields({{"country", "KE"}, {"country", "FR"}}), "country") ==
        Phrase("forms.problem.sent_twice"));
}

TEST_CASE("bad input: bad UTF-8 and NUL are refused before the fields") {
  CHECK_FALSE(web::parse_urlencoded("first_name=%FF").has_value());
  CHECK_FALSE(web::parse_urlencoded("first_name=a%00b").has_value());
}

TEST_CASE("bad input: control characters are named and kept") {
  const std::string typed = "Ada\x07Love";
  CHECK(take_fields({{"first_name", typed}}).answers.text("first_name") == typed);
  CHECK(problem_with("first_name", typed) == Phrase("forms.problem.control_character", {{"character", "U+0007"}}));
  CHECK(problem_with("description", std::string("a\0b", 3)) ==
        Phrase("forms.problem.control_character", {{"character", "U+0000"}}));
  CHECK(problem_with("description", std::string("a\u0085b")) ==
        Phrase("forms.problem.control_character", {{"character", "U+0085"}}));
  CHECK(problem_with("description", std::string("tab\tand\nline")).empty());
}

TEST_CASE("bad input: bidirectional controls are named and kept") {
  const std::string typed = "user\u202Etxt.exe";
  CHECK(take_fields({{"institution", typed}}).answers.text("institution") == typed);
  CHECK(problem_with("institution", typed) == Phrase("forms.problem.bidi_character", {{"character", "U+202E"}}));
  CHECK(problem_with("first_name", std::string("\u05D0\u05D3\u05D4\u200F")).empty());  // Hebrew with a harmless mark
}

TEST_CASE("bad input: lines in a field of one line") {
  CHECK(problem_with("first_name", std::string("Ada\nLovelace")) == Phrase("forms.problem.one_line"));
}

TEST_CASE("bad input: 10 MB of text is refused by its message, not by its weight") {
  CHECK_FALSE(web::parse_urlencoded("description=" + std::string(10u << 20, 'a')).has_value());
  const std::string half(std::size_t{512} * 1024, 'a');
  CHECK(take_fields({{"description", half}}).answers.text("description") == half);
  CHECK(problem_with("description", half) ==
        Phrase("forms.problem.too_many_characters", {{"limit", "20000"}, {"n", "524288"}}));
}

TEST_CASE("bad input: HTML and CSV formulas are text like any other, kept as typed") {
  const std::string markup = "<script>alert(1)</script>";
  const std::string formula = "=HYPERLINK(\"http://x\")";
  CHECK(problem_with("institution", markup).empty());
  CHECK(problem_with("institution", formula).empty());
  CHECK(take_fields({{"institution", formula}}).answers.text("institution") == formula);
}

TEST_CASE("bad input: a country not listed") {
  CHECK(only_problem(take_fields({{"country", "ZZ"}}), "country") == Phrase("forms.problem.not_listed"));
  CHECK(only_problem(take_fields({{"country", "Kenya"}}), "country") == Phrase("forms.problem.not_listed"));
  CHECK(problem_with("country", std::string("ZZ")) == Phrase("forms.problem.not_listed"));
}

TEST_CASE("bad input: a box ticked under another text") {
  CHECK(only_problem(take_fields({{"policy", "on"}}), "policy") == Phrase("forms.problem.consent_changed"));
  CHECK(problem_with("policy", std::string("ba9876543210")) == Phrase("forms.problem.consent_changed"));
}

TEST_CASE("every problem and every word of the form is said in both languages") {
  const html::Phrasebook& en = english();
  for (const char* key : {"unknown_field", "sent_twice", "not_a_file", "unexpected_file", "unknown_option",
                          "not_listed", "consent_changed", "control_character", "bidi_character", "one_line",
                          "too_many_words", "too_many_characters", "email", "date", "file_type"}) {
    const std::string full = std::string("forms.problem.") + key;
    CAPTURE(full);
    CHECK(en.text(full) != full);
    CHECK(spanish().has(full));
    CHECK(spanish().text(full) != en.text(full));
  }
}

}  // namespace bursary::forms
