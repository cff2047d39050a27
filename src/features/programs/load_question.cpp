#include "features/programs/loaders.h"
#include "features/programs/question_limits.h"

namespace bursary::programs {
namespace {

using forms::Question;
using enum forms::QuestionType;

constexpr std::string_view kAutocomplete[] = {"name",
                                              "given-name",
                                              "additional-name",
                                              "family-name",
                                              "nickname",
                                              "email",
                                              "organization",
                                              "organization-title",
                                              "country",
                                              "country-name",
                                              "language",
                                              "tel",
                                              "url",
                                              "bday",
                                              "off"};

std::vector<std::string> type_names() {
  std::vector<std::string> out;
  for (int i = 0; i <= static_cast<int>(consent); ++i) {
    out.emplace_back(forms::to_string(static_cast<forms::QuestionType>(i)));
  }
  return out;
}

bool has_choices(forms::QuestionType type) { return type == single_choice || type == multiple_choice; }

class QuestionReader {
 public:
  QuestionReader(const Value& table, Translations& texts, Report& report)
      : reader_(table, "form.toml", "a question", report), texts_(texts), report_(report) {}

  QuestionRead read() {
    read_key_and_type();
    if (out_.usable) {
      read_texts();
      read_rules();
      read_limits(reader_, question());
      read_options();
      read_consent();
      reader_.done();
    }
    return std::move(out_);
  }

 private:
  Question& question() { return out_.question; }
  void read_key_and_type() {
    const PlacedText key = reader_.text("key", Need::required);
    const PlacedText type = reader_.text("type", Need::required);
    question().key = key.text;
    out_.place.at = reader_.at("key");
    if (!key.empty()) reader_.rename(fmt::format("question \"{}\"", key.text));
    out_.usable = !key.empty() && !type.empty();
    if (!key.empty() && !is_key(key.text)) {
      report_.error("bad-key", reader_.at("key"), fmt::format("{} cannot be a key.", in_quotes(key.text)),
                    "Use small letters, digits and _, a letter first, at most 40.");
      out_.usable = false;
    }
    const auto known = forms::question_type(type.text);
    if (!type.empty() && !known) {
      report_.error("question-type-unknown", reader_.at("type"),
                    fmt::format("There is no question type {}.", in_quotes(type.text)),
                    fmt::format("Choose one of {}.", listed(type_names(), 30)) + did_you_mean(type.text, type_names()));
      out_.usable = false;
    }
    question().type = known.value_or(short_text);
  }

  LocalText text(std::string_view key, Need need, Markup markup) {
    return texts_.text(reader_.text(key, need), fmt::format("questions.{}.{}", question().key, key), markup);
  }

  void read_texts() {
    question().label = text("label", Need::required, Markup::line);
    question().name = text("name", Need::optional, Markup::line);
    question().missing = text("missing", Need::optional, Markup::line);
    question().help = text("help", Need::optional, Markup::markdown);
    question().hint = text("hint", Need::optional, Markup::line);
    question().why = text("why", Need::optional, Markup::line);
    question().prompt = text("prompt", Need::optional, Markup::line);
    unfit_unless(reader_, question().type, "prompt", {single_choice, country});
  }

  void read_rules() {
    question().required = reader_.boolean("required", false);
    question().shown_when = read_condition("shown_when", out_.place.shown_when);
    question().required_when = read_condition("required_when", out_.place.required_when);
    if (question().required && question().required_when) {
      report_.warning("condition-needless", reader_.at("required_when"),
                      fmt::format("{} is required anyway.", reader_.what()), "Take required or required_when away.");
    }
    question().autocomplete = reader_.text("autocomplete").text;
    const std::vector<std::string> words(std::begin(kAutocomplete), std::end(kAutocomplete));
    if (!question().autocomplete.empty() &&
        std::find(words.begin(), words.end(), question().autocomplete) == words.end()) {
      report_.error("bad-word", reader_.at("autocomplete"),
                    fmt::format("autocomplete is {}.", in_quotes(question().autocomplete)),
                    fmt::format("Choose one of {}.", listed(words, 20)));
    }
    question().restricted = reader_.boolean("restricted", false);
    unfit_unless(reader_, question().type, "restricted", {multiple_choice});
  }

