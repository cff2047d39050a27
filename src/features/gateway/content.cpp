#include <algorithm>

#include "features/gateway/fields.h"

namespace bursary::gateway {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostMessages = 10'000;

std::string_view text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view{};
}

Refusal wrong(std::string_view where, std::string_view why) {
  return bad_field(std::string(where), fmt::format("`{}` {}.", where, why));
}

// An address that the provider reads: the picture's own bytes or a page of the web; nothing that lies with the
// provider.
bool is_picture(std::string_view address) {
  return address.starts_with("data:image/") || address.starts_with("https://");
}

std::optional<Refusal> count_picture(std::string_view where, std::string_view address, Content& content) {
  if (!is_picture(address)) return wrong(where, "must be a data:image/ or https:// address");
  ++content.images;
  if (address.starts_with("data:")) content.image_bytes += static_cast<std::int64_t>(address.size());
  return std::nullopt;
}

// A part of a chat message's content.
std::optional<Refusal> read_chat_part(const json::value& part, Content& content) {
  if (!part.is_object()) return wrong("messages", "holds a part that is no object");
  const json::object& object = part.get_object();
  const std::string_view type = text_of(object, "type");
  if (type == "text" || type == "refusal") return std::nullopt;
  if (type != "image_url")
    return wrong(
        "messages",
        "holds a part of another type than text, refusal and image_url: what it costs cannot be bounded beforehand");
  const json::value* image = object.if_contains("image_url");
  if (image == nullptr || !image->is_object()) return wrong("messages", "holds an image_url that is no object");
  return count_picture("messages", text_of(image->get_object(), "url"), content);
}

std::optional<Refusal> read_messages(const json::object& body, Content& content) {
  const json::value* messages = body.if_contains("messages");
  if (messages == nullptr || !messages->is_array() || messages->get_array().empty())
    return wrong("messages", "must hold at least one message");
  for (const json::value& message : messages->get_array()) {
    if (!message.is_object()) return wrong("messages", "holds something that is no object");
    ++content.messages;
    const json::object& object = message.get_object();
    if (object.contains("audio")) return wrong("messages", "names audio that the provider keeps");
    const json::value* parts = object.if_contains("content");
    if (parts == nullptr || !parts->is_array()) continue;
    for (const json::value& part : parts->get_array()) {
      if (auto refusal = read_chat_part(part, content)) return refusal;
    }
  }
  return std::nullopt;
}

// A part of an item's content in `responses`.
std::optional<Refusal> read_item_part(const json::value& part, Content& content) {
  if (!part.is_object()) return wrong("input", "holds a part that is no object");
  const json::object& object = part.get_object();
  const std::string_view type = text_of(object, "type");
  if (type == "input_text" || type == "output_text" || type == "refusal" || type == "summary_text" ||
      type == "reasoning_text")
    return std::nullopt;
  if (type != "input_image")
    return wrong("input", "holds a part of a type that is not let through here: text and images are");
  if (object.contains("file_id")) return wrong("input", "names a file that the provider keeps");
  return count_picture("input", text_of(object, "image_url"), content);
}

std::optional<Refusal> read_parts(const json::value* parts, Content& content) {
  if (parts == nullptr || !parts->is_array()) return std::nullopt;
  for (const json::value& part : parts->get_array()) {
    if (auto refusal = read_item_part(part, content)) return refusal;
  }
  return std::nullopt;
}

std::optional<Refusal> read_items(const json::array& items, Content& content) {
  static constexpr std::string_view kTypes[] = {
      "",          "message",          "function_call",          "function_call_output",
      "reasoning", "custom_tool_call", "custom_tool_call_output"};
  for (const json::value& item : items) {
    if (!item.is_object()) return wrong("input", "holds something that is no object");
    ++content.messages;
    const json::object& object = item.get_object();
    if (std::ranges::find(kTypes, text_of(object, "type")) == std::end(kTypes))
      return wrong("input",
                   "holds an item that is not let through here: messages, calls of functions and reasoning are");
    if (auto refusal = read_parts(object.if_contains("content"), content)) return refusal;
    if (auto refusal = read_parts(object.if_contains("output"), content)) return refusal;
  }
  return std::nullopt;
}

// A text, tokens, or a list of either: how many prompts there are.
std::optional<Refusal> count_prompts(std::string_view field, const json::object& body, Content& content) {
  const json::value* prompt = body.if_contains(field);
  if (prompt == nullptr || prompt->is_null()) return wrong(field, "must be there");
  if (!prompt->is_array()) {
    content.messages = 1;
    return std::nullopt;
  }
  const json::array& all = prompt->get_array();
  if (all.empty()) return wrong(field, "must hold something");
  const auto is_token = [](const json::value& one) { return one.is_number(); };
  const auto is_prompt = [&](const json::value& one) {
    return one.is_string() || (one.is_array() && std::ranges::all_of(one.get_array(), is_token));
  };
  if (std::ranges::all_of(all, is_token)) {
    content.messages = 1;
  } else if (std::ranges::all_of(all, is_prompt)) {
    content.messages = static_cast<std::int64_t>(all.size());
  } else {
    return wrong(field, "must be a text, tokens, or a list of texts or of tokens");
  }
  return std::nullopt;
}

std::optional<Refusal> read_by_endpoint(Endpoint endpoint, const json::object& body, Content& content) {
  switch (endpoint) {
    case Endpoint::chat:
      return read_messages(body, content);
    case Endpoint::completions:
      return count_prompts("prompt", body, content);
    case Endpoint::embeddings:
      return count_prompts("input", body, content);
    case Endpoint::images: {
      const json::value* prompt = body.if_contains("prompt");
      if (prompt == nullptr || !prompt->is_string()) return wrong("prompt", "must be a string");
      content.messages = 1;
      return std::nullopt;
    }
    case Endpoint::responses: {
      const json::value* input = body.if_contains("input");
      if (input == nullptr || input->is_null()) return wrong("input", "must be there");
      content.messages = 1;
      if (input->is_array()) return read_items(input->get_array(), content);
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> read_content(Endpoint endpoint, const json::object& body, Content& content) {
  if (auto refusal = read_by_endpoint(endpoint, body, content)) return refusal;
  if (content.messages > static_cast<std::int64_t>(kMostMessages))
    return bad_field({}, fmt::format("A call may hold at most {} messages or prompts.", kMostMessages));
  return std::nullopt;
}

}  // namespace bursary::gateway
