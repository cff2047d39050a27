#include "features/programs/question_limits.h"

#include "features/programs/time_zone.h"

namespace bursary::programs {
namespace {

using enum forms::QuestionType;

constexpr std::string_view kFileTypes[] = {"pdf", "png", "jpeg", "txt", "docx"};

// What a text may hold when its author does not say.
std::optional<std::size_t> usual_characters(forms::QuestionType type) {
  switch (type) {
    case short_text:
    case institution:
      return 300;
    case long_text:
      return 10'000;
    case forms::QuestionType::email:
      return 254;
    case number:
    case money:
    case duration:
      return 200;
    case url_list:
      return 4'000;
    default:
      return std::nullopt;
  }
}

class LimitReader {
 public:
  LimitReader(TableReader& reader, forms::Question& question)
      : reader_(reader), type_(question.type), limits_(question.limits) {}

  void read_text_limits() {
    limits_.max_characters = size("max_characters", 1, 50'000);
    limits_.min_words = size("min_words", 0, 10'000);
    limits_.max_words = size("max_words", 1, 10'000);
    unfit_unless(reader_, type_, "max_characters",
                 {short_text, long_text, email, number, money, duration, institution, url_list});
    unfit_unless(reader_, type_, "min_words", {short_text, long_text});
    unfit_unless(reader_, type_, "max_words", {short_text, long_text});
    if (limits_.min_words && limits_.max_words && *limits_.min_words > *limits_.max_words) {
      limits_contradict(reader_, "min_words", "min_words", "max_words");
    }
    // A word and its space are two characters at least.
    if (limits_.min_words && limits_.max_characters && *limits_.min_words * 2 > *limits_.max_characters + 1) {
      limits_contradict(reader_, "min_words", "min_words", "max_characters");
    }
    if (!limits_.max_characters) limits_.max_characters = usual_characters(type_);
  }

  void read_choice_limits() {
    limits_.min_choices = size("min_choices", 1, 100);
    limits_.max_choices = size("max_choices", 1, 100);
    unfit_unless(reader_, type_, "min_choices", {multiple_choice});
    unfit_unless(reader_, type_, "max_choices", {multiple_choice});
    if (limits_.min_choices && limits_.max_choices && *limits_.min_choices > *limits_.max_choices) {
      limits_contradict(reader_, "min_choices", "min_choices", "max_choices");
    }
  }

  void read_date_limits() {
    limits_.earliest = read_date("earliest");
    limits_.latest = read_date("latest");
    if (limits_.earliest && limits_.latest && *limits_.earliest > *limits_.latest)
      limits_contradict(reader_, "earliest", "earliest", "latest");
  }

  void read_file_limits() {
    if (const auto files = size("max_files", 1, 20)) limits_.max_files = *files;
    if (const auto megabytes = size("max_file_mb", 1, 50)) limits_.max_file_bytes = *megabytes << 20;
    const std::vector<std::string> known(std::begin(kFileTypes), std::end(kFileTypes));
    for (PlacedText& type : reader_.texts("file_types")) {
      if (std::find(known.begin(), known.end(), type.text) != known.end()) {
        limits_.file_types.push_back(std::move(type.text));
        continue;
      }
      reader_.report().error("file-type-unknown", {"form.toml", type.line},
                             fmt::format("Files of type {} cannot be checked.", in_quotes(type.text)),
                             fmt::format("Choose from {}.", listed(known)) + did_you_mean(type.text, known));
    }
    for (const std::string_view key : {"max_files", "max_file_mb", "file_types"})
      unfit_unless(reader_, type_, key, {file});
    if (type_ == file && reader_.any("file_types") == nullptr) {
      reader_.report().error("missing-key", reader_.at(), fmt::format("{} has no \"file_types\".", reader_.what()),
                             fmt::format("Add file_types = [\"pdf\"]; there are {}.", listed(known)));
    }
  }

 private:
  std::optional<std::size_t> size(std::string_view key, std::int64_t least, std::int64_t most) {
    const auto number = reader_.whole(key, least, most);
    return number ? std::optional<std::size_t>(static_cast<std::size_t>(*number)) : std::nullopt;
  }

  std::optional<std::string> read_date(std::string_view key) {
    const Value* value = reader_.any(key);
    if (value == nullptr) return std::nullopt;
    unfit_unless(reader_, type_, key, {date});
    if ((value->kind == Value::Kind::date || value->kind == Value::Kind::text) && is_date(value->text))
      return value->text;
    reader_.report().error("bad-date", reader_.at(key),
                           fmt::format("\"{}\" of {} is not a day of the calendar.", key, reader_.what()),
                           fmt::format("Write {} = 2026-03-01.", key));
    return std::nullopt;
  }

  TableReader& reader_;
  forms::QuestionType type_;
  forms::Limits& limits_;
};

}  // namespace

void read_limits(TableReader& reader, forms::Question& question) {
  LimitReader limits(reader, question);
  limits.read_text_limits();
  limits.read_choice_limits();
  limits.read_date_limits();
  limits.read_file_limits();
}

void unfit_unless(TableReader& reader, forms::QuestionType type, std::string_view key,
                  std::initializer_list<forms::QuestionType> types) {
  if (reader.any(key) == nullptr || std::find(types.begin(), types.end(), type) != types.end()) return;
  std::vector<std::string> names;
  for (const forms::QuestionType each : types) names.emplace_back(forms::to_string(each));
  reader.report().error("limit-unfit", reader.at(key),
                        fmt::format("\"{}\" means nothing for a question of type {}.", key, forms::to_string(type)),
                        fmt::format("Take it away; it is for {}.", listed(names)));
}

void limits_contradict(TableReader& reader, std::string_view key, std::string_view least, std::string_view most) {
  reader.report().error("limits-contradict", reader.at(key),
                        fmt::format("\"{}\" is more than \"{}\" of {}.", least, most, reader.what()),
                        fmt::format("Make {} the smaller one.", least));
}

}  // namespace bursary::programs
