#include "features/gateway/fields.h"

#include <algorithm>
#include <array>

namespace bursary::gateway {
namespace {

namespace json = boost::json;

// What is wrong with a value; null: nothing.
using Check = const char* (*)(const json::value&);

constexpr unsigned bit(Endpoint endpoint) { return 1U << static_cast<unsigned>(endpoint); }
constexpr unsigned kChat = bit(Endpoint::chat), kCompletions = bit(Endpoint::completions),
                   kResponses = bit(Endpoint::responses), kEmbeddings = bit(Endpoint::embeddings),
                   kImages = bit(Endpoint::images);
constexpr unsigned kSpeaks = kChat | kCompletions | kResponses, kAll = kSpeaks | kEmbeddings | kImages;

struct Field {
  std::string_view name;
  unsigned endpoints;
  Check check;
};

const char* text(const json::value& v) { return v.is_string() ? nullptr : "must be a string"; }
const char* boolean(const json::value& v) { return v.is_bool() ? nullptr : "must be true or false"; }
const char* number(const json::value& v) { return v.is_number() ? nullptr : "must be a number"; }
const char* object(const json::value& v) { return v.is_object() ? nullptr : "must be an object"; }
const char* whole(const json::value& v) { return v.is_int64() || v.is_uint64() ? nullptr : "must be an integer"; }
const char* text_or_list(const json::value& v) {
  return v.is_string() || v.is_array() ? nullptr : "must be a string or an array";
}
const char* text_or_object(const json::value& v) {
  return v.is_string() || v.is_object() ? nullptr : "must be a string or an object";
}
const char* list(const json::value& v) { return v.is_array() ? nullptr : "must be an array"; }
const char* flag_or_number(const json::value& v) {
  return v.is_bool() || whole(v) == nullptr ? nullptr : "must be true, false or an integer";
}
// Read for what it says: the gateway always asks the provider not to keep anything.
const char* at_least_one(const json::value& v) {
  if (whole(v) != nullptr) return "must be an integer";
  return v.is_uint64() || v.get_int64() >= 1 ? nullptr : "must be at least 1";
}
const char* few(const json::value& v) {
  if (const char* wrong = at_least_one(v)) return wrong;
  return v.is_int64() && v.get_int64() <= kMostAnswers ? nullptr : "must be at most 16";
}
const char* stream_options(const json::value& v) {
  if (!v.is_object()) return "must be an object";
  for (const auto& [key, value] : v.get_object()) {
    if (key != "include_usage" && key != "include_obfuscation") return "may hold include_usage and include_obfuscation";
    if (!value.is_bool()) return "must hold true or false";
  }
  return nullptr;
}
const char* text_only(const json::value& v) {
  const bool good =
      v.is_array() && std::ranges::all_of(v.get_array(), [](const json::value& one) { return one == "text"; });
  return good ? nullptr : "may hold \"text\" alone: what audio costs cannot be bounded beforehand";
}
bool is_local_tool(const json::value& tool) {
  if (!tool.is_object()) return false;
  const json::value* type = tool.get_object().if_contains("type");
  return type != nullptr && (*type == "function" || *type == "custom");
}
const char* tools(const json::value& v) {
  const bool good = v.is_array() && std::ranges::all_of(v.get_array(), is_local_tool);
  return good ? nullptr
              : "may hold tools of type \"function\" and \"custom\" alone: what hosted tools cost cannot be bounded "
                "beforehand";
}
// "auto", "required", {"type": "function", …}: whatever it names must be among the tools, which were checked.
const char* include(const json::value& v) {
  const auto good = [](const json::value& one) {
    return one == "reasoning.encrypted_content" || one == "message.output_text.logprobs";
  };
  const bool all = v.is_array() && std::ranges::all_of(v.get_array(), good);
  return all ? nullptr : "may hold \"reasoning.encrypted_content\" and \"message.output_text.logprobs\" alone";
}

// In the order of the alphabet. What each may hold beyond this is read where it is used.
constexpr std::array kFields = std::to_array<Field>({
    {"background", kImages, text},
    {"best_of", kCompletions, few},
    {"dimensions", kEmbeddings, at_least_one},
    {"echo", kCompletions, boolean},
    {"encoding_format", kEmbeddings, text},
    {"frequency_penalty", kChat | kCompletions, number},
    {"function_call", kChat, text_or_object},
    {"functions", kChat, list},
    {"include", kResponses, include},
    {"input", kResponses | kEmbeddings, text_or_list},
    {"instructions", kResponses, text},
    {"logit_bias", kChat | kCompletions, object},
    {"logprobs", kChat | kCompletions, flag_or_number},
    {"max_completion_tokens", kChat, at_least_one},
    {"max_output_tokens", kResponses, at_least_one},
    {"max_tokens", kChat | kCompletions, at_least_one},
    {"max_tool_calls", kResponses, at_least_one},
    {"messages", kChat, list},
    {"modalities", kChat, text_only},
    {"model", kAll, text},
    {"moderation", kImages, text},
    {"n", kChat | kCompletions | kImages, few},
    {"output_compression", kImages, whole},
    {"output_format", kImages, text},
    {"parallel_tool_calls", kChat | kResponses, boolean},
    {"presence_penalty", kChat | kCompletions, number},
    {"prompt", kCompletions | kImages, text_or_list},
    {"quality", kImages, text},
    {"reasoning", kResponses, object},
    {"reasoning_effort", kChat, text},
    {"response_format", kChat | kImages, text_or_object},
    {"safety_identifier", kAll, text},
    {"seed", kChat | kCompletions, whole},
    {"size", kImages, text},
    {"stop", kChat | kCompletions, text_or_list},
    {"store", kChat | kResponses, boolean},
    {"stream", kSpeaks, boolean},
    {"stream_options", kSpeaks, stream_options},
    {"style", kImages, text},
    {"suffix", kCompletions, text},
    {"temperature", kSpeaks, number},
    {"text", kResponses, object},
    {"tool_choice", kChat | kResponses, text_or_object},
    {"tools", kChat | kResponses, tools},
    {"top_logprobs", kChat | kResponses, whole},
    {"top_p", kSpeaks, number},
    {"truncation", kResponses, text},
    {"user", kAll, text},
    {"verbosity", kChat, text},
});

struct Barred {
  std::string_view name, why;
};
constexpr Barred kBarred[] = {
    {"audio", "What audio costs cannot be bounded beforehand."},
    {"background",
     "Calls that go on in the background would stay with the provider. Leave it out and wait for the answer."},
    {"conversation", "Nothing is kept at the provider between calls. Send the whole conversation in `input`."},
    {"partial_images", "What partial images cost cannot be bounded beforehand."},
    {"prediction", "What rejected predictions cost cannot be bounded beforehand."},
    {"previous_response_id", "Nothing is kept at the provider between calls. Send the whole conversation in `input`."},
    {"service_tier", "Every call goes at the standard tier. Leave it out."},
    {"web_search_options", "What hosted tools cost cannot be bounded beforehand."},
};

Refusal unknown(std::string_view name, Endpoint endpoint) {
  const auto barred = std::ranges::find(kBarred, name, &Barred::name);
  std::string message = barred != std::end(kBarred)
                            ? fmt::format("`{}` is not available here. {}", name, barred->why)
                            : fmt::format("`{}` is not a field of {} that is let through here. Leave it out.", name,
                                          programs::to_string(endpoint));
  Refusal refusal = bad_field(std::string(name), std::move(message));
  refusal.code = "unsupported_parameter";
  return refusal;
}

}  // namespace

std::optional<Refusal> check_fields(Endpoint endpoint, const json::object& body) {
  for (const auto& [key, value] : body) {
    const std::string_view name(key.data(), key.size());
    const auto field = std::ranges::lower_bound(kFields, name, {}, &Field::name);
    if (field == kFields.end() || field->name != name || (field->endpoints & bit(endpoint)) == 0)
      return unknown(name.size() > 60 ? name.substr(0, 60) : name, endpoint);
    if (value.is_null()) continue;  // as if it were not there
    if (const char* wrong = field->check(value))
      return bad_field(std::string(name), fmt::format("`{}` {}.", name, wrong));
  }
  return std::nullopt;
}

}  // namespace bursary::gateway
