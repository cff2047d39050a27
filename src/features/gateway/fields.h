// The fields of each endpoint that may go to the provider, and what they may hold. Private to the gateway.
#pragma once
#include <boost/json.hpp>
#include <optional>

#include "features/gateway/ask.h"

namespace bursary::gateway {

// Nothing: every field is one of the endpoint's and holds what it may.
std::optional<Refusal> check_fields(Endpoint endpoint, const boost::json::object& body);

// What the texts of a call hold that bytes do not tell.
struct Content {
  std::int64_t messages = 0;     // or prompts, or items
  std::int64_t images = 0;       // that are looked at
  std::int64_t image_bytes = 0;  // of the body, that are no text
};
// Walks messages, prompt or input. Refuses parts that cost what nobody can bound, and what names something that the
// provider keeps.
std::optional<Refusal> read_content(Endpoint endpoint, const boost::json::object& body, Content& content);

}  // namespace bursary::gateway
