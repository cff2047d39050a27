#include "features/gateway/ask.h"

#include <algorithm>

#include "features/gateway/fields.h"

namespace bursary::gateway {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepth = 64;  // of objects and lists in each other

std::optional<json::object> parse(std::string_view body) {
  json::parse_options options;
  options.max_depth = kDepth;
  boost::system::error_code failed;
  json::value value = json::parse(body, failed, {}, options);
  if (failed || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

// The number in a field that was checked to be whole; `otherwise` when it is not there.
std::int64_t number_in(const json::object& body, std::string_view field, std::int64_t otherwise) {
  const json::value* value = body.if_contains(field);
  if (value == nullptr || value->is_null()) return otherwise;
  if (value->is_int64()) return value->get_int64();
  return INT64_MAX;  // checked: it is a number above what 63 bits hold
}

bool flag_in(const json::object& body, std::string_view field) {
  const json::value* value = body.if_contains(field);
  return value != nullptr && value->is_bool() && value->get_bool();
}

Refusal no_model(std::string_view name, Endpoint endpoint) {
  Refusal refusal = bad_field(
      "model",
      fmt::format("The model `{}` is not available for {} here. GET /v1/models lists those that your key may use.",
                  name.substr(0, 100), programs::to_string(endpoint)));
  refusal.status = 404;
  refusal.code = "model_not_found";
  return refusal;
}

// A picture of another size or quality may cost more than the model's price says.
std::optional<Refusal> check_choice(const json::object& body, std::string_view field,
                                    const std::vector<std::string>& known) {
  const json::value* value = body.if_contains(field);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (std::ranges::find(known, std::string_view(value->get_string())) != known.end()) return std::nullopt;
  return bad_field(std::string(field), known.empty()
                                           ? fmt::format("`{}` cannot be chosen for this model. Leave it out.", field)
                                           : fmt::format("`{}` may be {}.", field, fmt::join(known, ", ")));
}

// The most tokens of one answer.
std::optional<Refusal> read_limit(const json::object& body, Ask& ask, std::int64_t& limit) {
  const std::int64_t most = ask.model->output_tokens;
  limit = most;
  for (const std::string_view field : {"max_tokens", "max_completion_tokens", "max_output_tokens"}) {
    const std::int64_t asked = number_in(body, field, 0);
    if (asked == 0) continue;
    if (asked > most)
      return bad_field(std::string(field), fmt::format("`{}` may be at most {} for {}.", field, most, ask.model->name));
    limit = std::min(limit, asked);
  }
  return std::nullopt;
}

void bound(const json::object& body, std::size_t bytes, const Content& content, std::int64_t limit, Ask& ask) {
  const programs::Model& model = *ask.model;
  const auto text_bytes = std::max<std::int64_t>(static_cast<std::int64_t>(bytes) - content.image_bytes, 0);
  const std::int64_t pictures = content.images * model.image_tokens;
  const std::int64_t around = kOverheadOfCall + content.messages * kOverheadOfMessage;
  // The provider takes no more than the context, for each prompt on its own.
  const bool apart = ask.endpoint == Endpoint::completions || ask.endpoint == Endpoint::embeddings;
  const std::int64_t context = model.context_tokens * (apart ? std::max<std::int64_t>(content.messages, 1) : 1);
  const std::int64_t input = text_bytes + pictures + around;
  ask.worst.input = context > 0 ? std::min(input, context) : input;
  ask.counted.input = std::min(text_bytes / 4 + pictures + 1, ask.worst.input);
  if (ask.endpoint == Endpoint::images) {
    ask.worst.images = number_in(body, "n", 1);
    return;
  }
  if (ask.endpoint == Endpoint::embeddings) return;
  const std::int64_t answers = std::max(number_in(body, "n", 1), number_in(body, "best_of", 1));
  const std::int64_t prompts = ask.endpoint == Endpoint::completions ? content.messages : 1;
  ask.worst.output = limit * answers * prompts;
}

// What goes to the provider instead of what the client wrote.
void rewrite(json::object& body, std::string_view member, Ask& ask) {
  body["model"] = ask.model->upstream_model;
  const bool talks = ask.endpoint == Endpoint::chat || ask.endpoint == Endpoint::responses;
  body.erase("user");
  body.erase("safety_identifier");
  body[talks ? "safety_identifier" : "user"] = member;
  if (talks) body["store"] = false;
  if (!ask.stream) {
    body.erase("stream_options");
    return;
  }
  if (ask.endpoint == Endpoint::responses) return;  // its last event always tells
  json::value& options = body["stream_options"];
  if (!options.is_object()) options = json::object{};
  options.get_object()["include_usage"] = true;
}

}  // namespace

std::optional<Refusal> read_ask(Endpoint endpoint, std::string_view text, const std::vector<programs::Model>& models,
                                std::string_view member, Ask& ask) {
  auto body = parse(text);
  if (!body) return bad_field({}, "The body is not a JSON object, or is nested too deeply.");
  if (auto refusal = check_fields(endpoint, *body)) return refusal;
  const json::value* name = body->if_contains("model");
  if (name == nullptr || !name->is_string()) return bad_field("model", "`model` must name a model.");
  ask.endpoint = endpoint;
  ask.model = programs::find_model(models, name->get_string());
  if (ask.model == nullptr || !ask.model->serves(endpoint)) return no_model(name->get_string(), endpoint);
  Content content;
  if (auto refusal = read_content(endpoint, *body, content)) return refusal;
  if (content.images > 0 && ask.model->image_tokens == 0)
    return bad_field("model", fmt::format("{} reads no images.", ask.model->name));
  if (auto refusal = check_choice(*body, "size", ask.model->image_sizes)) return refusal;
  if (auto refusal = check_choice(*body, "quality", ask.model->image_qualities)) return refusal;
  std::int64_t limit = 0;
  if (auto refusal = read_limit(*body, ask, limit)) return refusal;
  ask.stream = flag_in(*body, "stream");
  if (const json::value* options = body->if_contains("stream_options"); options != nullptr && options->is_object())
    ask.wants_usage = flag_in(options->get_object(), "include_usage");
  bound(*body, text.size(), content, limit, ask);
  rewrite(*body, member, ask);
  ask.body = json::serialize(*body);
  return std::nullopt;
}

}  // namespace bursary::gateway
