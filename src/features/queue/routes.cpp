#include "features/queue/pages.h"

namespace bursary::queue {

void add_routes(web::Router& router, const Parts& parts) {
  using web::Method;
  using web::Permission;
  const auto with_parts = [&parts](auto handler) {
    return [&parts, handler](const web::Request& request, const web::Context& context) {
      return handler(parts, request, context);
    };
  };
  router.add({Method::get, "/staff", Permission::read_applications, with_parts(show_list)});
  router.add({Method::get, "/staff/counts", Permission::read_applications, with_parts(show_counts)});
  router.add(
      {Method::get, "/staff/applications/{reference}", Permission::read_applications, with_parts(show_application)});
  router.add({Method::get, "/staff/applications/{reference}/file/{token}", Permission::read_applications,
              with_parts(send_file)});
  router.add({Method::get, "/staff/export", Permission::export_applications, with_parts(send_export)});
}

}  // namespace bursary::queue
