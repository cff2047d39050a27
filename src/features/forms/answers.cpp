#include "features/forms/answers.h"

#include <algorithm>
#include <boost/json.hpp>
#include <type_traits>

namespace bursary::forms {
namespace {

namespace json = boost::json;

constexpr std::size_t kLargestAnswers = 16u << 20;  // bytes of all answers of one application
constexpr std::size_t kDeepestAnswers = 4;          // object, list, file

const std::string no_text;
const std::vector<FileAnswer> no_files;

bool is_empty(const Answer& answer) {
  return std::visit([](const auto& held) { return held.empty(); }, answer);
}

json::value answer_json(const Answer& answer) {
  if (const auto* text = std::get_if<std::string>(&answer)) return json::string(*text);
  json::array out;
  if (const auto* choices = std::get_if<std::vector<std::string>>(&answer)) {
    for (const std::string& choice : *choices) out.emplace_back(choice);
    return out;
  }
  for (const FileAnswer& file : std::get<std::vector<FileAnswer>>(answer)) {
    out.push_back(json::object{
        {"bytes", file.bytes}, {"id", file.id}, {"name", file.name}, {"sha256", file.sha256}, {"type", file.type}});
  }
  return out;
}

const json::string* text_member(const json::object& object, std::string_view name) {
  const json::value* member = object.if_contains(name);
  return member == nullptr ? nullptr : member->if_string();
}

std::optional<FileAnswer> read_file(const json::value& from) {
  const json::object* object = from.if_object();
  if (object == nullptr || object->size() != 5) return std::nullopt;
  const json::value* bytes = object->if_contains("bytes");
  const json::string* id = text_member(*object, "id");
  const json::string* name = text_member(*object, "name");
  const json::string* type = text_member(*object, "type");
  const json::string* sha256 = text_member(*object, "sha256");
  if (bytes == nullptr || !bytes->is_int64() || bytes->get_int64() < 0) return std::nullopt;
  if (id == nullptr || name == nullptr || type == nullptr || sha256 == nullptr) return std::nullopt;
  return FileAnswer{std::string(*id), std::string(*name), std::string(*type), bytes->get_int64(), std::string(*sha256)};
}

std::optional<Answer> read_list(const json::array& from) {
  if (!from.empty() && from.front().is_object()) {
    std::vector<FileAnswer> files;
    for (const json::value& entry : from) {
      auto file = read_file(entry);
      if (!file) return std::nullopt;
      files.push_back(std::move(*file));
    }
    return files;
  }
  std::vector<std::string> choices;
  for (const json::value& entry : from) {
    if (!entry.is_string()) return std::nullopt;
    choices.emplace_back(entry.get_string());
  }
  return choices;
}

}  // namespace

const std::string& Answers::text(std::string_view key) const {
  const auto found = all_.find(key);
  if (found == all_.end()) return no_text;
  const auto* text = std::get_if<std::string>(&found->second);
  return text == nullptr ? no_text : *text;
}

std::vector<std::string> Answers::choices(std::string_view key) const {
  const auto found = all_.find(key);
  if (found == all_.end()) return {};
  if (const auto* several = std::get_if<std::vector<std::string>>(&found->second)) return *several;
  const auto* one = std::get_if<std::string>(&found->second);
  return one == nullptr || one->empty() ? std::vector<std::string>{} : std::vector<std::string>{*one};
}

const std::vector<FileAnswer>& Answers::files(std::string_view key) const {
  const auto found = all_.find(key);
  if (found == all_.end()) return no_files;
  const auto* files = std::get_if<std::vector<FileAnswer>>(&found->second);
  return files == nullptr ? no_files : *files;
}

bool Answers::answered(std::string_view key) const {
  const auto found = all_.find(key);
  return found != all_.end() && !is_empty(found->second);
}

void Answers::erase(std::string_view key) {
  const auto found = all_.find(key);
  if (found != all_.end()) all_.erase(found);
}

std::string to_json(const Answers& answers) {
  json::object out;
  for (const auto& [key, answer] : answers.all()) {
    if (!is_empty(answer)) out.emplace(key, answer_json(answer));
  }
  return json::serialize(out);
}

Result<Answers> answers_from_json(std::string_view text) {
  constexpr auto kProblem = "forms.problem.answers";
  if (text.size() > kLargestAnswers) return fail(ErrorKind::invalid, kProblem, "larger than 16 MB");
  json::parse_options options;
  options.max_depth = kDeepestAnswers;
  json::error_code error;
  const json::value parsed = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (error) return fail(ErrorKind::invalid, kProblem, error.message());
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(ErrorKind::invalid, kProblem, "not an object");
  Answers answers;
  for (const auto& member : *object) {
    const std::string key(member.key());
    if (member.value().is_string()) {
      answers.set(key, std::string(member.value().get_string()));
      continue;
    }
    auto list = member.value().is_array() ? read_list(member.value().get_array()) : std::nullopt;
    if (!list) return fail(ErrorKind::invalid, kProblem, "neither text, choices nor files: " + key);
    answers.set(key, std::move(*list));
  }
  return answers;
}

}  // namespace bursary::forms
