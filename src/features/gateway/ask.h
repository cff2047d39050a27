// A call as a client sent it: what it asks for, what it can cost at most, and the body that goes to the provider. Only
// fields whose cost is known and bounded are let through (fields.cpp lists them), and nothing that the provider would
// keep. Private to the gateway.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/gateway/price.h"
#include "features/gateway/refusal.h"
#include "features/programs/models.h"

namespace bursary::gateway {

using programs::Endpoint;

struct Ask {
  Endpoint endpoint = Endpoint::chat;
  const programs::Model* model = nullptr;  // as long as the program lives
  bool stream = false;
  bool wants_usage = false;  // of a stream: the client asked for the event that tells it
  Usage worst;               // the most that the provider can bill for
  Usage counted;             // of the input: what it is likely to be, for when nobody tells
  std::string body;          // for the provider
};

// `member` is the pseudonym that goes to the provider in place of whatever the client calls its user. `body` as it
// came; anything may be in it. Nothing: `ask` is whole.
std::optional<Refusal> read_ask(Endpoint endpoint, std::string_view body, const std::vector<programs::Model>& models,
                                std::string_view member, Ask& ask);

// How the bound is reckoned: no token is shorter than a byte of the text that it stands for, and around the texts the
// provider puts a few of its own.
inline constexpr std::int64_t kOverheadOfCall = 64;     // tokens
inline constexpr std::int64_t kOverheadOfMessage = 16;  // tokens
inline constexpr std::int64_t kMostAnswers = 16;        // n, best_of, images

}  // namespace bursary::gateway
