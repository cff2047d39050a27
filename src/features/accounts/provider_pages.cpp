// To an OpenID provider and back. The way there is a link that changes nothing; what comes back is posted by a page of
// ours, so that no address that somebody was led to signs anybody in.
#include <spdlog/spdlog.h>

#include "base/crypto.h"
#include "features/accounts/account_state.h"
#include "features/accounts/attempt.h"
#include "features/accounts/identities.h"
#include "features/accounts/page.h"
#include "features/accounts/pages.h"
#include "features/accounts/provider_back.html.h"
#include "features/accounts/provider_go.html.h"
#include "features/accounts/provider_view.h"
#include "features/accounts/providers.h"
#include "web/form_data.h"

namespace bursary::accounts {
namespace {

constexpr std::size_t kLongestCode = 4096;

web::Response not_found(const Parts& parts, const web::Request& request, const web::Context& context) {
  return refused(parts, request, context, Error{ErrorKind::not_found, "problem.not_found", {}, {}});
}

const Provider* provider_in(const Parts& parts, const web::Context& context) {
  return parts.providers ? parts.providers->find(context.path_value("provider")) : nullptr;
}

void keep_attempt(web::Response& response, const web::Request& request, const Parts& parts, const Attempt& attempt) {
  web::set_cookie(response, request, {std::string(kAttemptCookie), to_cookie(parts, attempt), kAttemptLife});
}

web::Response ended(const Parts& parts, const web::Context& context, const Phrase& why, int status) {
  html::Writer body(context.phrases);
  tpl::accounts::provider_back(body, {{}, {}, {}, why});
  return in_layout(parts, context, context.phrases.text("accounts.provider.ended_title"), body, status);
}

// What went wrong is for the log; a person is told what to do.
web::Response ended(const Parts& parts, const web::Request& request, const web::Context& context,
                    const Provider& provider, const Error& error) {
  if (error.kind != ErrorKind::conflict)
    spdlog::warn("request {}: sign-in with {} failed: {}", request.id, provider.key, error.detail);
  return ended(parts, context, error.message, web::status_of(error));
}

}  // namespace

std::vector<ProviderView> provider_views(const Parts& parts) {
  std::vector<ProviderView> views;
  if (!parts.providers) return views;
  for (const Provider& one : parts.providers->all()) views.push_back({one.key, one.name});
  return views;
}

std::vector<site::WayIn> ways_in(const Parts& parts) {
  std::vector<site::WayIn> ways;
  for (const ProviderView& one : provider_views(parts)) ways.push_back({one.name, "/log-in/with/" + one.key});
  return ways;
}

web::Response go_to_provider(const Parts& parts, const web::Request& request, const web::Context& context) {
  const Provider* provider = provider_in(parts, context);
  if (provider == nullptr) return not_found(parts, request, context);
  const Attempt attempt =
      begin_attempt(parts, provider->key, next_or(request.parameter("next").value_or(""), kHome), std::nullopt);
  const auto address =
      parts.providers->authorization_address(*provider, secrets_of(parts, attempt), back_address(parts, *provider));
  if (!address) return ended(parts, request, context, *provider, address.error());
  web::Response response = web::see_other_site(*address);
  keep_attempt(response, request, parts, attempt);
  return response;
}

web::Response connect_provider(const Parts& parts, const web::Request& request, const web::Context& context) {
  const Provider* provider = provider_in(parts, context);
  if (provider == nullptr) return not_found(parts, request, context);
  if (auto closed = ways_in_closed(parts, context)) return refused(parts, request, context, *closed);
  const Attempt attempt = begin_attempt(parts, provider->key, "/my/account?done=identity", context.viewer.person);
  const auto address =
      parts.providers->authorization_address(*provider, secrets_of(parts, attempt), back_address(parts, *provider));
  if (!address) return ended(parts, request, context, *provider, address.error());
  html::Writer body(context.phrases);
  tpl::accounts::provider_go(body, {provider->name, *address});
  web::Response response = in_layout(parts, context, context.phrases.text("accounts.account.providers"), body);
  keep_attempt(response, request, parts, attempt);
  return response;
}

web::Response show_back(const Parts& parts, const web::Request& request, const web::Context& context) {
  const Provider* provider = provider_in(parts, context);
  if (provider == nullptr) return not_found(parts, request, context);
  const std::string code = request.parameter("code").value_or(""), state = request.parameter("state").value_or("");
  if (code.empty() || code.size() > kLongestCode) return ended(parts, context, "accounts.provider.cancelled", 422);
  html::Writer body(context.phrases);
  tpl::accounts::provider_back(body, {request.path, code, state, {}});
  return in_layout(parts, context, context.phrases.text("accounts.provider.back_title"), body);
}

web::Response take_back(const Parts& parts, const web::Request& request, const web::Context& context) {
  const Provider* provider = provider_in(parts, context);
  if (provider == nullptr) return not_found(parts, request, context);
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const auto attempt = read_attempt(parts, cookie(request, kAttemptCookie));
  // Without our cookie, or with another's state, somebody else began this.
  if (!attempt || attempt->provider != provider->key) return ended(parts, context, "accounts.provider.stale", 422);
  const AttemptSecrets secrets = secrets_of(parts, *attempt);
  if (!same_secret(form->get("state"), secrets.state)) return ended(parts, context, "accounts.provider.stale", 422);
  const auto claims = parts.providers->redeem(*provider, form->get("code"), secrets, back_address(parts, *provider));
  if (!claims) return ended(parts, request, context, *provider, claims.error());
  web::Response response = web::see_other(attempt->next);
  web::set_cookie(response, request, {std::string(kAttemptCookie), "", std::chrono::seconds(0)});
  if (attempt->person) {
    if (context.viewer.person != attempt->person) return ended(parts, context, "accounts.provider.stale", 422);
    if (auto closed = ways_in_closed(parts, context)) return refused(parts, request, context, *closed);
    const auto connected = connect_identity(parts, *attempt->person, *provider, *claims);
    if (!connected) return ended(parts, request, context, *provider, connected.error());
    return response;
  }
  const auto session = enter_by_provider(parts, *provider, *claims, Visitor::of(request));
  if (!session) return ended(parts, request, context, *provider, session.error());
  keep_session(response, request, *session);
  return response;
}

web::Response drop_identity(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  if (auto closed = ways_in_closed(parts, context)) return refused(parts, request, context, *closed);
  const auto removed = remove_identity(parts, person_of(context), form->get("issuer"), form->get("subject"));
  if (!removed) return refused(parts, request, context, removed.error());
  return *removed ? web::see_other("/my/account?done=identity_removed") : not_found(parts, request, context);
}

}  // namespace bursary::accounts
