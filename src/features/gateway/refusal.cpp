#include "features/gateway/refusal.h"

#include <boost/json.hpp>

namespace bursary::gateway {
namespace {

boost::json::value text_or_null(const std::string& text) {
  if (text.empty()) return nullptr;
  return boost::json::value(text);
}

}  // namespace

web::Response to_response(const Refusal& refusal) {
  const boost::json::object error{{"message", refusal.message},
                                  {"type", refusal.type},
                                  {"param", text_or_null(refusal.param)},
                                  {"code", text_or_null(refusal.code)}};
  web::Response response = web::json(boost::json::serialize(boost::json::object{{"error", error}}), refusal.status);
  if (refusal.retry_after) response.header("Retry-After", std::to_string(refusal.retry_after->count()));
  return response;
}

Refusal bad_field(std::string param, std::string message) {
  Refusal refusal;
  refusal.code = "invalid_value";
  refusal.message = std::move(message);
  refusal.param = std::move(param);
  return refusal;
}

}  // namespace bursary::gateway
