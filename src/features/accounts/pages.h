// The handlers that routes.cpp names.
#pragma once
#include "features/accounts/accounts.h"
#include "web/response.h"

namespace bursary::accounts {

web::Response show_link(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response open_link(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_sign_in(const Parts& parts, const web::Request& request, const web::Context& context);
// By mail.
web::Response ask_for_mail(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_code(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response take_code(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_mail_link(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response open_mail_link(const Parts& parts, const web::Request& request, const web::Context& context);

web::Response log_out(const Parts& parts, const web::Request& request, const web::Context& context);

}  // namespace bursary::accounts
