#include "features/applications/handlers.h"
#include "web/page_route.h"

namespace bursary::applications {
namespace {

using web::BodyKind;
using web::Method;
using web::Permission;
using web::Token;

constexpr std::size_t kForm = 32u << 20;  // answers and uploads
constexpr std::size_t kWords = 2u << 20;  // answers alone
constexpr std::size_t kShort = 16u << 10;
constexpr std::size_t kReceipt = 20u << 20;  // with the longest answers

constexpr web::PageRoute<Visit> kRoutes[] = {
    {Method::post, "/apply", Permission::anyone, post_apply, BodyKind::form, kForm, Token::of_page},
    {Method::post, "/apply/draft", Permission::anyone, post_first_autosave, BodyKind::form, kWords, Token::of_page},

    {Method::get, "/draft/{link}", Permission::holder, get_draft},
    {Method::post, "/draft/{link}", Permission::holder, post_draft, BodyKind::form, kForm, Token::of_page},
    {Method::get, "/draft/{link}/saved", Permission::holder, get_saved},
    {Method::get, "/draft/{link}/check", Permission::holder, get_check},
    {Method::get, "/draft/{link}/file/{token}", Permission::holder, get_draft_file},

    {Method::get, "/application/{link}", Permission::holder, get_confirmation},
    {Method::post, "/application/{link}", Permission::holder, post_confirmation, BodyKind::form, kShort, Token::of_page,
     web::RateClass::costly},
    {Method::get, "/application/{link}/receipt", Permission::holder, get_receipt},
    {Method::get, "/application/{link}/answers.pdf", Permission::holder, get_answers_pdf, BodyKind::none, 0,
     Token::of_session, web::RateClass::costly},
    {Method::get, "/application/{link}/file/{token}", Permission::holder, get_file},

    // As a person who belongs to it.
    {Method::get, "/my/applications/{application}/draft", Permission::person, get_draft},
    {Method::post, "/my/applications/{application}/draft", Permission::person, post_draft, BodyKind::form, kForm},
    {Method::get, "/my/applications/{application}/draft/check", Permission::person, get_check},
    {Method::get, "/my/applications/{application}/draft/file/{token}", Permission::person, get_draft_file},
    {Method::get, "/my/applications/{application}/file/{token}", Permission::person, get_file},
    {Method::get, "/my/applications/{application}/submissions/{number}/receipt", Permission::person, get_receipt},
    {Method::get, "/my/applications/{application}/submissions/{number}/answers.pdf", Permission::person,
     get_answers_pdf, BodyKind::none, 0, Token::of_session, web::RateClass::costly},

    {Method::get, "/receipt", Permission::anyone, get_receipt_page},
    {Method::post, "/receipt", Permission::anyone, post_receipt_page, BodyKind::form, kReceipt, Token::of_page},
    {Method::post, "/receipt.json", Permission::anyone, post_receipt_json, BodyKind::json, kReceipt, Token::none},
    {Method::get, "/.well-known/bursary-receipt-keys.json", Permission::anyone, get_receipt_keys},
};

}  // namespace

void add_routes(web::Router& router, const Parts& parts, defence::Defence& defence) {
  web::add_pages<Visit>(router, kRoutes, [pages = Pages{parts, defence}](const auto& request, const auto& context) {
    return Visit(pages, request, context);
  });
}

}  // namespace bursary::applications
