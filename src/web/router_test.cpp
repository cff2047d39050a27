#include "web/router.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace bursary::web;

namespace {

Route route(Method method, std::string path) {
  const bool body = method != Method::get;
  return {method,
          std::move(path),
          Permission::anyone,
          [](const Request&, const Context&) { return Response{}; },
          body ? 1000U : 0U,
          body ? BodyKind::form : BodyKind::none};
}

Router table() {
  Router router;
  router.add(route(Method::get, "/"));
  router.add(route(Method::get, "/applications"));
  router.add(route(Method::post, "/applications"));
  router.add(route(Method::get, "/applications/new"));
  router.add(route(Method::get, "/applications/{token}"));
  router.add(route(Method::get, "/applications/{token}/receipt"));
  router.add(route(Method::get, "/applications/{id}/files/{file}"));
  router.add(route(Method::del, "/applications/{token}"));
  router.add(route(Method::get, "/applications/new/help"));
  return router;
}

}  // namespace

TEST_CASE("paths find their routes") {
  const Router router = table();
  const auto pattern = [&](Method method, std::string_view path) {
    const auto match = router.find(method, path);
    return match.route == nullptr ? std::string("-") + match.allow : match.route->path;
  };
  CHECK(pattern(Method::get, "/") == "/");
  CHECK(pattern(Method::get, "/applications/new") == "/applications/new");
  CHECK(pattern(Method::get, "/applications/newer") == "/applications/{token}");
  CHECK(pattern(Method::get, "/applications/new/help") == "/applications/new/help");
  CHECK(pattern(Method::get, "/applications/new/receipt") ==
        "/applications/{token}/receipt");  // back from the fixed branch
  CHECK(pattern(Method::head, "/applications") == "/applications");
  CHECK(pattern(Method::post, "/applications") == "/applications");
  CHECK(pattern(Method::put, "/applications") == "-GET, HEAD, POST");
  CHECK(pattern(Method::head, "/nowhere") == "-");
  CHECK(pattern(Method::post, "/applications/x") == "-GET, HEAD, DELETE");
  CHECK(pattern(Method::get, "/applications/") == "-");
  CHECK(pattern(Method::get, "/applications/x/") == "-");
  CHECK(pattern(Method::get, "/applications/x/receipt/y") == "-");
  CHECK(pattern(Method::get, "/Applications") == "-");
  CHECK(pattern(Method::get, "") == "-");
  CHECK(pattern(Method::get, "applications") == "-");
  CHECK(pattern(Method::get, "/applications/x/receipt" + std::string(100'000, '/')) == "-");
}

TEST_CASE("captures carry the route's own names") {
  const Router router = table();
  CHECK(router.find(Method::get, "/applications/abc/receipt").values == PathValues{{"token", "abc"}});
  CHECK(router.find(Method::get, "/applications/7/files/a b.pdf").values ==
        PathValues{{"id", "7"}, {"file", "a b.pdf"}});
  CHECK(router.find(Method::get, "/applications/new/help").values.empty());
}

TEST_CASE("a route that cannot be meant is refused at start") {
  Router router = table();
  for (const char* path :
       {"", "a", "/a//b", "/a/", "/{}", "/a{b}", "/{a}b", "/{x}/{x}", "/applications", "/applications/{other}"}) {
    CAPTURE(path);
    CHECK_THROWS_AS(router.add(route(Method::get, path)), std::logic_error);
  }
  CHECK_THROWS_AS(router.add(route(Method::head, "/x")), std::logic_error);
  CHECK_THROWS_AS(router.add(route(Method::options, "/x")), std::logic_error);
  Route no_handler = route(Method::get, "/x");
  no_handler.handler = nullptr;
  CHECK_THROWS_AS(router.add(no_handler), std::logic_error);
  Route unlimited = route(Method::post, "/x");
  unlimited.body_limit = 0;
  CHECK_THROWS_AS(router.add(unlimited), std::logic_error);
  Route get_with_body = route(Method::get, "/x");
  get_with_body.body = BodyKind::form;
  get_with_body.body_limit = 1;
  CHECK_THROWS_AS(router.add(get_with_body), std::logic_error);
  Route staff_without_token = route(Method::post, "/x");
  staff_without_token.permission = Permission::read_applications;
  staff_without_token.token = Token::of_page;
  CHECK_THROWS_AS(router.add(staff_without_token), std::logic_error);
  CHECK(router.routes().size() == 9);
}
