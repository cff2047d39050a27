// Why a call is not let through, in the shape that OpenAI's clients read. Private to the gateway.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "web/response.h"

namespace bursary::gateway {

struct Refusal {
  int status = 400;
  std::string type = "invalid_request_error";
  std::string code = {};     // empty: null
  std::string message = {};  // says what to do
  std::string param = {};    // the field that it is about; empty: null
  std::optional<std::chrono::seconds> retry_after = std::nullopt;
};
web::Response to_response(const Refusal& refusal);

Refusal bad_field(std::string param, std::string message);

}  // namespace bursary::gateway
