// Staff signing in: the page with every way, and the two halves of a password.
#include "features/accounts/ceremony.h"
#include "features/accounts/link_view.h"
#include "features/accounts/page.h"
#include "features/accounts/pages.h"
#include "features/accounts/password_sign_in.h"
#include "features/accounts/providers.h"
#include "features/accounts/second_factor.html.h"
#include "features/accounts/sign_in.html.h"
#include "web/form_data.h"

namespace bursary::accounts {
namespace {

constexpr std::string_view kConsole = "/staff";

web::Response sign_in_page(const Parts& parts, const web::Context& context, const Phrase& problem, std::string typed,
                           int status) {
  const html::Phrasebook& phrases = context.phrases;
  html::Writer body(phrases);
  tpl::accounts::sign_in(
      body, {context.viewer.is_staff(), context.viewer.name, context.form_token,
             problem.empty() ? std::string() : phrases.text(problem), std::move(typed), provider_views(parts)});
  return in_layout(
      parts, context,
      (problem.empty() ? "" : phrases.text("problem.error_prefix")) + phrases.text("accounts.sign_in.title"), body,
      status);
}

web::Response second_page(const Parts& parts, const web::Request& request, const web::Context& context,
                          const Phrase& problem, int status) {
  const html::Phrasebook& phrases = context.phrases;
  const bool awaited = parts.database.read([&](db::Tx& tx) {
    return find_ceremony(tx, parts, CeremonyKind::second_factor, cookie(request, kAwaitedCookie)).has_value();
  });
  html::Writer body(phrases);
  tpl::accounts::second_factor(body, {awaited, problem.empty() ? std::string() : phrases.text(problem)});
  return in_layout(parts, context, phrases.text(awaited ? "accounts.second.title" : "accounts.second.none_title"), body,
                   status);
}

}  // namespace

web::Response show_sign_in(const Parts& parts, const web::Request&, const web::Context& context) {
  return sign_in_page(parts, context, {}, {}, 200);
}

web::Response take_password(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const std::string email = form->get("email");
  const auto begun = begin_by_password(parts, email, form->get("password"), cookie(request, kDeviceCookie));
  if (!begun) {
    const Error& error = begun.error();
    if (error.kind == ErrorKind::unavailable) return refused(parts, request, context, error);
    return sign_in_page(parts, context, error.message, email, web::status_of(error));
  }
  web::Response response = web::see_other("/staff/sign-in/code");
  web::set_cookie(response, request, {std::string(kAwaitedCookie), *begun, kSecondFactorLife});
  return response;
}

web::Response show_second_factor(const Parts& parts, const web::Request& request, const web::Context& context) {
  return second_page(parts, request, context, {}, 200);
}

web::Response take_second_factor(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const auto admitted = finish_by_code(parts, cookie(request, kAwaitedCookie), form->get("code"), Visitor::of(request));
  if (!admitted) {
    const Error& error = admitted.error();
    if (error.kind == ErrorKind::unavailable) return refused(parts, request, context, error);
    const bool over = error.kind == ErrorKind::conflict;
    return second_page(parts, request, context, over ? Phrase() : error.message, web::status_of(error));
  }
  web::Response response = web::see_other(std::string(kConsole));
  keep_session(response, request, admitted->session);
  web::set_cookie(response, request, {std::string(kDeviceCookie), admitted->device, kDeviceLife});
  web::set_cookie(response, request, {std::string(kAwaitedCookie), "", std::chrono::seconds(0)});
  return response;
}

}  // namespace bursary::accounts
