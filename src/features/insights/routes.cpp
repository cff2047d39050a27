#include "features/insights/pages.h"

namespace bursary::insights {

void add_routes(web::Router& router, const Parts& parts) {
  using web::Method;
  using web::Permission;
  const auto with_parts = [&parts](auto handler) {
    return [&parts, handler](const web::Request& request, const web::Context& context) {
      return handler(parts, request, context);
    };
  };
  router.add({Method::get, "/transparency", Permission::anyone, with_parts(show_transparency)});
  router.add({Method::get, "/transparency/csv", Permission::anyone, with_parts(send_transparency)});
  router.add({Method::get, "/staff/insights", Permission::read_applications, with_parts(show_insights)});
  router.add({Method::get, "/staff/insights/{figure}/csv", Permission::read_applications, with_parts(send_csv)});
}

}  // namespace bursary::insights
