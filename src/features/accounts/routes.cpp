#include "features/accounts/accounts.h"
#include "features/accounts/pages.h"

namespace bursary::accounts {
namespace {

using web::BodyKind;
using web::Method;
using web::Permission;
using web::Proof;
using web::RateClass;
using web::Token;

constexpr std::size_t kSmall = 4096;
constexpr std::size_t kKey = 128u << 10;  // what a passkey's browser sends

struct Line {
  Method method;
  const char* path;
  Permission permission;
  Page* handler;
  BodyKind body = BodyKind::none;
  std::size_t limit = 0;
  std::optional<RateClass> rate = std::nullopt;
  Token token = Token::of_session;
  Proof proof = Proof::of_session;
};

constexpr std::optional<RateClass> kUsual = std::nullopt;

constexpr Line kRoutes[] = {
    {Method::get, "/staff/link/{secret}", Permission::holder, show_link},
    {Method::post, "/staff/link/{secret}", Permission::holder, open_link, BodyKind::form, kSmall, kUsual,
     Token::of_page},

    // The stored page knows no session, so its post brings no token of one.
    {Method::post, "/log-in", Permission::anyone, ask_for_mail, BodyKind::form, kSmall, RateClass::costly,
     Token::of_page},
    {Method::get, "/log-in/code", Permission::anyone, show_code},
    {Method::post, "/log-in/code", Permission::anyone, take_mail_code, BodyKind::form, kSmall, kUsual, Token::of_page},
    {Method::get, "/log-in/link/{secret}", Permission::holder, show_mail_link},
    {Method::post, "/log-in/link/{secret}", Permission::holder, open_mail_link, BodyKind::form, kSmall, kUsual,
     Token::of_page},
    {Method::post, "/log-in/passkey/options", Permission::anyone, passkey_sign_in_options, BodyKind::json, kSmall,
     kUsual, Token::of_page},
    {Method::post, "/log-in/passkey", Permission::anyone, passkey_sign_in, BodyKind::json, kKey, kUsual,
     Token::of_page},
    {Method::get, "/log-in/with/{provider}", Permission::anyone, go_to_provider},
    {Method::get, "/log-in/with/{provider}/back", Permission::anyone, show_back},
    {Method::post, "/log-in/with/{provider}/back", Permission::anyone, take_back, BodyKind::form, 4 * kSmall, kUsual,
     Token::of_page},
    {Method::post, "/log-out", Permission::anyone, log_out, BodyKind::form, kSmall},

    {Method::get, "/staff/sign-in", Permission::anyone, show_sign_in},
    {Method::post, "/staff/sign-in", Permission::anyone, take_password, BodyKind::form, kSmall, kUsual, Token::of_page},
    {Method::get, "/staff/sign-in/code", Permission::anyone, show_second_factor},
    {Method::post, "/staff/sign-in/code", Permission::anyone, take_second_factor, BodyKind::form, kSmall, kUsual,
     Token::of_page},
    {Method::post, "/staff/log-out", Permission::anyone, log_out, BodyKind::form, kSmall},

    {Method::get, "/confirm", Permission::person, show_confirm},
    {Method::post, "/confirm", Permission::person, take_confirm, BodyKind::form, kSmall},
    {Method::post, "/confirm/passkey/options", Permission::person, passkey_confirm_options, BodyKind::json, kSmall},
    {Method::post, "/confirm/passkey", Permission::person, passkey_confirm, BodyKind::json, kKey},

    {Method::get, "/my/account", Permission::person, show_account},
    {Method::post, "/my/account/name", Permission::person, save_name, BodyKind::form, kSmall},
    {Method::post, "/my/account/addresses", Permission::person, post_address, BodyKind::form, kSmall,
     RateClass::costly},
    {Method::post, "/my/account/addresses/confirm", Permission::person, post_address_code, BodyKind::form, kSmall},
    {Method::post, "/my/account/addresses/remove", Permission::person, drop_address, BodyKind::form, kSmall},
    {Method::post, "/my/account/passkeys/options", Permission::person, passkey_new_options, BodyKind::json, kSmall},
    {Method::post, "/my/account/passkeys", Permission::person, passkey_new, BodyKind::json, kKey},
    {Method::post, "/my/account/passkeys/remove", Permission::person, drop_passkey, BodyKind::form, kSmall},
    {Method::post, "/my/account/password", Permission::person, begin_password, BodyKind::form, kSmall},
    {Method::get, "/my/account/password/{begun}", Permission::person, show_code_app},
    {Method::post, "/my/account/password/{begun}", Permission::person, finish_password, BodyKind::form, kSmall},
    {Method::post, "/my/account/password/remove", Permission::person, drop_password, BodyKind::form, kSmall},
    {Method::post, "/my/account/recovery-codes", Permission::person, renew_recovery_codes, BodyKind::form, kSmall},
    {Method::post, "/my/account/identities/remove", Permission::person, drop_identity, BodyKind::form, kSmall},
    {Method::post, "/my/account/identities/{provider}", Permission::person, connect_provider, BodyKind::form, kSmall},
    {Method::post, "/my/account/sessions/end", Permission::person, end_one_session, BodyKind::form, kSmall},
    {Method::post, "/my/account/sessions/end-others", Permission::person, end_all_others, BodyKind::form, kSmall},

    {Method::get, "/staff/people", Permission::manage_people, show_people},
    {Method::post, "/staff/people/invitations", Permission::manage_people, post_invitation, BodyKind::form, kSmall,
     RateClass::costly, Token::of_session, Proof::recent},
    {Method::post, "/staff/people/invitations/take-back", Permission::manage_people, drop_invitation, BodyKind::form,
     kSmall},
    {Method::post, "/staff/people/roles", Permission::manage_people, give_role, BodyKind::form, kSmall, kUsual,
     Token::of_session, Proof::recent},
    {Method::post, "/staff/people/roles/take", Permission::manage_people, drop_role, BodyKind::form, kSmall, kUsual,
     Token::of_session, Proof::recent},
    {Method::get, "/staff/tokens", Permission::manage_program, show_tokens},
    {Method::post, "/staff/tokens", Permission::manage_program, post_token, BodyKind::form, kSmall, kUsual,
     Token::of_session, Proof::recent},
    {Method::post, "/staff/tokens/revoke", Permission::manage_program, drop_token, BodyKind::form, kSmall},
    {Method::get, "/staff/invitation/{secret}", Permission::holder, show_invitation},
    {Method::post, "/staff/invitation/{secret}", Permission::holder, take_invitation, BodyKind::form, kSmall, kUsual,
     Token::of_page},
};

}  // namespace

void add_routes(web::Router& router, const Parts& parts) {
  for (const Line& line : kRoutes) {
    Page* const handler = line.handler;
    router.add({line.method, line.path, line.permission,
                [parts, handler](const web::Request& request, const web::Context& context) {
                  return handler(parts, request, context);
                },
                line.limit, line.body, line.rate, line.token, line.proof});
  }
}

}  // namespace bursary::accounts
