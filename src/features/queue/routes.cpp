#include "features/queue/pages.h"

namespace bursary::queue {

constexpr std::size_t kLargestForm = std::size_t{64} * 1024;

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
  const auto post = [&](const char* path, Permission permission, auto handler) {
    router.add({Method::post, path, permission, with_parts(handler), kLargestForm, web::BodyKind::form});
  };
  // Each action asks for its own permission besides.
  post("/staff/bulk", Permission::screen_applications, do_bulk);
  router.add({Method::get, "/staff/bulk/{id}", Permission::read_applications, with_parts(show_bulk)});
  post("/staff/bulk/{id}/undo", Permission::screen_applications, take_back_bulk);
  router.add({Method::get, "/staff/views", Permission::read_applications, with_parts(show_views)});
  post("/staff/views", Permission::read_applications, add_view);
  post("/staff/views/{id}", Permission::read_applications, change_view);
  post("/staff/views/{id}/delete", Permission::read_applications, drop_view);
  post("/staff/columns", Permission::read_applications, set_columns);
  router.add({Method::get, "/staff/export", Permission::export_applications, with_parts(send_export)});
}

}  // namespace bursary::queue
