#include "features/programs/loaders.h"
#include "features/programs/time_zone.h"

namespace bursary::programs {
namespace {

using forms::Question;
using enum forms::QuestionType;

constexpr std::string_view kFileTypes[] = {"pdf", "png", "jpeg", "txt", "docx"};
constexpr std::string_view kAutocomplete[] = {"name", "given-name", "additional-name", "family-name", "nickname", "email",
                                              "organization", "organization-title", "country", "country-name", "language",
                                              "tel", "url", "bday", "off"};

std::vector<std::string> type_names() {
  std::vector<std::string> out;
  for (int i = 0; i <= static_cast<int>(consent); ++i) {
    out.emplace_back(forms::to_string(static_cast<forms::QuestionType>(i)));
  }
  return out;
}

bool is_choice(forms::QuestionType type) { return type == single_choice || type == multiple_choice; }

class QuestionReader {
 public:
  QuestionReader(const Value& table, Translations& texts, Report& report)
      : reader_(table, "form.toml", "a question", report), texts_(texts), report_(report) {}

  QuestionRead read() {
    read_key_and_type();
    if (out_.usable) {
      read_texts();
      read_rules();
      read_text_limits();
      read_choice_limits();
      read_date_limits();
      read_file_limits();
      read_options();
      read_consent();
      reader_.done();
    }
    return std::move(out_);
  }

 private:
  Question& question() { return out_.question; }
  bool is_one_of(std::initializer_list<forms::QuestionType> types) {
    return std::find(types.begin(), types.end(), question().type) != types.end();
  }

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
      report_.error("question-type-unknown", reader_.at("type"), fmt::format("There is no question type {}.", in_quotes(type.text)),
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
    unfit_unless("prompt", {single_choice, country});
  }

