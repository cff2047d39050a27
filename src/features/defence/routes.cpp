#include <fmt/format.h>

#include "features/defence/defence.h"

namespace bursary::defence {

void add_routes(web::Router& router, Defence& defence) {
  router.add({web::Method::get, "/apply/challenge", web::Permission::anyone,
              [&defence](const web::Request&, const web::Context&) {
                const Challenge challenge = defence.challenge();
                // base64url needs no escaping in JSON.
                web::Response response =
                    web::json(fmt::format(R"({{"challenge":"{}","bits":{}}})", challenge.text, challenge.bits));
                response.headers.set("Cache-Control", "no-store");
                return response;
              }});
}

}  // namespace bursary::defence
