// Eligibility, priorities, criteria and steps: every mistake in their files, and what the tests make of answers.
#include "features/programs/eligibility.h"

#include "features/programs/mistake.h"

namespace bursary::programs {
namespace {

constexpr std::string_view kRules = R"([[rule]]
key = "supported"
label = "Supported"
explanation = "See the [list](/countries)."
test = [{ question = "place", operator = "supported" }]

[[priority]]
key = "first"
label = "First"
points = 3
test = [{ question = "topics", operator = "any_of", values = ["one"] }]
)";
constexpr std::string_view kSpanish = R"([rule.supported]
label = "Admitido"
explanation = "Vea la [lista](/countries)."

[priority.first]
label = "Primero"
)";

Files with_rules() {
  Files files = small_program();
  files["eligibility.toml"] = kRules;
  files["es/eligibility.toml"] = kSpanish;
  return files;
}

// The rules with a piece replaced.
std::function<void(Files&)> spoilt(std::string from, std::string to) {
  return [from = std::move(from), to = std::move(to)](Files& f) {
    f["eligibility.toml"] = kRules;
    f["es/eligibility.toml"] = kSpanish;
    replace(f, "eligibility.toml", from, to);
  };
}

forms::Answers answered(std::string key, forms::Answer answer) {
  forms::Answers answers;
  answers.set(std::move(key), std::move(answer));
  return answers;
}

}  // namespace

std::vector<Mistake> eligibility_mistakes() {
  const std::string file = "eligibility.toml";
  return {
      {"rule-question-unknown", file, "operator = \"supported\"", "\"place\"", spoilt("\"place\"", "\"plaze\"")},
      {"rule-unfit", file, "operator = \"supported\"", "any_of for choices", spoilt("\"place\"", "\"topics\"")},
      {"bad-word", file, "operator = \"suported\"", "\"supported\"", spoilt("\"supported\" }]", "\"suported\" }]")},
      {"rule-value", file, "any_of", "values = ", spoilt(", values = [\"one\"]", "")},
      {"rule-value", file, "operator = \"supported\"", "Take values",
       spoilt("\"supported\" }", "\"supported\", number = 3 }")},
      {"rule-value-unknown", file, "any_of", "\"one\"", spoilt("[\"one\"]", "[\"onne\"]")},
      {"rule-without-test", file, "[[priority]]",
       "test = ", spoilt("test = [{ question = \"topics\", operator = \"any_of\", values = [\"one\"] }]\n", "")},
      {"duplicate-rule", file, "key = \"supported\"\nlabel = \"Again\"", "key of its own",
       [](Files& f) {
         f["eligibility.toml"] = std::string(kRules) +
                                 "[[rule]]\nkey = \"supported\"\nlabel = \"Again\"\ntest = [{ question = \"place\", "
                                 "operator = \"answered\" }]\n";
         f["es/eligibility.toml"] = kSpanish;
       }},
      {"out-of-range", file, "points", "from 1 to 100", spoilt("points = 3", "points = 300")},
      {"out-of-range", "program.toml", "screening = 0", "from 1 to 730",
       [](Files& f) { f["program.toml"] += "[steps]\nscreening = 0\n"; }},
      {"missing-translation", "es/eligibility.toml", "", "priority.first.label",
       [](Files& f) {
         spoilt("points = 3", "points = 4")(f);
         replace(f, "es/eligibility.toml", "[priority.first]\nlabel = \"Primero\"\n", "");
       },
       Kind::warning},
      {"missing-key", "criteria.toml", "[[criterion]]", "label",
       [](Files& f) { f["criteria.toml"] = "[[criterion]]\nkey = \"vague\"\n"; }},
      {"duplicate-rule", "criteria.toml", "key = \"vague\"\nlabel = \"B\"", "key of its own",
       [](Files& f) {
         f["criteria.toml"] =
             "[[criterion]]\nkey = \"vague\"\nlabel = \"A\"\n[[criterion]]\nkey = \"vague\"\nlabel = \"B\"\n";
       }},
  };
}

