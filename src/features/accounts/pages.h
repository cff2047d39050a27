// The handlers that routes.cpp names.
#pragma once
#include "features/accounts/accounts.h"
#include "web/response.h"

namespace bursary::accounts {

using Page = web::Response(const Parts& parts, const web::Request& request, const web::Context& context);

// The terminal's link.
Page show_link, open_link;
// Staff: passkey, provider, or password and code.
Page show_sign_in, take_password, show_second_factor, take_second_factor;
// By mail.
Page ask_for_mail, show_code, take_mail_code, show_mail_link, open_mail_link;
Page log_out;
// What the script of passkeys asks and answers.
Page passkey_sign_in_options, passkey_sign_in, passkey_confirm_options, passkey_confirm, passkey_new_options,
    passkey_new;
// To an OpenID provider and back.
Page go_to_provider, show_back, take_back, connect_provider, drop_identity;
// Once more, before something dangerous.
Page show_confirm, take_confirm;
// One's own account.
Page show_account, save_name, post_address, post_address_code, drop_address, drop_passkey;
Page begin_password, show_code_app, finish_password, drop_password, renew_recovery_codes;
Page end_one_session, end_all_others;
// Who works here.
Page show_people, post_invitation, drop_invitation, give_role, drop_role;
Page show_invitation, take_invitation;
// What programs sign in with.
Page show_tokens, post_token, drop_token;

}  // namespace bursary::accounts
