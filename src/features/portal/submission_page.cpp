// What was submitted, each time, as it was.
#include "features/forms/forms.h"
#include "features/portal/pages.h"
#include "features/portal/submission.html.h"

namespace bursary::portal {

web::Response show_submission(const Visit& visit) {
  const std::string& number = visit.context.path_value("number");
  const applications::Parts& house = visit.parts.applications;
  struct Found {
    HeadView head;
    applications::ConfirmationView view;
  };
  const Result<Found> found = visit.database().read([&](db::Tx& tx) -> Result<Found> {
    const int asked = number.size() < 6 && number.find_first_not_of("0123456789") == std::string::npos && number != "0"
                          ? std::atoi(number.c_str())
                          : -1;
    auto held = applications::find_held(tx, visit.holder(), Right::read);
    if (!held) return fail(held.error());
    auto view = applications::find_confirmation(tx, house.form_versions, visit.holder(), asked);
    if (!view) return fail(view.error());
    return Found{head_of(visit, tx, *held, Tab::overview), std::move(*view)};
  });
  if (!found) return refused(visit, found.error());
  const applications::Submission& submission = found->view.submission;
  SubmissionView view;
  view.head = found->head;
  view.name = Phrase("portal.submission.name", {{"number", std::to_string(submission.number)}});
  view.when = visit.moment(submission.submitted_at);
  const std::string path = visit.path() + "/submissions/" + std::to_string(submission.number);
  view.pdf = path + "/answers.pdf";
  view.receipt = path + "/receipt";
  view.receipt_open = path + "/receipt?with=answers";
  const std::vector<FieldError> none;
  const forms::FormView form{*found->view.definition, submission.answers, visit.phrases().tag(), none, none,
                             visit.path() + "/file/"};
  view.answers = forms::render_answers(form, visit.phrases(), "", true);
  html::Writer writer(visit.phrases());
  tpl::portal::submission(writer, view);
  return show(visit, view.head.title + " · " + visit.phrases().text(view.name), writer);
}

}  // namespace bursary::portal
