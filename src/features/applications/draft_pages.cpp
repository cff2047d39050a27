#include "features/applications/check.html.h"
#include "features/applications/email.h"
#include "features/applications/form_page.h"
#include "features/applications/handlers.h"
#include "features/applications/mail.h"
#include "features/applications/saved.html.h"
#include "features/applications/saved_page.h"

namespace bursary::applications {
namespace {

// Draws a draft's page with `draw(draft)`; a link that is a draft's no more leads on or says what happened.
template <class Draw>
web::Response with_draft(const Visit& visit, Draw draw) {
  struct Found {
    Application application;
    std::optional<DraftView> draft;
  };
  const Result<Found> found = visit.parts().database.read([&](db::Tx& tx) -> Result<Found> {
    Result<Held> held = find_held(tx, visit.holder(), Right::edit);
    if (!held) return fail(std::move(held.error()));
    Result<DraftView> draft = find_draft(tx, visit.parts().form_versions, visit.holder());
    return Found{std::move(held->application), draft ? std::optional(std::move(*draft)) : std::nullopt};
  });
  if (!found) return show_error(visit, found.error());
  if (const std::optional<DraftView>& draft = found->draft) return draw(*draft);
  if (found->application.submitted_at) return web::see_other(visit.application_path());
  return show_ended(visit, found->application);
}

}  // namespace

web::Response get_draft(const Visit& visit) {
  return with_draft(visit, [&](const DraftView& draft) {
    Said said;
    if (draft.application.state == State::draft) said.notice = not_taking(visit, visit.context.now);
    return show_draft_form(visit, {draft}, said);
  });
}

web::Response show_saved(const Visit& visit, const DraftView& draft, const SavedSaid& said) {
  const Application& application = draft.application;
  SavedView view;
  view.address = visit.parts().public_address + visit.draft_path();
  view.path = visit.draft_path();
  view.check_path = view.path + "/check";
  if (application.expires_at) view.expires = visit.day(*application.expires_at);
  view.email = said.problem.empty() ? application.email : said.typed;
  view.token = visit.token();
  view.mailed = said.mailed;
  view.mailed_to = application.email;
  view.problem_text = said.problem;
  html::Writer writer(visit.phrases());
  tpl::applications::saved(writer, view);
  std::string title = visit.phrases().text("applications.saved.title");
  if (!said.problem.empty()) title = visit.phrases().text("problem.error_prefix") + title;
  return show(visit, title, writer.take(), said.status);
}

web::Response get_saved(const Visit& visit) {
  return with_draft(visit, [&](const DraftView& draft) {
    SavedSaid said;
    said.mailed = visit.request.parameter("mailed") == "1";
    return show_saved(visit, draft, said);
  });
}

web::Response get_check(const Visit& visit) {
  return with_draft(visit, [&](const DraftView& draft) {
    const std::vector<FieldError> none;
    const forms::FormView form{
        *draft.definition, draft.answers, visit.locale(), none, none, visit.draft_path() + "/file/"};
    CheckView view;
    view.path = visit.draft_path();
    view.token = visit.token();
    view.may_submit = may(visit, Right::submit);
    view.version = draft.application.version;
    view.proof_worker = site::asset_path("proof_worker.js");
    view.problems = forms::check_answers(*draft.definition, draft.answers).size();
    view.answers = forms::render_answers(form, visit.phrases(), view.path);
    html::Writer writer(visit.phrases());
    tpl::applications::check(writer, view);
    return show(visit, visit.phrases().text("applications.check.title"), writer.take());
  });
}

}  // namespace bursary::applications
