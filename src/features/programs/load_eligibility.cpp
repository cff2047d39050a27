#include <charconv>

#include "features/programs/loaders.h"

namespace bursary::programs {
namespace {

using Operator = AnswerTest::Operator;
using enum forms::QuestionType;

struct NamedOperator {
  std::string_view name;
  Operator op;
};
constexpr NamedOperator kOperators[] = {{"answered", Operator::answered}, {"not_answered", Operator::not_answered},
                                        {"any_of", Operator::any_of},     {"none_of", Operator::none_of},
                                        {"contains", Operator::contains}, {"at_least", Operator::at_least},
                                        {"at_most", Operator::at_most},   {"supported", Operator::supported}};

bool has_options(const forms::Question& question) {
  return question.type == single_choice || question.type == multiple_choice || question.type == country;
}
bool is_text(const forms::Question& question) {
  return question.type == short_text || question.type == long_text || question.type == institution ||
         question.type == email || question.type == url_list;
}

bool fits(Operator op, const forms::Question& question) {
  switch (op) {
    case Operator::answered:
    case Operator::not_answered:
      return true;
    case Operator::any_of:
    case Operator::none_of:
      return has_options(question) || is_text(question);
    case Operator::contains:
      return is_text(question);
    case Operator::at_least:
    case Operator::at_most:
      return question.type == number || question.type == money || question.type == duration;
    case Operator::supported:
      return question.type == country;
  }
  return false;
}

// Tests of one rule: { question = "…", operator = "…", values = […], number = …, currency = "…" }.
class TestReader {
 public:
  TestReader(const Program& program, std::string file, Report& report)
      : form_(program.form), file_(std::move(file)), report_(report) {
    for (const forms::Section& section : form_.sections) {
      for (const forms::Question& question : section.questions) keys_.push_back(question.key);
    }
  }

  std::vector<AnswerTest> read(TableReader& rule) {
    std::vector<AnswerTest> tests;
    for (const Value* table : rule.tables("test")) {
      if (auto test = read_one(*table, rule.what())) tests.push_back(std::move(*test));
    }
    if (tests.empty() && rule.any("test") == nullptr) {
      report_.error("rule-without-test", rule.at(), fmt::format("{} tests nothing.", rule.what()),
                    "Add test = [ { question = \"country\", operator = \"supported\" } ].");
    }
    return tests;
  }

