#include "features/accounts/page.h"

#include <stdexcept>

#include "features/accounts/sessions.h"
#include "features/site/site.h"

namespace bursary::accounts {

web::Response in_layout(const Parts& parts, const web::Context& context, std::string title, html::Writer& body,
                        int status, Place place) {
  site::PageHead head;
  head.title = std::move(title);
  head.indexable = false;
  head.staff = place == Place::console;
  return site::page(*parts.programs.current(), context, head, body.take(), status);
}

web::Response refused(const Parts& parts, const web::Request& request, const web::Context& context,
                      const Error& error) {
  return site::error_page(*parts.programs.current(), request, context, web::status_of(error), error);
}

web::PersonId person_of(const web::Context& context) {
  if (!context.viewer.person) throw std::logic_error("nobody is logged in");
  return *context.viewer.person;
}

std::string cookie(const web::Request& request, std::string_view name) {
  return web::read_cookie(request, name).value_or("");
}

void keep_session(web::Response& response, const web::Request& request, const std::string& session) {
  web::set_cookie(response, request, {std::string(kSessionCookie), session, kSessionLife});
}

std::string next_or(std::string_view typed, std::string_view otherwise) {
  return std::string(!typed.empty() && web::is_local_path(typed) ? typed : otherwise);
}

}  // namespace bursary::accounts
