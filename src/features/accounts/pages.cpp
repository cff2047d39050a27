#include "features/accounts/pages.h"

#include "features/accounts/link.html.h"
#include "features/accounts/link_view.h"
#include "features/accounts/page.h"
#include "features/accounts/sessions.h"
#include "features/accounts/staff_link.h"

namespace bursary::accounts {
namespace {

Phrase staff_link_problem(LinkState state) {
  switch (state) {
    case LinkState::usable:
      return {};
    case LinkState::used:
      return "accounts.link.used";
    case LinkState::replaced:
      return "accounts.link.replaced";
    case LinkState::expired:
      return "accounts.link.expired";
    case LinkState::unknown:
      return "accounts.link.unknown";
  }
  return "accounts.link.unknown";
}

web::Response staff_link_page(const Parts& parts, const web::Request& request, const web::Context& context,
                              LinkState state) {
  const bool usable = state == LinkState::usable;
  html::Writer body(context.phrases);
  tpl::accounts::link(body, {usable ? request.path : std::string(), staff_link_problem(state)});
  return in_layout(parts, context, context.phrases.text(usable ? "accounts.link.title" : "accounts.link.ended"), body,
                   usable ? 200 : 404);
}

LinkState look_at(const Parts& parts, const std::string& secret, Instant now) {
  return parts.database.read([&](db::Tx& tx) { return state_of_link(tx, secret, now); });
}

}  // namespace

web::Response show_link(const Parts& parts, const web::Request& request, const web::Context& context) {
  return staff_link_page(parts, request, context, look_at(parts, context.path_value("secret"), context.now));
}

web::Response open_link(const Parts& parts, const web::Request& request, const web::Context& context) {
  const std::string& link = context.path_value("secret");
  const Result<std::string> session = use_link(parts, link, Visitor::of(request));
  if (!session && session.error().kind != ErrorKind::conflict) {
    return refused(parts, request, context, session.error());
  }
  if (!session) return staff_link_page(parts, request, context, look_at(parts, link, context.now));
  web::Response response = web::see_other("/staff");
  keep_session(response, request, *session);
  return response;
}

web::Response log_out(const Parts& parts, const web::Request& request, const web::Context& context) {
  const std::string secret = web::read_cookie(request, kSessionCookie).value_or("");
  const Result<bool> ended = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    end_session(tx, secret);
    return true;
  });
  if (!ended) {
    // It must not look ended while it is not.
    return refused(parts, request, context, ended.error());
  }
  web::Response response = web::see_other(request.path == "/log-out" ? "/" : "/staff/sign-in");
  web::set_cookie(response, request, {std::string(kSessionCookie), "", std::chrono::seconds(0)});
  return response;
}

}  // namespace bursary::accounts
