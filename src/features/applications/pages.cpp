#include "features/applications/pages.h"

#include "base/number.h"
#include "features/applications/rows.h"

#include "features/applications/ended.html.h"
#include "features/applications/page_views.h"
#include "web/pipeline.h"

namespace bursary::applications {
namespace {

constexpr std::int64_t kMostSubmissions = 30'000;

}  // namespace

web::Response show(const Visit& visit, std::string_view title, const html::SafeHtml& body, int status) {
  site::PageHead head;
  head.title = title;
  head.indexable = false;
  // The switch of languages leads to the same page; not from a post, whose typed text it would lose.
  if (visit.request.method == web::Method::get) head.path = visit.request.path;
  return site::page(*visit.program, visit.context, head, body, status);
}

bool wants_json(const web::Request& request) {
  return request.header("accept").find("application/json") != std::string_view::npos;
}

web::Response show_error(const Visit& visit, const Error& error) {
  if (wants_json(visit.request)) return web::problem(error, visit.phrases(), visit.request.id);
  return site::error_page(*visit.program, visit.request, visit.context, web::status_of(error), error);
}

std::string link_token(const Parts& parts, std::string_view link) { return web::form_token(parts.secret, link); }

bool brings_token(const Visit& visit, const web::FormData& form) {
  return same_secret(form.get("_token"), visit.token());
}

Holder Visit::holder() const { return holder_in(context); }

int Visit::submission() const {
  const std::string& typed = context.path_value("number");
  const std::int64_t number = read_row_number(typed);
  // What is no number is no submission, and not the last one.
  return typed.empty() ? 0 : number > 0 && number <= kMostSubmissions ? static_cast<int>(number) : -1;
}

std::string Visit::draft_path() const { return link().empty() ? application_path() + "/draft" : "/draft/" + link(); }

std::string Visit::application_path() const {
  return link().empty() ? "/my/applications/" + context.path_value("application") : "/application/" + link();
}

bool may(const Visit& visit, Right right) {
  return visit.parts().database.read([&](db::Tx& tx) { return find_held(tx, visit.holder(), right).has_value(); });
}

std::string Visit::token() const { return link().empty() ? context.form_token : link_token(parts(), link()); }

web::Response show_ended(const Visit& visit, const Application& application) {
  const bool expired = application.state == State::expired;
  const EndedView view{expired ? "applications.ended.expired.title" : "applications.ended.withdrawn.title",
                       expired
                           ? Phrase("applications.ended.expired.text", {{"date", visit.day(application.updated_at)}})
                           : Phrase("applications.ended.withdrawn.text")};
  if (wants_json(visit.request)) {
    return web::problem(Error{ErrorKind::not_found, view.explanation, {}, {}}, 410, visit.phrases(), visit.request.id);
  }
  html::Writer writer(visit.phrases());
  tpl::applications::ended(writer, view);
  return show(visit, visit.phrases().text(view.title), writer.take(), 410);
}

}  // namespace bursary::applications
