#include "features/applications/answers_pdf.h"
#include "features/applications/handlers.h"

namespace bursary::applications {

web::Response get_answers_pdf(const Visit& visit) {
  const Result<ConfirmationView> found = visit.parts().database.read([&](db::Tx& tx) {
    return find_confirmation(tx, visit.parts().form_versions, visit.holder(), visit.submission());
  });
  if (!found) return show_error(visit, found.error());
  const html::Phrasebook& phrases = visit.phrases();
  const std::string& reference = found->application.reference;
  AnswersDocument document;
  document.title = phrases.text("applications.pdf.title", {{"reference", reference}});
  document.facts = {
      visit.program->name.in(visit.locale()) + ", " + visit.program->host.in(visit.locale()),
      phrases.text("applications.pdf.submitted", {{"when", visit.moment(found->submission.submitted_at)}})};
  document.lines = forms::answer_lines(*found->definition, found->submission.answers, visit.locale(), phrases);
  document.unanswered = phrases.text("applications.pdf.unanswered");
  document.shortened = phrases.text("applications.pdf.shortened");
  document.page_of = phrases.text("applications.pdf.page", {{"page", "{page}"}, {"pages", "{pages}"}});
  document.locale = visit.locale();
  document.made_at = found->submission.submitted_at;
  return web::attachment(answers_pdf(document), "application/pdf", reference + ".pdf");
}

}  // namespace bursary::applications
