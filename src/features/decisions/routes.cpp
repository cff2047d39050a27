#include "features/decisions/pages.h"

namespace bursary::decisions {
namespace {

using web::BodyKind;
using web::Method;
using web::Permission;
using web::Token;

constexpr std::size_t kForm = 64u << 10;
constexpr std::size_t kMany = 1u << 20;  // 10,000 references

struct Line {
  Method method;
  const char* path;
  Permission permission;
  Page* handler;
  BodyKind body = BodyKind::none;
  std::size_t limit = 0;
  Token token = Token::of_session;
};

constexpr Line kRoutes[] = {
    {Method::get, "/staff/applications/{reference}/decision", Permission::read_applications, show_decision},
    {Method::post, "/staff/applications/{reference}/decision", Permission::decide_applications, post_decision,
     BodyKind::form, kForm},

    {Method::get, "/staff/decisions", Permission::read_applications, show_decisions},
    {Method::get, "/staff/decisions/many", Permission::decide_applications, show_many},
    {Method::post, "/staff/decisions/many", Permission::decide_applications, post_many, BodyKind::form, kMany},
    {Method::post, "/staff/decisions/releases", Permission::decide_applications, post_release, BodyKind::form, kForm},
    {Method::get, "/staff/decisions/releases/{release}", Permission::read_applications, show_release},
    {Method::post, "/staff/decisions/releases/{release}/undo", Permission::decide_applications, post_undo_release,
     BodyKind::form, kForm},
    {Method::post, "/staff/decisions/releases/{release}/keep-back", Permission::decide_applications, post_keep_back,
     BodyKind::form, kForm},
    {Method::get, "/staff/overdue", Permission::read_applications, show_overdue},

    // Whoever holds the application's link; its post brings the link's own token.
    {Method::get, "/application/{link}/decision", Permission::holder, show_told},
    {Method::post, "/application/{link}/decision", Permission::holder, post_appeal, BodyKind::form, kForm,
     Token::of_page},
    {Method::get, "/my/applications/{application}/decision", Permission::person, show_told},
    {Method::post, "/my/applications/{application}/decision", Permission::person, post_appeal, BodyKind::form, kForm},
};

}  // namespace

void add_routes(web::Router& router, const Parts& parts) {
  for (const Line& line : kRoutes) {
    const auto handler = [&parts, page = line.handler](const web::Request& request, const web::Context& context) {
      return page(Visit(parts, request, context));
    };
    router.add({line.method, line.path, line.permission, handler, line.limit, line.body, std::nullopt, line.token});
  }
}

}  // namespace bursary::decisions
