#include "features/accounts/accounts.h"
#include "features/accounts/pages.h"

namespace bursary::accounts {

void add_routes(web::Router& router, const Parts& parts) {
  using enum web::Permission;
  using web::Method;
  constexpr std::size_t kSmallForm = 4096;
  const auto page = [&parts](auto handler) {
    return [parts, handler](const web::Request& request, const web::Context& context) {
      return handler(parts, request, context);
    };
  };
  router.add({Method::get, "/staff/link/{secret}", holder, page(show_link)});
  router.add({Method::post, "/staff/link/{secret}", holder, page(open_link), kSmallForm, web::BodyKind::form,
              std::nullopt, web::Token::of_page});
  // The stored page knows no session, so its post brings no token of one.
  router.add({Method::post, "/log-in", anyone, page(ask_for_mail), kSmallForm, web::BodyKind::form,
              web::RateClass::costly, web::Token::of_page});
  router.add({Method::get, "/log-in/code", anyone, page(show_code)});
  router.add({Method::post, "/log-in/code", anyone, page(take_code), kSmallForm, web::BodyKind::form, std::nullopt,
              web::Token::of_page});
  router.add({Method::get, "/log-in/link/{secret}", holder, page(show_mail_link)});
  router.add({Method::post, "/log-in/link/{secret}", holder, page(open_mail_link), kSmallForm, web::BodyKind::form,
              std::nullopt, web::Token::of_page});
  router.add({Method::post, "/log-out", anyone, page(log_out), kSmallForm, web::BodyKind::form});
  router.add({Method::get, "/staff/sign-in", anyone, page(show_sign_in)});
  router.add({Method::post, "/staff/log-out", anyone, page(log_out), kSmallForm, web::BodyKind::form});
}

}  // namespace bursary::accounts
