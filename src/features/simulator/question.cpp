#include "features/simulator/question.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "base/crypto.h"

namespace bursary::simulator {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 32> kWords = {
    "amber", "birch", "cedar",  "delta",  "ember", "fjord",  "grove", "haven", "inlet", "juniper", "kelp",
    "larch", "maple", "north",  "ocean",  "pine",  "quartz", "river", "stone", "tide",  "umber",   "vale",
    "wheat", "xenon", "yarrow", "zephyr", "brook", "cliff",  "dune",  "fern",  "gorse", "heath"};

// Every text in what is asked, one after another: of a message, a part, an item, a list of prompts.
void gather(const json::value& value, std::string& text, std::int64_t& messages) {
  if (value.is_string()) {
    text += value.get_string();
    text += '\n';
  } else if (value.is_array()) {
    for (const json::value& one : value.get_array()) gather(one, text, messages);
  } else if (value.is_object()) {
    const json::object& object = value.get_object();
    if (object.contains("role") || object.contains("type")) messages += object.contains("role") ? 1 : 0;
    for (const std::string_view field : {"content", "text", "output", "image_url", "url"}) {
      if (const json::value* inner = object.if_contains(field)) gather(*inner, text, messages);
    }
  } else if (value.is_number()) {
    text += "1234";  // a token
  }
}

std::int64_t number_in(const json::object& body, std::string_view field) {
  const json::value* value = body.if_contains(field);
  return value != nullptr && value->is_int64() ? std::max<std::int64_t>(value->get_int64(), 0) : 0;
}
bool flag_in(const json::object& body, std::string_view field) {
  const json::value* value = body.if_contains(field);
  return value != nullptr && value->is_bool() && value->get_bool();
}

void obey(std::string_view name, std::string_view value, Question& question) {
  std::int64_t number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number);
  if (name == "tokens") question.tokens = std::clamp<std::int64_t>(number, 0, 1'000'000);
  if (name == "delay") question.delay = std::chrono::milliseconds(std::clamp<std::int64_t>(number, 0, 600'000));
  if (name == "status" && number >= 400 && number <= 599) question.status = static_cast<int>(number);
  if (name == "close_after") question.close_after = number;
  if (name == "usage") question.tell_usage = value != "no";
}

void read_directive(Question& question) {
  static constexpr std::string_view kBegin = "[simulate ";
  const std::size_t begin = question.text.find(kBegin);
  if (begin == std::string::npos) return;
  std::string_view words = std::string_view(question.text).substr(begin + kBegin.size());
  words = words.substr(0, words.find(']'));
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    const std::size_t equals = word.find('=');
    if (equals != std::string_view::npos) obey(word.substr(0, equals), word.substr(equals + 1), question);
  }
}

// The first function, unless one was called already or none is wanted.
std::string tool_of(const json::object& body) {
  const json::value* tools = body.if_contains("tools");
  if (tools == nullptr || !tools->is_array() || tools->get_array().empty()) return {};
  if (const json::value* choice = body.if_contains("tool_choice"); choice != nullptr && *choice == "none") return {};
  const std::string text = json::serialize(body);
  if (text.find("\"role\":\"tool\"") != std::string::npos || text.find("function_call_output") != std::string::npos)
    return {};
  const json::value& first = tools->get_array().front();
  if (!first.is_object()) return {};
  const json::value* named = first.get_object().if_contains("function");
  const json::object& holder = named != nullptr && named->is_object() ? named->get_object() : first.get_object();
  const json::value* name = holder.if_contains("name");
  return name != nullptr && name->is_string() ? std::string(name->get_string()) : std::string{};
}

bool wants_json(const json::object& body) {
  for (const std::string_view field : {"response_format", "text"}) {
    const json::value* format = body.if_contains(field);
    if (format != nullptr && format->is_object() && json::serialize(*format).find("\"json_") != std::string::npos)
      return true;
  }
  return false;
}

}  // namespace

std::optional<Question> read_question(std::string_view text, std::string_view call) {
  boost::system::error_code failed;
  json::parse_options options;
  options.max_depth = 64;
  const json::value value = json::parse(text, failed, {}, options);
  if (failed || !value.is_object()) return std::nullopt;
  const json::object& body = value.get_object();
  const json::value* model = body.if_contains("model");
  if (model == nullptr || !model->is_string()) return std::nullopt;
  Question question;
  question.call = call;
  question.model = model->get_string();
  std::int64_t messages = 0;
  for (const std::string_view field : {"instructions", "messages", "prompt", "input"}) {
    if (const json::value* asked = body.if_contains(field)) gather(*asked, question.text, messages);
  }
  question.input = (static_cast<std::int64_t>(question.text.size()) + 3) / 4 + 4 * messages;
  question.limit = std::max(
      {number_in(body, "max_tokens"), number_in(body, "max_completion_tokens"), number_in(body, "max_output_tokens")});
  question.answers = std::max<std::int64_t>(number_in(body, "n"), 1);
  question.stream = flag_in(body, "stream");
  if (const json::value* wanted = body.if_contains("stream_options"); wanted != nullptr && wanted->is_object())
    question.usage = flag_in(wanted->get_object(), "include_usage");
  question.json = wants_json(body);
  question.tool = tool_of(body);
  const Sha256 hash = sha256(question.model + "\n" + question.text);
  std::memcpy(&question.seed, hash.data(), sizeof question.seed);
  read_directive(question);
  if (question.limit > 0) question.tokens = std::min(question.tokens, question.limit);
  return question;
}

std::vector<std::string> words_of(const Question& question) {
  std::vector<std::string> words;
  words.reserve(static_cast<std::size_t>(question.tokens));
  std::uint64_t state = question.seed | 1;
  for (std::int64_t i = 0; i < question.tokens; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    std::string word(kWords.at(state >> 59U));
    words.push_back(i == 0 ? word : " " + word);
  }
  return words;
}

std::string id_of(const Question& question, std::string_view prefix) {
  return fmt::format("{}{:016x}", prefix, question.seed);
}
std::int64_t time_of(const Question& question) {
  return 1'767'225'600 + static_cast<std::int64_t>(question.seed % 1'000'000);
}

}  // namespace bursary::simulator