  std::optional<forms::Condition> read_condition(std::string_view key, Place& place) {
    const Value* table = reader_.table(key);
    if (table == nullptr) return std::nullopt;
    place = reader_.at(key);
    TableReader reader(*table, "form.toml", fmt::format("{} of {}", key, reader_.what()), report_);
    forms::Condition out;
    out.question = reader.text("question", Need::required).text;
    for (PlacedText& value : reader.texts("values")) out.values.push_back(std::move(value.text));
    reader.done();
    if (out.question.empty()) return std::nullopt;
    return out;
  }

  void read_options() {
    unfit_unless(reader_, question().type, "option", {single_choice, multiple_choice});
    std::set<std::string> keys;
    for (const Value* table : reader_.tables("option")) {
      if (keys.size() >= 500) break;
      read_option(*table, keys);
    }
    const std::size_t count = question().options.size();
    if (has_choices(question().type) && keys.empty()) {
      report_.error("options-missing", reader_.at(), fmt::format("{} offers nothing to choose.", reader_.what()),
                    "Write [[section.question.option]] with key and label below it.");
    } else if (question().limits.min_choices.value_or(0) > count) {
      limits_contradict(reader_, "min_choices", "min_choices", "the number of options");
    } else if (question().limits.max_choices.value_or(0) > count) {
      limits_contradict(reader_, "max_choices", "max_choices", "the number of options");
    }
  }

  void read_option(const Value& table, std::set<std::string>& keys) {
    TableReader reader(table, "form.toml", fmt::format("an option of {}", reader_.what()), report_);
    forms::Option option;
    option.key = reader.text("key", Need::required).text;
    if (!option.key.empty()) reader.rename(fmt::format("option \"{}\"", option.key));
    if (!option.key.empty() && !is_hyphened_key(option.key)) {
      report_.error("bad-key", reader.at("key"), fmt::format("{} cannot be a key.", in_quotes(option.key)),
                    "Use small letters, digits, _ and -, a letter first, at most 40.");
    }
    if (!option.key.empty() && !keys.insert(option.key).second) {
      report_.error("duplicate-option", reader.at("key"),
                    fmt::format("{} offers {} twice.", reader_.what(), in_quotes(option.key)),
                    "Give each option a key of its own.");
    }
    const std::string path = fmt::format("questions.{}.options.{}.", question().key, option.key);
    PlacedText label;
    if (reader.any("label") == nullptr) {
      report_.error("option-label-missing", reader.at(),
                    fmt::format("{} of {} has no label.", reader.what(), reader_.what()), "Add a line: label = \"…\"");
    } else {
      label = reader.text("label");
    }
    option.label = texts_.text(label, path + "label", Markup::line);
    option.guidance = texts_.text(reader.text("guidance"), path + "guidance", Markup::markdown);
    reader.done();
    question().options.push_back(std::move(option));
  }

  void read_consent() {
    const bool wanted = question().type == consent;
    question().consent = text("consent", wanted ? Need::required : Need::optional, Markup::markdown);
    question().document = reader_.text("document").text;
    unfit_unless(reader_, question().type, "consent", {consent});
    unfit_unless(reader_, question().type, "document", {consent});
    if (wanted && reader_.any("document") == nullptr) {
      report_.error("consent-document-missing", reader_.at(),
                    fmt::format("{} does not say what is accepted.", reader_.what()),
                    "Add document = \"policy\" (the slug of a page): the version that was accepted is kept.");
    }
  }

  TableReader reader_;
  Translations& texts_;
  Report& report_;
  QuestionRead out_;
};

}  // namespace

QuestionRead read_question(const Value& table, Translations& texts, Report& report) {
  return QuestionReader(table, texts, report).read();
}

}  // namespace bursary::programs
