#include "features/accounts/provider_answer.h"

namespace bursary::accounts {
namespace json = boost::json;

tl::unexpected<Error> provider_refused(std::string why) {
  return fail(ErrorKind::forbidden, "accounts.provider.refused", std::move(why));
}

json::object object_in(std::string_view text) {
  boost::system::error_code problem;
  auto parsed = json::parse(text, problem);
  return problem || !parsed.is_object() ? json::object() : std::move(parsed.get_object());
}

std::string text_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace bursary::accounts
