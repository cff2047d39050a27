// Handlers of this folder's routes.
#pragma once
#include "features/privacy/privacy.h"

namespace bursary::privacy {

web::Response show_my_data(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response send_my_data(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response erase_my_data(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_gone(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_desk(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response send_from_desk(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response erase_from_desk(const Parts& parts, const web::Request& request, const web::Context& context);

}  // namespace bursary::privacy
