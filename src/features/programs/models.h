// What the gateway serves and what it costs, read from models.toml. Public: programs.h lists it.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bursary::programs {

// The kinds of call, by the last part of their path.
enum class Endpoint { chat, completions, responses, embeddings, images };
inline constexpr int kEndpoints = 5;
std::string_view to_string(Endpoint endpoint);

// Nano-units for a million tokens, for an image, for a request. Nothing finer is needed to charge each call exactly:
// features/gateway/price.h rounds a call up to the next nano-unit.
struct Prices {
  std::int64_t input = 0, cached_input = 0, output = 0;  // for a million tokens
  std::int64_t image = 0;                                // for an image that was made
  std::int64_t request = 0;
};

struct Model {
  std::string name;  // what clients ask for
  std::vector<std::string> aliases;
  std::string upstream;        // names one of the operator's
  std::string upstream_model;  // what that one calls it
  std::set<Endpoint> endpoints;
  bool restricted = false;  // only with an entitlement of the award
  std::int64_t context_tokens = 0;
  std::int64_t output_tokens = 0;  // the most that one answer may have, and what is reserved when a call names no limit
  std::int64_t image_tokens = 0;   // input tokens that an image counts as at most; 0: takes none
  std::vector<std::string> image_sizes, image_qualities;  // that may be chosen: all at the price below
  std::string currency;
  Prices prices;

  bool serves(Endpoint endpoint) const { return endpoints.contains(endpoint); }
};

// By its name or an alias.
const Model* find_model(const std::vector<Model>& models, std::string_view name);

}  // namespace bursary::programs
