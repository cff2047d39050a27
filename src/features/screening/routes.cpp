#include "features/screening/page.h"

namespace bursary::screening {

void add_routes(web::Router& router, const Parts& parts) {
  using web::Method;
  using web::Permission;
  const auto with_parts = [&parts](auto handler) {
    return [&parts, handler](const web::Request& request, const web::Context& context) {
      return handler(parts, request, context);
    };
  };
  constexpr std::size_t kForm = 64u << 10;
  const char* const path = "/staff/applications/{reference}/screening";
  router.add({Method::get, path, Permission::read_applications, with_parts(show_screening)});
  router.add(
      {Method::post, path, Permission::screen_applications, with_parts(post_screening), kForm, web::BodyKind::form});
}

}  // namespace bursary::screening