  // A key that means nothing for this type is a mistake: its author expects something that will not happen.
  void unfit_unless(std::string_view key, std::initializer_list<forms::QuestionType> types) {
    if (reader_.any(key) == nullptr || is_one_of(types)) return;
    std::vector<std::string> names;
    for (const forms::QuestionType type : types) names.emplace_back(forms::to_string(type));
    report_.error("limit-unfit", reader_.at(key),
                  fmt::format("\"{}\" means nothing for a question of type {}.", key, forms::to_string(question().type)),
                  fmt::format("Take it away; it is for {}.", listed(names)));
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
    if (!question().autocomplete.empty() && std::find(words.begin(), words.end(), question().autocomplete) == words.end()) {
      report_.error("bad-word", reader_.at("autocomplete"), fmt::format("autocomplete is {}.", in_quotes(question().autocomplete)),
                    fmt::format("Choose one of {}.", listed(words, 20)));
    }
    question().restricted = reader_.boolean("restricted", false);
    unfit_unless("restricted", {multiple_choice});
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

  std::optional<std::size_t> size(std::string_view key, std::int64_t least, std::int64_t most) {
    const auto number = reader_.whole(key, least, most);
    return number ? std::optional<std::size_t>(static_cast<std::size_t>(*number)) : std::nullopt;
  }
  void contradict(std::string_view key, std::string_view least, std::string_view most) {
    report_.error("limits-contradict", reader_.at(key), fmt::format("\"{}\" is more than \"{}\" of {}.", least, most, reader_.what()),
                  fmt::format("Make {} the smaller one.", least));
  }

  void read_text_limits() {
    forms::Limits& limits = question().limits;
    limits.max_characters = size("max_characters", 1, 50'000);
    limits.min_words = size("min_words", 0, 10'000);
    limits.max_words = size("max_words", 1, 10'000);
    unfit_unless("max_characters", {short_text, long_text, email, number, money, duration, institution, url_list});
    unfit_unless("min_words", {short_text, long_text});
    unfit_unless("max_words", {short_text, long_text});
    if (limits.min_words && limits.max_words && *limits.min_words > *limits.max_words) {
      contradict("min_words", "min_words", "max_words");
    }
    // A word and its space are two characters at least.
    if (limits.min_words && limits.max_characters && *limits.min_words * 2 > *limits.max_characters + 1) {
      contradict("min_words", "min_words", "max_characters");
    }
    if (!limits.max_characters) limits.max_characters = usual_characters();
  }

  // Every text has an end, whether its author thought of it or not.
  std::optional<std::size_t> usual_characters() {
    switch (question().type) {
      case short_text: case institution: return 300;
      case long_text: return 10'000;
      case forms::QuestionType::email: return 254;
      case number: case money: case duration: return 200;
      case url_list: return 4'000;
      default: return std::nullopt;
    }
  }

  void read_choice_limits() {
    forms::Limits& limits = question().limits;
    limits.min_choices = size("min_choices", 1, 100);
    limits.max_choices = size("max_choices", 1, 100);
    unfit_unless("min_choices", {multiple_choice});
    unfit_unless("max_choices", {multiple_choice});
    if (limits.min_choices && limits.max_choices && *limits.min_choices > *limits.max_choices) {
      contradict("min_choices", "min_choices", "max_choices");
    }
  }

  std::optional<std::string> read_date(std::string_view key) {
    const Value* value = reader_.any(key);
    if (value == nullptr) return std::nullopt;
    unfit_unless(key, {date});
    if ((value->kind == Value::Kind::date || value->kind == Value::Kind::text) && is_date(value->text)) return value->text;
    report_.error("bad-date", reader_.at(key), fmt::format("\"{}\" of {} is not a day of the calendar.", key, reader_.what()),
                  fmt::format("Write {} = 2026-03-01.", key));
    return std::nullopt;
  }
  void read_date_limits() {
    forms::Limits& limits = question().limits;
    limits.earliest = read_date("earliest");
    limits.latest = read_date("latest");
    if (limits.earliest && limits.latest && *limits.earliest > *limits.latest) contradict("earliest", "earliest", "latest");
  }

  void read_file_limits() {
    forms::Limits& limits = question().limits;
    if (const auto files = size("max_files", 1, 20)) limits.max_files = *files;
    if (const auto megabytes = size("max_file_mb", 1, 50)) limits.max_file_bytes = *megabytes << 20;
    const std::vector<std::string> known(std::begin(kFileTypes), std::end(kFileTypes));
    for (PlacedText& type : reader_.texts("file_types")) {
      if (std::find(known.begin(), known.end(), type.text) != known.end()) {
        limits.file_types.push_back(std::move(type.text));
        continue;
      }
      report_.error("file-type-unknown", {"form.toml", type.line}, fmt::format("Files of type {} cannot be checked.", in_quotes(type.text)),
                    fmt::format("Choose from {}.", listed(known)) + did_you_mean(type.text, known));
    }
    for (const std::string_view key : {"max_files", "max_file_mb", "file_types"}) unfit_unless(key, {file});
    if (question().type == file && reader_.any("file_types") == nullptr) {
      report_.error("missing-key", reader_.at(), fmt::format("{} has no \"file_types\".", reader_.what()),
                    fmt::format("Add file_types = [\"pdf\"]; there are {}.", listed(known)));
    }
  }

  void read_options() {
    unfit_unless("option", {single_choice, multiple_choice});
    std::set<std::string> keys;
    for (const Value* table : reader_.tables("option")) {
      if (keys.size() >= 500) break;
      read_option(*table, keys);
    }
    const std::size_t count = question().options.size();
    if (is_choice(question().type) && keys.empty()) {
      report_.error("options-missing", reader_.at(), fmt::format("{} offers nothing to choose.", reader_.what()),
                    "Write [[section.question.option]] with key and label below it.");
    } else if (question().limits.min_choices.value_or(0) > count) {
      contradict("min_choices", "min_choices", "the number of options");
    } else if (question().limits.max_choices.value_or(0) > count) {
      contradict("max_choices", "max_choices", "the number of options");
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
      report_.error("duplicate-option", reader.at("key"), fmt::format("{} offers {} twice.", reader_.what(), in_quotes(option.key)),
                    "Give each option a key of its own.");
    }
    const std::string path = fmt::format("questions.{}.options.{}.", question().key, option.key);
    PlacedText label;
    if (reader.any("label") == nullptr) {
      report_.error("option-label-missing", reader.at(), fmt::format("{} of {} has no label.", reader.what(), reader_.what()),
                    "Add a line: label = \"…\"");
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
    unfit_unless("consent", {consent});
    unfit_unless("document", {consent});
    if (wanted && reader_.any("document") == nullptr) {
      report_.error("consent-document-missing", reader_.at(), fmt::format("{} does not say what is accepted.", reader_.what()),
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