 private:
  std::optional<AnswerTest> read_one(const Value& table, const std::string& what) {
    TableReader reader(table, file_, "a test of " + what, report_);
    AnswerTest test;
    const PlacedText question = reader.text("question", Need::required);
    const PlacedText op = reader.text("operator", Need::required);
    const std::vector<PlacedText> values = reader.texts("values");
    const auto amount = reader.whole("number", 0, 1'000'000'000);
    test.currency = reader.text("currency").text;
    reader.done();
    if (question.empty() || op.empty()) return std::nullopt;
    const forms::Question* asked = form_.find(question.text);
    if (asked == nullptr) {
      report_.error("rule-question-unknown", reader.at("question"),
                    fmt::format("There is no question {}.", in_quotes(question.text)),
                    "Name the key of a question of form.toml." + did_you_mean(question.text, keys_));
      return std::nullopt;
    }
    test.question = question.text;
    if (!find_operator(op.text, test, reader) || !check_fit(test, *asked, amount.has_value(), values, reader))
      return std::nullopt;
    for (const PlacedText& value : values) test.values.push_back(value.text);
    check_values(test, *asked, reader);
    if (amount) test.number = *amount * (asked->type == money ? 1'000'000'000 : 1000);
    return test;
  }

  bool find_operator(const std::string& name, AnswerTest& test, TableReader& reader) {
    std::vector<std::string> names;
    for (const NamedOperator& one : kOperators) {
      if (one.name == name) return test.op = one.op, true;
      names.emplace_back(one.name);
    }
    report_.error("bad-word", reader.at("operator"), fmt::format("operator is {}.", in_quotes(name)),
                  fmt::format("Write one of {}.", listed(names)) + did_you_mean(name, names));
    return false;
  }

  bool check_fit(const AnswerTest& test, const forms::Question& asked, bool has_number,
                 const std::vector<PlacedText>& values, TableReader& reader) {
    const bool compares = test.op == Operator::at_least || test.op == Operator::at_most;
    const bool lists = test.op == Operator::any_of || test.op == Operator::none_of || test.op == Operator::contains;
    const bool needs_currency = compares && asked.type == money;
    if (!fits(test.op, asked)) {
      report_.error(
          "rule-unfit", reader.at("operator"),
          fmt::format("{} is of type {}, which this operator cannot read.", in_quotes(asked.key),
                      forms::to_string(asked.type)),
          "Use any_of for choices, contains for texts, at_least and at_most for numbers, money and duration.");
      return false;
    }
    if (compares == has_number && lists == !values.empty() && needs_currency == !test.currency.empty()) return true;
    report_.error("rule-value", reader.at(),
                  "The test does not say what it compares with, or says something that it does not compare.",
                  needs_currency ? "Give number = 5000 and currency = \"USD\"."
                  : compares     ? "Give number = 6, and nothing else."
                  : lists        ? "Give values = [\"…\"], and nothing else."
                                 : "Take values, number and currency away.");
    return false;
  }

  void check_values(const AnswerTest& test, const forms::Question& asked, TableReader& reader) {
    if (!has_options(asked)) return;
    std::vector<std::string> known;
    for (const forms::Option& option : asked.options) known.push_back(option.key);
    if (asked.type == country) {
      for (const forms::Country& one : form_.countries) known.push_back(one.code);
    }
    for (const std::string& value : test.values) {
      if (std::ranges::find(known, value) != known.end()) continue;
      report_.error("rule-value-unknown", reader.at("values"),
                    fmt::format("{} has no option {}.", in_quotes(asked.key), in_quotes(value)),
                    "Name the key of one of its options." + did_you_mean(value, known));
    }
  }

  const forms::Definition& form_;
  std::string file_;
  Report& report_;
  std::vector<std::string> keys_;
};

// Key, label and explanation, which rules, priorities and criteria all have.
template <class Named>
Named read_named(TableReader& reader, std::string_view list, Translations& texts, std::set<std::string>& keys) {
  Named out;
  out.key = reader.text("key", Need::required).text;
  if (!out.key.empty()) reader.rename(fmt::format("{} \"{}\"", list, out.key));
  if (!out.key.empty() && !is_hyphened_key(out.key)) {
    reader.report().error("bad-key", reader.at("key"), fmt::format("{} cannot be a key.", in_quotes(out.key)),
                          "Use small letters, digits and hyphens, a letter first, at most 40.");
  }
  if (!keys.insert(out.key).second && !out.key.empty()) {
    reader.report().error("duplicate-rule", reader.at("key"),
                          fmt::format("The key {} is used twice.", in_quotes(out.key)),
                          "Give each a key of its own: it is kept with what was decided.");
  }
  const std::string path = fmt::format("{}.{}.", list, out.key);
  out.label = texts.text(reader.text("label", Need::required), path + "label", Markup::line);
  out.explanation = texts.text(reader.text("explanation"), path + "explanation", Markup::markdown);
  return out;
}

}  // namespace

void load_eligibility(Source& source, Program& program) {
  const std::string file = "eligibility.toml";
  const auto document = source.toml(file, Need::optional);
  if (!document) return;
  TableReader reader(*document, file, file, source.report);
  Translations texts(source, file);
  TestReader tests(program, file, source.report);
  std::set<std::string> rules, priorities;
  for (const Value* table : reader.tables("rule")) {
    TableReader one(*table, file, "a rule", source.report);
    auto rule = read_named<EligibilityRule>(one, "rule", texts, rules);
    rule.tests = tests.read(one);
    one.done();
    program.eligibility_rules.push_back(std::move(rule));
  }
  for (const Value* table : reader.tables("priority")) {
    TableReader one(*table, file, "a priority", source.report);
    auto priority = read_named<Priority>(one, "priority", texts, priorities);
    priority.points = static_cast<int>(one.whole("points", 1, 100).value_or(1));
    priority.tests = tests.read(one);
    one.done();
    program.priorities.push_back(std::move(priority));
  }
  reader.done();
  texts.done();
}

void load_criteria(Source& source, Program& program) {
  const std::string file = "criteria.toml";
  const auto document = source.toml(file, Need::optional);
  if (!document) return;
  TableReader reader(*document, file, file, source.report);
  Translations texts(source, file);
  std::set<std::string> keys;
  for (const Value* table : reader.tables("criterion")) {
    TableReader one(*table, file, "a criterion", source.report);
    program.criteria.push_back(read_named<Criterion>(one, "criterion", texts, keys));
    one.done();
  }
  reader.done();
  texts.done();
}

void read_steps(const Value* table, Program& program, Report& report) {
  if (table == nullptr) return;
  TableReader reader(*table, "program.toml", "[steps]", report);
  StepDays& days = program.steps;
  const auto read = [&](std::string_view key, int& into) {
    into = static_cast<int>(reader.whole(key, 1, 730).value_or(into));
  };
  read("submitted", days.submitted);
  read("screening", days.screening);
  read("in_review", days.in_review);
  read("decided", days.decided);
  read("returned", days.returned);
  read("appeal", days.appeal);
  reader.done();
}

}  // namespace bursary::programs
