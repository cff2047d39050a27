#include "features/webhooks/pages.h"

namespace bursary::webhooks {

void add_routes(web::Router& router, const Parts& parts) {
  using web::Method;
  constexpr auto kAllowed = web::Permission::manage_program;
  constexpr std::size_t kSmall = 8192;
  const auto with_parts = [&parts](Page* page) {
    return [&parts, page](const web::Request& request, const web::Context& context) {
      return page(parts, request, context);
    };
  };
  const auto post = [&](std::string path, Page* page, web::Proof proof) {
    web::Route route{Method::post, std::move(path), kAllowed, with_parts(page), kSmall, web::BodyKind::form};
    route.proof = proof;
    router.add(std::move(route));
  };
  router.add({Method::get, "/staff/webhooks", kAllowed, with_parts(show_webhooks)});
  post("/staff/webhooks", post_webhook, web::Proof::recent);
  router.add({Method::get, "/staff/webhooks/{webhook}", kAllowed, with_parts(show_webhook)});
  post("/staff/webhooks/{webhook}", post_change, web::Proof::of_session);
  post("/staff/webhooks/{webhook}/secret", show_secret_of, web::Proof::recent);
}

}  // namespace bursary::webhooks
