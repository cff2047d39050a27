// Showing once more who one is, before something that an open browser must not do.
#include "features/accounts/account_view.h"
#include "features/accounts/confirm.html.h"
#include "features/accounts/page.h"
#include "features/accounts/pages.h"
#include "features/accounts/passkeys.h"
#include "features/accounts/password_sign_in.h"
#include "web/form_data.h"

namespace bursary::accounts {
namespace {

web::Response confirm_page(const Parts& parts, const web::Context& context, std::string next, const Error* error) {
  const html::Phrasebook& phrases = context.phrases;
  ConfirmView view = parts.database.read([&](db::Tx& tx) {
    ConfirmView ways;
    ways.passkey = !passkeys_of(tx, person_of(context)).empty();
    ways.password = password_state(tx, person_of(context)).set;
    return ways;
  });
  view.form_token = context.form_token;
  view.next = std::move(next);
  if (error != nullptr) {
    view.refused.field = error->fields.empty() ? "password" : error->fields.front().field;
    view.refused.problem = phrases.text(error->message);
  }
  html::Writer body(phrases);
  tpl::accounts::confirm(body, view);
  return in_layout(
      parts, context,
      (error == nullptr ? "" : phrases.text("problem.error_prefix")) + phrases.text("accounts.confirm.title"), body,
      error == nullptr ? 200 : web::status_of(*error));
}

}  // namespace

web::Response show_confirm(const Parts& parts, const web::Request& request, const web::Context& context) {
  return confirm_page(parts, context, next_or(request.parameter("next").value_or(""), kAccount), nullptr);
}

web::Response take_confirm(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const std::string next = next_or(form->get("next"), kAccount);
  const auto session =
      confirm_by_password(parts, person_of(context), form->get("password"), form->get("code"), Visitor::of(request));
  if (!session && session.error().kind == ErrorKind::unavailable)
    return refused(parts, request, context, session.error());
  if (!session) return confirm_page(parts, context, next, &session.error());
  web::Response response = web::see_other(next);
  keep_session(response, request, *session);
  return response;
}

}  // namespace bursary::accounts
