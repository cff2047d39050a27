#include "features/accounts/id_token.h"

#include <cjose/cjose.h>

#include <boost/json.hpp>
#include <memory>

#include "base/crypto.h"
#include "features/accounts/provider_answer.h"

namespace bursary::accounts {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestToken = 32768;
constexpr std::string_view kTokenAlgorithms[] = {"RS256", "PS256", "ES256"};
constexpr std::size_t kLongestSubject = 255;  // section 2

using Signature = std::unique_ptr<cjose_jws_t, void (*)(cjose_jws_t*)>;
using Key = std::unique_ptr<cjose_jwk_t, void (*)(cjose_jwk_t*)>;

std::optional<std::int64_t> seconds_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  boost::system::error_code problem;
  const double seconds = value->to_number<double>(problem);
  if (problem || !(seconds > 0 && seconds < 1e11)) return std::nullopt;
  return static_cast<std::int64_t>(seconds);
}

// The type of key that an algorithm takes: a token must not choose how its own key is read.
std::string_view type_for(std::string_view algorithm) { return algorithm == "ES256" ? "EC" : "RSA"; }

// The key by the token's name for it; without a name the only one of its type.
std::optional<std::string> key_for(const json::object& set, const std::string& name, std::string_view algorithm) {
  const auto* list = set.if_contains("keys");
  if (list == nullptr || !list->is_array()) return std::nullopt;
  std::optional<std::string> found;
  for (const json::value& one : list->get_array()) {
    if (!one.is_object()) continue;
    const json::object& key = one.get_object();
    if (text_in(key, "kty") != type_for(algorithm)) continue;
    if (const std::string use = text_in(key, "use"); !use.empty() && use != "sig") continue;
    if (!name.empty() && text_in(key, "kid") != name) continue;
    if (found) return name.empty() ? std::nullopt : found;
    found = json::serialize(key);
  }
  return found;
}

// The payload, once the signature holds.
Result<json::object> signed_by(std::string_view token, std::string_view keys) {
  if (token.size() > kLongestToken) return provider_refused("a token that is too long");
  const auto dot = token.find('.');
  const auto head = dot == std::string_view::npos ? std::nullopt : from_base64url(token.substr(0, dot));
  const json::object header = head ? object_in(*head) : json::object();
  const std::string algorithm = text_in(header, "alg");
  if (std::ranges::find(kTokenAlgorithms, algorithm) == std::ranges::end(kTokenAlgorithms))
    return provider_refused("algorithm " + algorithm);
  if (header.contains("crit")) return provider_refused("critical headers");
  const auto text = key_for(object_in(keys), text_in(header, "kid"), algorithm);
  if (!text) return fail(ErrorKind::not_found, "accounts.provider.refused", "the provider has no such key");
  cjose_err problem{};
  const Key key(cjose_jwk_import(text->data(), text->size(), &problem), [](cjose_jwk_t* k) { cjose_jwk_release(k); });
  const Signature signature(cjose_jws_import(token.data(), token.size(), &problem), cjose_jws_release);
  if (!key || !signature) return provider_refused("a token or key that cannot be read");
  if (!cjose_jws_verify(signature.get(), key.get(), &problem)) return provider_refused("the signature does not hold");
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!cjose_jws_get_plaintext(signature.get(), &bytes, &size, &problem)) return provider_refused("no payload");
  return object_in({static_cast<const char*>(static_cast<const void*>(bytes)), size});
}

bool is_for_client(const json::object& claims, const std::string& client) {
  const auto* audience = claims.if_contains("aud");
  if (audience == nullptr) return false;
  if (audience->is_string()) return audience->get_string() == client;
  if (!audience->is_array()) return false;
  const auto& list = audience->get_array();
  const bool named = std::any_of(list.begin(), list.end(),
                                 [&](const json::value& one) { return one.is_string() && one.get_string() == client; });
  return named && (list.size() == 1 || text_in(claims, "azp") == client);
}

std::string problem_with(const json::object& claims, const ExpectedToken& expected) {
  if (text_in(claims, "iss") != expected.issuer) return "another issuer";
  if (!is_for_client(claims, expected.client_id)) return "for another client";
  if (const std::string party = text_in(claims, "azp"); !party.empty() && party != expected.client_id)
    return "for another party";
  const auto expires = seconds_in(claims, "exp"), issued = seconds_in(claims, "iat");
  const std::int64_t now = expected.now.micros / 1'000'000;
  if (!expires || *expires + kClockSlack.count() <= now) return "expired";
  if (!issued || *issued - kClockSlack.count() > now) return "from the future";
  if (!same_secret(text_in(claims, "nonce"), expected.nonce)) return "of another attempt";
  const std::string subject = text_in(claims, "sub");
  return subject.empty() || subject.size() > kLongestSubject ? "no subject" : "";
}

}  // namespace

Result<Claims> check_id_token(std::string_view token, std::string_view keys, const ExpectedToken& expected) {
  const Result<json::object> payload = signed_by(token, keys);
  if (!payload) return fail(payload.error());
  if (std::string problem = problem_with(*payload, expected); !problem.empty())
    return provider_refused(std::move(problem));
  const auto* verified = payload->if_contains("email_verified");
  // Some providers write the boolean as text.
  const bool is_verified = verified != nullptr && ((verified->is_bool() && verified->get_bool()) ||
                                                   (verified->is_string() && verified->get_string() == "true"));
  return Claims{expected.issuer, text_in(*payload, "sub"), text_in(*payload, "name"), text_in(*payload, "email"),
                is_verified};
}

}  // namespace bursary::accounts
