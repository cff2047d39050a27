#include "features/accounts/attempt.h"

#include <boost/json.hpp>

#include "base/crypto.h"
#include "web/response.h"

namespace bursary::accounts {
namespace {

namespace json = boost::json;

std::string made_of(const Parts& parts, const char* what, const std::string& text) {
  return to_base64url(bytes_of(hmac_sha256(parts.secret, fmt::format("bursary provider {} 1\n{}", what, text))));
}

}  // namespace

Attempt begin_attempt(const Parts& parts, std::string_view provider, std::string_view next,
                      std::optional<web::PersonId> person) {
  return {random_token(parts.random), std::string(provider), std::string(next), person,
          parts.clock.now() + kAttemptLife};
}

std::string to_cookie(const Parts& parts, const Attempt& attempt) {
  const json::object object{{"id", attempt.id},
                            {"provider", attempt.provider},
                            {"next", attempt.next},
                            {"person", attempt.person ? attempt.person->value : 0},
                            {"expires", attempt.expires_at.micros}};
  const std::string text = to_base64url(json::serialize(object));
  return text + '.' + made_of(parts, "cookie", text);
}

std::optional<Attempt> read_attempt(const Parts& parts, std::string_view cookie) {
  const auto dot = cookie.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string text(cookie.substr(0, dot));
  if (!same_secret(cookie.substr(dot + 1), made_of(parts, "cookie", text))) return std::nullopt;
  // It is what we wrote: nobody else could sign it.
  const json::object object = json::parse(from_base64url(text).value_or("")).as_object();
  Attempt attempt;
  attempt.id = object.at("id").as_string();
  attempt.provider = object.at("provider").as_string();
  attempt.next = object.at("next").as_string();
  if (const std::int64_t person = object.at("person").as_int64(); person != 0) attempt.person = web::PersonId{person};
  attempt.expires_at = Instant{object.at("expires").as_int64()};
  if (attempt.expires_at <= parts.clock.now()) return std::nullopt;
  return attempt;
}

AttemptSecrets secrets_of(const Parts& parts, const Attempt& attempt) {
  return {made_of(parts, "state", attempt.id), made_of(parts, "nonce", attempt.id),
          made_of(parts, "verifier", attempt.id)};
}

std::string back_address(const Parts& parts, const Provider& provider) {
  return parts.public_address + "/log-in/with/" + provider.key + "/back";
}

}  // namespace bursary::accounts
