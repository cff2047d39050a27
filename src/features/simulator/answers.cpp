#include "features/simulator/answers.h"

#include <algorithm>

namespace bursary::simulator {
namespace {

namespace json = boost::json;

std::string text_of(const Question& question) {
  std::string text;
  for (const std::string& word : words_of(question)) text += word;
  return question.json ? json::serialize(json::object{{"answer", text}}) : text;
}

std::string_view finish_of(const Question& question) {
  if (!question.tool.empty()) return "tool_calls";
  return question.limit > 0 && question.tokens >= question.limit ? "length" : "stop";
}

json::object usage_of(Endpoint endpoint, const Question& question) {
  const std::int64_t output = output_of(endpoint, question);
  const std::int64_t total = question.input + output;
  if (endpoint == Endpoint::responses) {
    return {{"input_tokens", question.input},
            {"input_tokens_details", json::object{{"cached_tokens", 0}}},
            {"output_tokens", output},
            {"output_tokens_details", json::object{{"reasoning_tokens", 0}}},
            {"total_tokens", total}};
  }
  if (endpoint == Endpoint::embeddings) return {{"prompt_tokens", question.input}, {"total_tokens", total}};
  return {{"prompt_tokens", question.input},
          {"completion_tokens", output},
          {"total_tokens", total},
          {"prompt_tokens_details", json::object{{"cached_tokens", 0}}},
          {"completion_tokens_details", json::object{{"reasoning_tokens", 0}}}};
}

json::array calls_of(const Question& question) {
  return {json::object{{"id", id_of(question, "call_")},
                       {"type", "function"},
                       {"function", json::object{{"name", question.tool}, {"arguments", "{}"}}}}};
}

std::string chat_answer(const Question& question) {
  json::array choices;
  for (std::int64_t i = 0; i < question.answers; ++i) {
    json::object message{{"role", "assistant"}, {"content", nullptr}, {"refusal", nullptr}};
    if (question.tool.empty()) {
      message["content"] = text_of(question);
    } else {
      message["tool_calls"] = calls_of(question);
    }
    choices.push_back(json::object{
        {"index", i}, {"message", message}, {"logprobs", nullptr}, {"finish_reason", finish_of(question)}});
  }
  json::object answer{{"id", id_of(question, "chatcmpl-")},
                      {"object", "chat.completion"},
                      {"created", time_of(question)},
                      {"model", question.model},
                      {"choices", choices}};
  if (question.tell_usage) answer["usage"] = usage_of(Endpoint::chat, question);
  return json::serialize(answer);
}

std::string completion_answer(const Question& question) {
  json::array choices;
  for (std::int64_t i = 0; i < question.answers; ++i) {
    choices.push_back(json::object{
        {"text", text_of(question)}, {"index", i}, {"logprobs", nullptr}, {"finish_reason", finish_of(question)}});
  }
  json::object answer{{"id", id_of(question, "cmpl-")},
                      {"object", "text_completion"},
                      {"created", time_of(question)},
                      {"model", question.model},
                      {"choices", choices}};
  if (question.tell_usage) answer["usage"] = usage_of(Endpoint::completions, question);
  return json::serialize(answer);
}

json::object output_item(const Question& question) {
  if (!question.tool.empty()) {
    return {{"id", id_of(question, "fc_")},        {"type", "function_call"}, {"status", "completed"},
            {"call_id", id_of(question, "call_")}, {"name", question.tool},   {"arguments", "{}"}};
  }
  const json::object part{{"type", "output_text"},
                          {"text", text_of(question)},
                          {"annotations", json::array{}},
                          {"logprobs", json::array{}}};
  return {{"id", id_of(question, "msg_")},
          {"type", "message"},
          {"status", "completed"},
          {"role", "assistant"},
          {"content", json::array{part}}};
}

json::object response_object(const Question& question, bool whole) {
  json::object answer{{"id", id_of(question, "resp_")},
                      {"object", "response"},
                      {"created_at", time_of(question)},
                      {"status", whole ? "completed" : "in_progress"},
                      {"error", nullptr},
                      {"incomplete_details", nullptr},
                      {"model", question.model},
                      {"output", json::array{}},
                      {"usage", nullptr}};
  if (!whole) return answer;
  answer["output"] = json::array{output_item(question)};
  if (question.tell_usage) answer["usage"] = usage_of(Endpoint::responses, question);
  return answer;
}

std::string embedding_answer(const Question& question) {
  json::array vector;
  std::uint64_t state = question.seed | 1;
  for (int i = 0; i < 8; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    vector.emplace_back(static_cast<double>(state >> 40U) / 16777216.0 - 0.5);
  }
  json::object answer{{"object", "list"},
                      {"data", json::array{json::object{{"object", "embedding"}, {"index", 0}, {"embedding", vector}}}},
                      {"model", question.model}};
  if (question.tell_usage) answer["usage"] = usage_of(Endpoint::embeddings, question);
  return json::serialize(answer);
}

// The smallest PNG there is: one grey dot.
std::string image_answer(const Question& question) {
  static constexpr std::string_view kDot =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
  json::array data;
  for (std::int64_t i = 0; i < question.answers; ++i) data.push_back(json::object{{"b64_json", kDot}});
  return json::serialize(json::object{{"created", time_of(question)}, {"data", data}});
}

std::string event(const json::object& data) { return "data: " + json::serialize(data) + "\n\n"; }

// Of `chat` and `completions`: the same around another choice.
class Chunks {
 public:
  Chunks(Endpoint endpoint, const Question& question) : endpoint_(endpoint), question_(question) {}

