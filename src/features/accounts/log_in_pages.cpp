// Logging in by mail: ask, type the code or open the link, log out.
#include "features/accounts/code.html.h"
#include "features/accounts/log_in_view.h"
#include "features/accounts/mail_link.html.h"
#include "features/accounts/mail_sign_in.h"
#include "features/accounts/page.h"
#include "features/accounts/pages.h"
#include "features/accounts/sessions.h"
#include "features/accounts/staff_link.h"
#include "features/site/site.h"
#include "web/cookies.h"
#include "web/form_data.h"

namespace bursary::accounts {
namespace {

constexpr std::string_view kBrowserCookie = "log_in";  // names the request whose code is awaited

web::Response code_page(const Parts& parts, const web::Request& request, const web::Context& context,
                        const Phrase& problem, int status) {
  const auto email =
      parts.database.read([&](db::Tx& tx) { return address_asked(tx, parts, cookie(request, kBrowserCookie)); });
  const html::Phrasebook& phrases = context.phrases;
  html::Writer body(phrases);
  tpl::accounts::code(body, {email.value_or(""), problem.empty() ? std::string() : phrases.text(problem)});
  const std::string_view title = email ? "accounts.code.title" : "accounts.code.none_title";
  return in_layout(parts, context, (problem.empty() ? "" : phrases.text("problem.error_prefix")) + phrases.text(title),
                   body, status);
}

Phrase mail_link_problem(LinkState state) {
  switch (state) {
    case LinkState::usable:
      return {};
    case LinkState::used:
      return "accounts.mail_link.used";
    case LinkState::replaced:
      return "accounts.mail_link.replaced";
    case LinkState::expired:
      return "accounts.mail_link.expired";
    case LinkState::unknown:
      return "accounts.mail_link.unknown";
  }
  return "accounts.mail_link.unknown";
}

web::Response mail_link_page(const Parts& parts, const web::Request& request, const web::Context& context) {
  const std::string& link = context.path_value("secret");
  const LinkState state =
      parts.database.read([&](db::Tx& tx) { return state_of_mail_link(tx, parts, link, context.now); });
  const bool usable = state == LinkState::usable;
  html::Writer body(context.phrases);
  tpl::accounts::mail_link(body, {usable ? request.path : std::string(), mail_link_problem(state)});
  const std::string_view title = usable ? "accounts.mail_link.title" : "accounts.link.ended";
  return in_layout(parts, context, context.phrases.text(title), body, usable ? 200 : 404);
}

web::Response to_portal(const web::Request& request, const std::string& session) {
  web::Response response = web::see_other(std::string(kHome));
  keep_session(response, request, session);
  web::set_cookie(response, request, {std::string(kBrowserCookie), "", std::chrono::seconds(0)});
  return response;
}

}  // namespace

web::Response ask_for_mail(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const std::string typed = form->get("email");
  const Result<std::string> browser = ask_by_mail(parts, typed, context.phrases.tag());
  if (!browser) {
    const Error& error = browser.error();
    if (error.kind == ErrorKind::unavailable) return refused(parts, request, context, error);
    return site::log_in_again(*parts.programs.current(), context, typed, error.message, web::status_of(error),
                              ways_in(parts));
  }
  web::Response response = web::see_other("/log-in/code");
  web::set_cookie(response, request, {std::string(kBrowserCookie), *browser, kMailLinkLife});
  return response;
}

web::Response show_code(const Parts& parts, const web::Request& request, const web::Context& context) {
  return code_page(parts, request, context, {}, 200);
}

web::Response take_mail_code(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const Result<Entered> entered =
      enter_by_code(parts, cookie(request, kBrowserCookie), form->get("code"), Visitor::of(request));
  if (!entered) return refused(parts, request, context, entered.error());
  switch (entered->outcome) {
    case Entered::Outcome::in:
      return to_portal(request, entered->session);
    case Entered::Outcome::wrong_code:
      return code_page(parts, request, context, "accounts.code.wrong", 422);
    case Entered::Outcome::ended:
      break;
  }
  return code_page(parts, request, context, "accounts.code.ended", 422);
}

web::Response show_mail_link(const Parts& parts, const web::Request& request, const web::Context& context) {
  return mail_link_page(parts, request, context);
}

web::Response open_mail_link(const Parts& parts, const web::Request& request, const web::Context& context) {
  const Result<Entered> entered = enter_by_link(parts, context.path_value("secret"), Visitor::of(request));
  if (!entered) return refused(parts, request, context, entered.error());
  if (entered->outcome != Entered::Outcome::in) return mail_link_page(parts, request, context);
  return to_portal(request, entered->session);
}

}  // namespace bursary::accounts