namespace {

TEST_CASE("every mistake of eligibility, criteria and steps is told with its code, its place and a mend") {
  for (const Mistake& mistake : eligibility_mistakes()) check_mistake(mistake);
}

TEST_CASE("rules and priorities are read with their languages, and a program without them has none") {
  const Loaded loaded = load(with_rules());
  for (const Problem& problem : loaded.problems) FAIL_CHECK(to_line(problem));
  REQUIRE(loaded.program != nullptr);
  REQUIRE(loaded.program->eligibility_rules.size() == 1);
  CHECK(loaded.program->eligibility_rules[0].label.in("es") == "Admitido");
  CHECK(loaded.program->priorities.at(0).points == 3);
  CHECK(load(small_program()).program->eligibility_rules.empty());
  CHECK(load(small_program()).program->steps.screening == 10);
}

TEST_CASE("a test of an answer holds, does not hold, or is unclear") {
  const auto program = load(with_rules()).program;
  REQUIRE(program != nullptr);
  const forms::Definition& form = program->form;
  using Op = AnswerTest::Operator;
  const auto says = [&](const AnswerTest& test, const forms::Answers& answers) {
    return test_answer(test, form, answers);
  };
  CHECK(says({"place", Op::supported}, answered("place", std::string("KE"))) == Holds::yes);
  CHECK(says({"place", Op::supported}, answered("place", std::string("SY"))) == Holds::no);
  CHECK(says({"place", Op::supported}, {}) == Holds::unclear);
  CHECK(says({"gone", Op::answered}, {}) == Holds::unclear);
  CHECK(says({"given", Op::not_answered}, {}) == Holds::yes);
  const AnswerTest one{"topics", Op::any_of, {"one"}};
  CHECK(says(one, answered("topics", std::vector<std::string>{"two", "one"})) == Holds::yes);
  CHECK(says(one, answered("topics", std::vector<std::string>{"two"})) == Holds::no);
  const AnswerTest not_one{"topics", Op::none_of, {"one"}};
  CHECK(says(not_one, answered("topics", std::vector<std::string>{"two"})) == Holds::yes);
  const AnswerTest word{"details", Op::contains, {"Árbol"}};
  CHECK(says(word, answered("details", std::string("un ARBOL grande"))) == Holds::yes);
  CHECK(test_answers({{"place", Op::supported}, one}, form, answered("place", std::string("SY"))) == Holds::no);
  CHECK(test_answers({}, form, {}) == Holds::yes);
}

TEST_CASE("numbers, money and months are compared by what was read with certainty") {
  const auto built_in = load(built_in_program()).program;
  REQUIRE(built_in != nullptr);
  const forms::Definition& form = built_in->form;
  using Op = AnswerTest::Operator;
  const AnswerTest months{form.meanings.duration, Op::at_most, {}, 6000};
  CHECK(test_answer(months, form, answered(form.meanings.duration, std::string("6 months"))) == Holds::yes);
  CHECK(test_answer(months, form, answered(form.meanings.duration, std::string("2 years"))) == Holds::no);
  CHECK(test_answer(months, form, answered(form.meanings.duration, std::string("a while"))) == Holds::unclear);
  const AnswerTest dollars{form.meanings.budget, Op::at_least, {}, 5'000'000'000'000, "USD"};
  CHECK(test_answer(dollars, form, answered(form.meanings.budget, std::string("USD 5,000"))) == Holds::yes);
  CHECK(test_answer(dollars, form, answered(form.meanings.budget, std::string("EUR 50,000"))) == Holds::unclear);
}

TEST_CASE("the built-in program has rules, priorities and criteria in both languages") {
  const auto built_in = load(built_in_program()).program;
  REQUIRE(built_in != nullptr);
  CHECK(built_in->eligibility_rules.size() >= 3);
  CHECK(built_in->priorities.size() >= 3);
  REQUIRE(built_in->criteria.size() >= 5);
  for (const Criterion& one : built_in->criteria) CHECK(one.label.all().size() == 2);
  CHECK(built_in->steps.submitted == 5);
}

}  // namespace
}  // namespace bursary::programs
