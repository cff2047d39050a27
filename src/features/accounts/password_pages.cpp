// Setting up a password with its app, and recovery codes.
#include "features/accounts/account_state.h"
#include "features/accounts/account_view.h"
#include "features/accounts/code_app.html.h"
#include "features/accounts/code_picture.h"
#include "features/accounts/page.h"
#include "features/accounts/pages.h"
#include "features/accounts/password_sign_in.h"
#include "features/accounts/recovery_codes.html.h"
#include "features/accounts/second_factor.h"
#include "web/form_data.h"

namespace bursary::accounts {
namespace {

constexpr std::string_view kPath = "/my/account/password/";

web::Response codes_page(const Parts& parts, const web::Context& context, const std::vector<std::string>& codes) {
  html::Writer body(context.phrases);
  tpl::accounts::recovery_codes(body, {codes});
  return in_layout(parts, context, context.phrases.text("accounts.recovery.title"), body);
}

web::Response app_page(const Parts& parts, const web::Request& request, const web::Context& context,
                       const Error* error) {
  const html::Phrasebook& phrases = context.phrases;
  const std::string& begun = context.path_value("begun");
  const auto id = parts.database.read([&](db::Tx& tx) { return code_app_begun(tx, parts, person_of(context), begun); });
  if (!id) return refused(parts, request, context, Error{ErrorKind::not_found, "problem.not_found", {}, {}});
  const auto program = parts.programs.current();
  const std::string account = context.viewer.emails.empty() ? context.viewer.name : context.viewer.emails.front();
  const CodeAppSecret secret = code_app_secret(parts, *id, program->name.in(phrases.tag()), account);
  CodeAppView view{
      context.form_token, std::string(kPath) + begun, code_picture(secret.uri), secret.typed, secret.uri, {}};
  if (error != nullptr) {
    view.refused = {error->fields.empty() ? "code" : error->fields.front().field, phrases.text(error->message), {}};
  }
  html::Writer body(phrases);
  tpl::accounts::code_app(body, view);
  return in_layout(
      parts, context,
      (error == nullptr ? "" : phrases.text("problem.error_prefix")) + phrases.text("accounts.code_app.title"), body,
      error == nullptr ? 200 : web::status_of(*error));
}

}  // namespace

web::Response begin_password(const Parts& parts, const web::Request& request, const web::Context& context) {
  if (auto closed = ways_in_closed(parts, context)) return refused(parts, request, context, *closed);
  const auto begun = begin_code_app(parts, person_of(context));
  return begun ? web::see_other(std::string(kPath) + *begun) : refused(parts, request, context, begun.error());
}

web::Response show_code_app(const Parts& parts, const web::Request& request, const web::Context& context) {
  return app_page(parts, request, context, nullptr);
}

web::Response finish_password(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  if (auto closed = ways_in_closed(parts, context)) return refused(parts, request, context, *closed);
  std::vector<std::string> own = context.viewer.emails;
  own.push_back(context.viewer.name);
  const auto codes = set_password_and_app(parts, person_of(context), context.path_value("begun"), form->get("code"),
                                          form->get("password"), own);
  if (codes) return codes_page(parts, context, *codes);
  if (codes.error().kind != ErrorKind::invalid) return refused(parts, request, context, codes.error());
  return app_page(parts, request, context, &codes.error());
}

web::Response drop_password(const Parts& parts, const web::Request& request, const web::Context& context) {
  if (auto closed = ways_in_closed(parts, context)) return refused(parts, request, context, *closed);
  const auto removed = remove_password(parts, person_of(context));
  return removed ? web::see_other("/my/account?done=password_removed")
                 : refused(parts, request, context, removed.error());
}

web::Response renew_recovery_codes(const Parts& parts, const web::Request& request, const web::Context& context) {
  if (auto closed = ways_in_closed(parts, context)) return refused(parts, request, context, *closed);
  const auto codes = new_recovery_codes(parts, person_of(context));
  return codes ? codes_page(parts, context, *codes) : refused(parts, request, context, codes.error());
}

}  // namespace bursary::accounts
