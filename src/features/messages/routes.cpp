#include "features/messages/desk_pages.h"
#include "web/page_route.h"

namespace bursary::messages {
namespace {

using web::BodyKind;
using web::Method;
using web::Permission;
using web::Token;

constexpr std::size_t kForm = 64u << 10;

constexpr web::PageRoute<Visit> kRoutes[] = {
    {Method::get, "/staff/messages", Permission::read_messages, show_desk},
    {Method::get, "/staff/messages/templates", Permission::read_messages, show_templates},
    {Method::post, "/staff/messages/templates", Permission::read_messages, post_templates, BodyKind::form, kForm},
    {Method::post, "/staff/messages/digest", Permission::read_messages, post_digest, BodyKind::form, kForm},
    {Method::get, "/staff/messages/{message}", Permission::read_messages, show_message},
    {Method::post, "/staff/messages/{message}", Permission::send_messages, post_message, BodyKind::form, kForm},
    {Method::get, "/staff/applications/{reference}/messages", Permission::read_messages, show_thread},
    {Method::post, "/staff/applications/{reference}/messages", Permission::send_messages, post_thread, BodyKind::form,
     kForm},

    // The link in a digest's mail; ending it is all that it opens.
    {Method::get, "/digest/{secret}", Permission::holder, show_digest_stop},
    // RFC 8058: a mail program posts to it by itself.
    {Method::post, "/digest/{secret}", Permission::holder, post_digest_stop, BodyKind::form, kForm, Token::none},
};

}  // namespace

void add_routes(web::Router& router, const DeskParts& parts) {
  web::add_pages<Visit>(router, kRoutes,
                        [&parts](const auto& request, const auto& context) { return Visit(parts, request, context); });
}

}  // namespace bursary::messages
