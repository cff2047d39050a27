#include "features/portal/pages.h"
#include "web/page_route.h"

namespace bursary::portal {
namespace {

using web::BodyKind;
using web::Method;
using web::Permission;
using web::RateClass;
using web::Token;

constexpr std::size_t kForm = 64u << 10;
constexpr std::size_t kLetter = 128u << 10;  // 8,000 characters, of four bytes each, percent-encoded

constexpr web::PageRoute<Visit> kRoutes[] = {
    {Method::get, "/my", Permission::person, show_my},
    {Method::get, "/my/applications/{application}", Permission::person, show_application},
    {Method::post, "/my/applications/{application}", Permission::person, post_application, BodyKind::form, kForm},
    {Method::get, "/my/applications/{application}/messages", Permission::person, show_messages},
    {Method::post, "/my/applications/{application}/messages", Permission::person, post_messages, BodyKind::form,
     kLetter},
    {Method::get, "/my/applications/{application}/people", Permission::person, show_people},
    {Method::post, "/my/applications/{application}/people", Permission::person, post_people, BodyKind::form, kForm,
     Token::of_session, RateClass::costly},
    {Method::get, "/my/applications/{application}/submissions/{number}", Permission::person, show_submission},

    // The link of an invitation: what it asks is shown to who holds it; joining takes somebody who is logged in.
    {Method::get, "/together/{secret}", Permission::holder, show_together},
    {Method::post, "/together/{secret}", Permission::holder, post_together, BodyKind::form, kForm, Token::of_page},
};

}  // namespace

void add_routes(web::Router& router, const Parts& parts) {
  web::add_pages<Visit>(router, kRoutes,
                        [&parts](const auto& request, const auto& context) { return Visit(parts, request, context); });
}

}  // namespace bursary::portal
