#include "features/decisions/pages.h"
#include "web/page_route.h"

namespace bursary::decisions {
namespace {

using web::BodyKind;
using web::Method;
using web::Permission;
using web::Token;

constexpr std::size_t kForm = 64u << 10;
constexpr std::size_t kMany = 1u << 20;  // 10,000 references

constexpr web::PageRoute<Visit> kRoutes[] = {
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
  web::add_pages<Visit>(router, kRoutes,
                        [&parts](const auto& request, const auto& context) { return Visit(parts, request, context); });
}

}  // namespace bursary::decisions