  std::string chunk(json::object delta, json::value finish) const {
    json::object choice{{"index", 0}};
    if (endpoint_ == Endpoint::chat) {
      choice["delta"] = std::move(delta);
    } else {
      choice["text"] = delta.contains("content") ? delta.at("content") : json::value("");
    }
    choice["logprobs"] = nullptr;
    choice["finish_reason"] = std::move(finish);
    return event(around(json::array{std::move(choice)}, nullptr));
  }
  std::string usage() const { return event(around(json::array{}, usage_of(endpoint_, question_))); }

 private:
  json::object around(json::array choices, json::value usage) const {
    const bool chat = endpoint_ == Endpoint::chat;
    json::object data{{"id", id_of(question_, chat ? "chatcmpl-" : "cmpl-")},
                      {"object", chat ? "chat.completion.chunk" : "text_completion"},
                      {"created", time_of(question_)},
                      {"model", question_.model},
                      {"choices", std::move(choices)}};
    if (question_.usage) data["usage"] = std::move(usage);
    return data;
  }
  Endpoint endpoint_;
  const Question& question_;
};

Events chunk_events(Endpoint endpoint, const Question& question) {
  const Chunks chunks(endpoint, question);
  Events events;
  if (endpoint == Endpoint::chat)
    events.before.push_back(chunks.chunk({{"role", "assistant"}, {"content", ""}}, nullptr));
  if (!question.tool.empty()) {
    json::array calls = calls_of(question);
    calls.front().get_object()["index"] = 0;
    events.tokens.push_back(chunks.chunk({{"tool_calls", std::move(calls)}}, nullptr));
  } else if (question.json) {
    events.tokens.push_back(chunks.chunk({{"content", text_of(question)}}, nullptr));
  } else {
    for (const std::string& word : words_of(question))
      events.tokens.push_back(chunks.chunk({{"content", word}}, nullptr));
  }
  events.after.push_back(chunks.chunk({}, json::string(finish_of(question))));
  if (question.usage && question.tell_usage) events.after.push_back(chunks.usage());
  events.after.emplace_back("data: [DONE]\n\n");
  return events;
}

std::string named_event(std::string_view type, const json::object& data, std::int64_t& number) {
  json::object whole{{"type", type}, {"sequence_number", number++}};
  for (const auto& [key, value] : data) whole[key] = value;
  return fmt::format("event: {}\n{}", type, event(whole));
}

Events response_events(const Question& question) {
  Events events;
  std::int64_t number = 0;
  const std::string item = id_of(question, "msg_");
  events.before.push_back(named_event("response.created", {{"response", response_object(question, false)}}, number));
  if (question.tool.empty()) {
    for (const std::string& word : words_of(question)) {
      events.tokens.push_back(named_event(
          "response.output_text.delta",
          {{"item_id", item}, {"output_index", 0}, {"content_index", 0}, {"delta", word}, {"logprobs", json::array{}}},
          number));
    }
  }
  events.after.push_back(
      named_event("response.output_item.done", {{"output_index", 0}, {"item", output_item(question)}}, number));
  events.after.push_back(named_event("response.completed", {{"response", response_object(question, true)}}, number));
  return events;
}

}  // namespace

std::int64_t output_of(Endpoint endpoint, const Question& question) {
  if (endpoint == Endpoint::embeddings || endpoint == Endpoint::images) return 0;
  return (question.tool.empty() ? question.tokens : 5) * question.answers;
}

std::string answer_of(Endpoint endpoint, const Question& question) {
  switch (endpoint) {
    case Endpoint::chat:
      return chat_answer(question);
    case Endpoint::completions:
      return completion_answer(question);
    case Endpoint::responses:
      return json::serialize(response_object(question, true));
    case Endpoint::embeddings:
      return embedding_answer(question);
    case Endpoint::images:
      return image_answer(question);
  }
  return {};
}

Events events_of(Endpoint endpoint, const Question& question) {
  return endpoint == Endpoint::responses ? response_events(question) : chunk_events(endpoint, question);
}

}  // namespace bursary::simulator
