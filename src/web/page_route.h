// A feature's pages as a table: each line a route and the page that answers it.
#pragma once
#include <optional>
#include <span>

#include "web/router.h"

namespace bursary::web {

// `Visit` is how the feature looks at a request.
template <class Visit>
struct PageRoute {
  Method method;
  const char* path;
  Permission permission;
  Response (*page)(const Visit&);
  BodyKind body = BodyKind::none;
  std::size_t limit = 0;  // of the body, in bytes
  Token token = Token::of_session;
  std::optional<RateClass> rate = std::nullopt;
};

// `make_visit(request, context)` makes the feature's Visit; what it refers to outlives the router.
template <class Visit, class MakeVisit>
void add_pages(Router& router, std::span<const PageRoute<Visit>> routes, const MakeVisit& make_visit) {
  for (const PageRoute<Visit>& route : routes) {
    const auto handler = [make_visit, page = route.page](const Request& request, const Context& context) {
      return page(make_visit(request, context));
    };
    router.add({route.method, route.path, route.permission, handler, route.limit, route.body, route.rate, route.token});
  }
}

}  // namespace bursary::web
