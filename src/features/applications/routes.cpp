#include "features/applications/handlers.h"

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

struct Line {
  Method method;
  const char* path;
  Permission permission;
  web::Response (*handler)(const Visit&);
  std::size_t body_limit;
  BodyKind body;
  std::optional<web::RateClass> rate = std::nullopt;
  std::optional<Token> token = std::nullopt;  // absent: of_session where a person is asked for, else of_page
};

constexpr Line kRoutes[] = {
    {Method::post, "/apply", Permission::anyone, post_apply, kForm, BodyKind::form},
    {Method::post, "/apply/draft", Permission::anyone, post_first_autosave, kWords, BodyKind::form},

    {Method::get, "/draft/{link}", Permission::holder, get_draft, 0, BodyKind::none},
    {Method::post, "/draft/{link}", Permission::holder, post_draft, kForm, BodyKind::form},
    {Method::get, "/draft/{link}/saved", Permission::holder, get_saved, 0, BodyKind::none},
    {Method::get, "/draft/{link}/check", Permission::holder, get_check, 0, BodyKind::none},
    {Method::get, "/draft/{link}/file/{token}", Permission::holder, get_file, 0, BodyKind::none},

    {Method::get, "/application/{link}", Permission::holder, get_confirmation, 0, BodyKind::none},
    {Method::post, "/application/{link}", Permission::holder, post_confirmation, kShort, BodyKind::form,
     web::RateClass::costly},
    {Method::get, "/application/{link}/receipt", Permission::holder, get_receipt, 0, BodyKind::none},
    {Method::get, "/application/{link}/answers.pdf", Permission::holder, get_answers_pdf, 0, BodyKind::none,
     web::RateClass::costly},
    {Method::get, "/application/{link}/file/{token}", Permission::holder, get_file, 0, BodyKind::none},

    // As a person who belongs to it.
    {Method::get, "/my/applications/{application}/draft", Permission::person, get_draft, 0, BodyKind::none},
    {Method::post, "/my/applications/{application}/draft", Permission::person, post_draft, kForm, BodyKind::form},
    {Method::get, "/my/applications/{application}/draft/check", Permission::person, get_check, 0, BodyKind::none},
    {Method::get, "/my/applications/{application}/draft/file/{token}", Permission::person, get_file, 0, BodyKind::none},
    {Method::get, "/my/applications/{application}/file/{token}", Permission::person, get_file, 0, BodyKind::none},
    {Method::get, "/my/applications/{application}/submissions/{number}/receipt", Permission::person, get_receipt, 0,
     BodyKind::none},
    {Method::get, "/my/applications/{application}/submissions/{number}/answers.pdf", Permission::person,
     get_answers_pdf, 0, BodyKind::none, web::RateClass::costly},

    {Method::get, "/receipt", Permission::anyone, get_receipt_page, 0, BodyKind::none},
    {Method::post, "/receipt", Permission::anyone, post_receipt_page, kReceipt, BodyKind::form},
    {Method::post, "/receipt.json", Permission::anyone, post_receipt_json, kReceipt, BodyKind::json, {}, Token::none},
    {Method::get, "/.well-known/bursary-receipt-keys.json", Permission::anyone, get_receipt_keys, 0, BodyKind::none},
};

}  // namespace

void add_routes(web::Router& router, const Parts& parts, defence::Defence& defence) {
  const auto pages = std::make_shared<const Pages>(Pages{parts, defence});
  for (const Line& line : kRoutes) {
    const auto handle = line.handler;
    router.add({line.method, line.path, line.permission,
                [pages, handle](const web::Request& request, const web::Context& context) {
                  return handle(Visit(*pages, request, context));
                },
                line.body_limit, line.body, line.rate,
                line.token.value_or(line.permission == Permission::person ? Token::of_session : Token::of_page)});
  }
}

}  // namespace bursary::applications
