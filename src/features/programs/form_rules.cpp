// What must hold between the questions of a form.
#include "features/programs/loaders.h"

namespace bursary::programs {
namespace {

using forms::Question;
using enum forms::QuestionType;

class ConditionCheck {
 public:
  ConditionCheck(const forms::Definition& form, const std::map<std::string, QuestionPlace>& places, Report& report)
      : form_(form), places_(places), report_(report) {
    for (const forms::Section& section : form.sections) {
      for (const Question& question : section.questions) {
        order_.emplace(question.key, order_.size());
        questions_.push_back(&question);
        keys_.push_back(question.key);
      }
    }
  }

  void run() {
    for (const Question* question : questions_) {
      const QuestionPlace& place = places_.at(question->key);
      if (question->shown_when) check(*question, *question->shown_when, "shown_when", place.shown_when);
      if (question->required_when) check(*question, *question->required_when, "required_when", place.required_when);
      check_cycle(*question, place);
    }
  }

 private:
  const Question* find(const std::string& key) const {
    const auto at = order_.find(key);
    return at == order_.end() ? nullptr : questions_[at->second];
  }

  void check(const Question& question, const forms::Condition& condition, std::string_view name, const Place& at) {
    const Question* other = find(condition.question);
    if (other == nullptr) {
      report_.error("condition-question-unknown", at,
                    fmt::format("{} of {} names the question {}, which is not there.", name, in_quotes(question.key),
                                in_quotes(condition.question)),
                    "Name the key of a question above it." + did_you_mean(condition.question, keys_));
      return;
    }
    if (order_.at(other->key) >= order_.at(question.key)) {
      report_.error("condition-order", at,
                    fmt::format("{} of {} depends on {}, which does not stand above it.", name, in_quotes(question.key),
                                in_quotes(other->key)),
                    "Move the other question up: people answer from top to bottom.");
    }
    check_values(*other, condition, at);
  }

  void check_values(const Question& other, const forms::Condition& condition, const Place& at) {
    std::vector<std::string> known;
    if (other.type == country) {
      for (const forms::Country& each : form_.countries) known.push_back(each.code);
    } else if (other.type == single_choice || other.type == multiple_choice) {
      for (const forms::Option& option : other.options) known.push_back(option.key);
    } else if (!condition.values.empty()) {
      report_.error("condition-unfit", at,
                    fmt::format("{} is not a choice, so its answer cannot be compared.", in_quotes(other.key)),
                    "Leave values out: the condition then holds when it is answered.");
      return;
    }
    for (const std::string& value : condition.values) {
      if (std::find(known.begin(), known.end(), value) != known.end()) continue;
      report_.error("condition-value-unknown", at,
                    fmt::format("{} has no option {}.", in_quotes(other.key), in_quotes(value)),
                    "Name the key of one of its options." + did_you_mean(value, known));
    }
  }

  // Questions whose showing depends on this one's, and this one's on theirs.
  void check_cycle(const Question& start, const QuestionPlace& place) {
    const Question* at = &start;
    for (std::size_t steps = 0; at != nullptr && at->shown_when && steps <= questions_.size(); ++steps) {
      at = find(at->shown_when->question);
      if (at != &start) continue;
      report_.error("condition-cycle", place.shown_when,
                    fmt::format("Whether {} is shown depends on itself.", in_quotes(start.key)),
                    "Break the circle: one of these questions must be shown in any case.");
      return;
    }
  }

  const forms::Definition& form_;
  const std::map<std::string, QuestionPlace>& places_;
  Report& report_;
  std::map<std::string, std::size_t> order_;
  std::vector<const Question*> questions_;
  std::vector<std::string> keys_;
};

struct Meaning {
  std::string_view name;
  std::string forms::Meanings::*key;
  std::vector<forms::QuestionType> types;
  bool needed = false;
};

std::vector<Meaning> all_meanings() {
  using M = forms::Meanings;
  return {{"first_name", &M::first_name, {short_text}, true},
          {"last_name", &M::last_name, {short_text}},
          {"email", &M::email, {email}, true},
          {"institution", &M::institution, {institution, short_text}},
          {"country", &M::country, {country}},
          {"areas", &M::areas, {multiple_choice, single_choice}},
          {"models", &M::models, {multiple_choice}},
          {"description", &M::description, {long_text}},
          {"duration", &M::duration, {duration}},
          {"budget", &M::budget, {money}},
          {"investigators", &M::investigators, {number}}};
}

}  // namespace

void check_conditions(const forms::Definition& form, const std::map<std::string, QuestionPlace>& places,
                      Report& report) {
  ConditionCheck(form, places, report).run();
}

void read_meanings(const Value* table, forms::Definition& form, Report& report) {
  const Value none;
  TableReader reader(table == nullptr ? none : *table, "form.toml", "[meanings]", report);
  std::map<std::string, const Question*, std::less<>> questions;
  std::vector<std::string> keys;
  for (const forms::Section& section : form.sections) {
    for (const Question& question : section.questions) {
      questions[question.key] = &question;
      keys.push_back(question.key);
    }
  }
  for (const Meaning& meaning : all_meanings()) {
    const PlacedText key = reader.text(meaning.name);
    if (key.empty()) {
      if (!meaning.needed || reader.any(meaning.name) != nullptr) continue;
      report.error("meaning-missing", reader.at(),
                   fmt::format("[meanings] does not say which question is the {}.", meaning.name),
                   fmt::format("Add {} = \"…\" with the question's key below [meanings].", meaning.name));
      continue;
    }
    const auto found = questions.find(key.text);
    if (found == questions.end()) {
      report.error("meaning-question-unknown", reader.at(meaning.name),
                   fmt::format("There is no question {}.", in_quotes(key.text)),
                   "Name the key of a question of this form." + did_you_mean(key.text, keys));
    } else if (std::find(meaning.types.begin(), meaning.types.end(), found->second->type) == meaning.types.end()) {
      std::vector<std::string> names;
      names.reserve(meaning.types.size());
      for (const forms::QuestionType type : meaning.types) names.emplace_back(forms::to_string(type));
      report.error("meaning-type", reader.at(meaning.name),
                   fmt::format("{} is of type {}.", in_quotes(key.text), forms::to_string(found->second->type)),
                   fmt::format("Name a question of type {}.", listed(names)));
    } else {
      form.meanings.*meaning.key = key.text;
    }
  }
  reader.done();
}

}  // namespace bursary::programs
