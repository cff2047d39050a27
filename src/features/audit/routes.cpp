#include "features/audit/pages.h"

namespace bursary::audit {

void add_routes(web::Router& router, const Parts& parts) {
  using web::Method;
  using web::Permission;
  const auto with_parts = [&parts](auto handler) {
    return [&parts, handler](const web::Request& request, const web::Context& context) {
      return handler(parts, request, context);
    };
  };
  router.add({Method::get, "/staff/audit", Permission::read_audit, with_parts(show_trail)});
  router.add({.method = Method::get,
              .path = "/staff/audit/export",
              .permission = Permission::read_audit,
              .handler = with_parts(send_trail),
              .rate = web::RateClass::costly});
}

}  // namespace bursary::audit
