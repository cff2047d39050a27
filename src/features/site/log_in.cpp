#include "features/site/content_view.h"
#include "features/site/sign_in.html.h"
#include "features/site/site.h"

namespace bursary::site {

web::Response log_in_again(const programs::Program& program, const web::Context& context, std::string typed,
                           const Phrase& problem, int status, const std::vector<WayIn>& ways) {
  const html::Phrasebook& phrases = context.phrases;
  html::Writer body(phrases);
  tpl::site::sign_in(body, SignInView{false, std::move(typed), phrases.text(problem), ways});
  PageHead head;
  head.title = phrases.text("problem.error_prefix") + phrases.text("site.sign_in.log_in_title");
  head.path = "/log-in";
  head.indexable = false;
  return page(program, context, head, body.take(), status);
}

}  // namespace bursary::site
