#include "features/privacy/pages.h"

namespace bursary::privacy {

void add_routes(web::Router& router, const Parts& parts) {
  using web::BodyKind;
  using web::Method;
  using web::Permission;
  using web::Proof;
  using web::RateClass;
  constexpr std::size_t kForm = std::size_t{16} << 10;
  const auto with_parts = [&parts](auto handler) {
    return [&parts, handler](const web::Request& request, const web::Context& context) {
      return handler(parts, request, context);
    };
  };
  router.add({Method::get, "/my/data", Permission::person, with_parts(show_my_data)});
  router.add({.method = Method::get,
              .path = "/my/data/export",
              .permission = Permission::person,
              .handler = with_parts(send_my_data),
              .rate = RateClass::costly});
  router.add({Method::post, "/my/data/erase", Permission::person, with_parts(erase_my_data), kForm, BodyKind::form});
  router.add({Method::get, "/data-erased", Permission::anyone, with_parts(show_gone)});

  router.add({Method::get, "/staff/privacy", Permission::manage_program, with_parts(show_desk)});
  router.add({.method = Method::get,
              .path = "/staff/privacy/export",
              .permission = Permission::manage_program,
              .handler = with_parts(send_from_desk),
              .rate = RateClass::costly,
              .proof = Proof::recent});
  router.add({.method = Method::post,
              .path = "/staff/privacy/erase",
              .permission = Permission::manage_program,
              .handler = with_parts(erase_from_desk),
              .body_limit = kForm,
              .body = BodyKind::form,
              .proof = Proof::recent});
}

}  // namespace bursary::privacy
