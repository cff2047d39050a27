#include "features/site/error.html.h"
#include "features/site/site.h"

namespace bursary::site {
namespace {

// "problem.heading.404", or the one for 500 where this status has none.
std::string text_for(const html::Phrasebook& phrases, const std::string& kind, int status) {
  const std::string key = kind + std::to_string(status);
  const std::string text = phrases.text(std::string_view(key));
  return text == key ? phrases.text(Phrase(kind + "500")) : text;
}

}  // namespace

web::Response error_page(const programs::Program& program, const web::Request& request, const web::Context& context,
                         int status, const Error& error) {
  const html::Phrasebook& phrases = context.phrases;
  const bool staff = request.path.starts_with("/staff");
  ErrorView view{status, text_for(phrases, "problem.heading.", status),
                 // What went wrong with the server is no phrase of a rule.
                 error.message.empty() || status >= 500 ? text_for(phrases, "problem.status.", status)
                                                        : phrases.text(error.message),
                 request.id, program.contact_email, staff && context.viewer.is_staff() ? "/staff" : "/",
                 status == 404 && !staff};
  html::Writer writer(phrases);
  tpl::site::error(writer, view);
  PageHead head;
  head.title = view.heading;
  head.staff = staff && context.viewer.is_staff();
  head.indexable = false;
  return page(program, context, head, writer.take(), status);
}

}  // namespace bursary::site
