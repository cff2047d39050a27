#include "features/accounts/openid.h"

#include <boost/json.hpp>

#include "base/crypto.h"
#include "features/accounts/id_token.h"
#include "features/accounts/provider_answer.h"
#include "web/form_data.h"

namespace bursary::accounts {
namespace {

namespace json = boost::json;

constexpr std::chrono::hours kKeptFor{1};
constexpr std::chrono::minutes kKeysAgainAfter{1};  // a token with an unknown key asks for the set, at most so often

std::string form_of(const std::vector<std::pair<std::string_view, std::string>>& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (!form.empty()) form += '&';
    form.append(name).append("=").append(web::percent_encode(value));
  }
  return form;
}

std::string base64_of(const std::string& bytes) {
  std::string text = to_base64url(bytes);
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  while (text.size() % 4 != 0) text += '=';
  return text;
}

bool says(const json::object& about, std::string_view list, std::string_view word) {
  const auto* value = about.if_contains(list);
  if (value == nullptr || !value->is_array()) return false;
  const auto& words = value->get_array();
  return std::any_of(words.begin(), words.end(),
                     [&](const json::value& one) { return one.is_string() && one.get_string() == word; });
}

}  // namespace

OpenIdProviders::OpenIdProviders(std::vector<Provider> providers, web::Fetcher& fetcher, const Clock& clock)
    : providers_(std::move(providers)), fetcher_(fetcher), clock_(clock) {}

const Provider* OpenIdProviders::find(std::string_view key) const {
  const auto found = std::ranges::find(providers_, key, &Provider::key);
  return found == providers_.end() ? nullptr : &*found;
}

Result<std::string> OpenIdProviders::fetch_text(const Provider& provider, const std::string& url) const {
  web::OutgoingRequest request;
  request.url = url;
  request.headers = {{"Accept", "application/json"}};
  request.private_network = provider.private_network;
  auto answer = fetcher_.fetch(request);
  if (!answer) return fail(std::move(answer).error());
  if (answer->status != 200)
    return fail(ErrorKind::unavailable, "problem.outside", fmt::format("{} answered {}", url, answer->status));
  return std::move(answer->body);
}

// OpenID Connect Discovery 1.0, section 4.
Result<OpenIdProviders::Published> OpenIdProviders::discover(const Provider& provider) const {
  std::string issuer = provider.issuer;
  if (issuer.ends_with('/')) issuer.pop_back();
  const auto text = fetch_text(provider, issuer + "/.well-known/openid-configuration");
  if (!text) return fail(text.error());
  const json::object about = object_in(*text);
  if (text_in(about, "issuer") != provider.issuer) return provider_refused("the provider calls itself otherwise");
  Published published;
  published.authorization = text_in(about, "authorization_endpoint");
  published.token = text_in(about, "token_endpoint");
  published.keys_address = text_in(about, "jwks_uri");
  constexpr std::string_view kMethods = "token_endpoint_auth_methods_supported";
  published.secret_in_body = about.contains(kMethods) && !says(about, kMethods, "client_secret_basic");
  if (published.authorization.empty() || published.token.empty() || published.keys_address.empty())
    return provider_refused("the provider publishes too little");
  auto keys = fetch_text(provider, published.keys_address);
  if (!keys) return fail(std::move(keys).error());
  published.keys = std::move(*keys);
  published.read_at = published.keys_read_at = clock_.now();
  return published;
}

// Asked outside the lock: two at once may both ask, and the later answer stays.
Result<OpenIdProviders::Published> OpenIdProviders::published(const Provider& provider) const {
  {
    const std::lock_guard lock(mutex_);
    const auto known = published_.find(provider.key);
    if (known != published_.end() && clock_.now() - known->second.read_at < kKeptFor) return known->second;
  }
  Result<Published> fresh = discover(provider);
  if (!fresh) return fresh;
  const std::lock_guard lock(mutex_);
  published_[provider.key] = *fresh;
  return fresh;
}

Result<std::string> OpenIdProviders::authorization_address(const Provider& provider, const AttemptSecrets& secrets,
                                                           std::string_view back) const {
  const auto about = published(provider);
  if (!about) return fail(about.error());
  const std::string challenge = to_base64url(bytes_of(sha256(secrets.verifier)));
  const std::string query = form_of({{"response_type", "code"},
                                     {"client_id", provider.client_id},
                                     {"redirect_uri", std::string(back)},
                                     {"scope", provider.scopes},
                                     {"state", secrets.state},
                                     {"nonce", secrets.nonce},
                                     {"code_challenge", challenge},
                                     {"code_challenge_method", "S256"}});
  const bool has_query = about->authorization.find('?') != std::string::npos;
  return about->authorization + (has_query ? "&" : "?") + query;
}

Result<std::string> OpenIdProviders::id_token(const Provider& provider, const Published& about, std::string_view code,
                                              const AttemptSecrets& secrets, std::string_view back) const {
  std::vector<std::pair<std::string_view, std::string>> fields = {{"grant_type", "authorization_code"},
                                                                  {"code", std::string(code)},
                                                                  {"redirect_uri", std::string(back)},
                                                                  {"code_verifier", secrets.verifier}};
  web::OutgoingRequest request;
  request.url = about.token;
  request.method = "POST";
  request.private_network = provider.private_network;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  const bool basic = !provider.client_secret.empty() && !about.secret_in_body;
  if (basic) {
    // RFC 6749 section 2.3.1: each part is form-encoded first.
    const std::string pair =
        web::percent_encode(provider.client_id) + ':' + web::percent_encode(provider.client_secret);
    request.headers.emplace_back("Authorization", "Basic " + base64_of(pair));
  } else {
    fields.emplace_back("client_id", provider.client_id);
    if (!provider.client_secret.empty()) fields.emplace_back("client_secret", provider.client_secret);
  }
  request.body = form_of(fields);
  const auto answer = fetcher_.fetch(request);
  if (!answer) return fail(answer.error());
  if (answer->status != 200) return provider_refused(fmt::format("the token endpoint answered {}", answer->status));
  return text_in(object_in(answer->body), "id_token");
}

Result<Claims> OpenIdProviders::redeem(const Provider& provider, std::string_view code, const AttemptSecrets& secrets,
                                       std::string_view back) const {
  auto about = published(provider);
  if (!about) return fail(about.error());
  const auto token = id_token(provider, *about, code, secrets, back);
  if (!token) return fail(token.error());
  const ExpectedToken expected{provider.issuer, provider.client_id, secrets.nonce, clock_.now()};
  Result<Claims> claims = check_id_token(*token, about->keys, expected);
  const bool new_key = !claims && claims.error().kind == ErrorKind::not_found;
  if (!new_key || clock_.now() - about->keys_read_at < kKeysAgainAfter) {
    if (new_key) return provider_refused(claims.error().detail);
    return claims;
  }
  // The provider has changed its keys since.
  const auto keys = fetch_text(provider, about->keys_address);
  if (!keys) return fail(keys.error());
  {
    const std::lock_guard lock(mutex_);
    published_[provider.key].keys = *keys;
    published_[provider.key].keys_read_at = clock_.now();
  }
  claims = check_id_token(*token, *keys, expected);
  if (!claims && claims.error().kind == ErrorKind::not_found) return provider_refused(claims.error().detail);
  return claims;
}

}  // namespace bursary::accounts
