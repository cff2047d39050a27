// The decision as its applicant reads it, and the appeal. Only what was released is looked up at all.
#include "base/crypto.h"
#include "features/decisions/list_view.h"
#include "features/decisions/pages.h"
#include "features/decisions/told.html.h"
#include "web/pipeline.h"

namespace bursary::decisions {
namespace {

using applications::Application;

struct Found {
  Application application;
  Decision decision;
  std::optional<Appeal> appeal;
};

std::optional<Found> find(db::Tx& tx, std::string_view link) {
  const auto application = applications::find_by_link(tx, link);
  if (!application) return std::nullopt;
  auto decision = released_decision(tx, application->id);
  if (!decision) return std::nullopt;
  return Found{*application, std::move(*decision), appeal_of(tx, application->id)};
}

std::string token_of(const Visit& visit, std::string_view link) {
  return web::form_token(visit.parts.applications.secret, link);
}

void fill_appeal(ToldView& view, const Visit& visit, const Found& found) {
  if (!found.appeal) {
    view.may_appeal = found.application.state == State::declined && found.decision.choice.kind == Kind::decline;
    return;
  }
  view.appeal_body = found.appeal->body;
  view.appeal_answer = found.appeal->answer;
  switch (found.appeal->state) {
    case AppealState::waiting:
      view.appeal_state =
          visit.phrases().text("decisions.told.appeal_made", {{"date", visit.day(found.appeal->made_at)}});
      break;
    case AppealState::heard:
      view.appeal_state = visit.phrases().text("decisions.told.appeal_heard");
      break;
    case AppealState::turned_down:
      view.appeal_state = visit.phrases().text("decisions.told.appeal_turned_down");
      break;
  }
}

web::Response show(const Visit& visit, const std::string& problem, const std::string& typed, int status) {
  const std::string& link = visit.context.path_value("link");
  const auto found = visit.database().read([&](db::Tx& tx) { return find(tx, link); });
  if (!found) return not_found(visit);
  const Choice& choice = found->decision.choice;
  ToldView view;
  view.back = "/application/" + link;
  view.path = view.back + "/decision";
  view.token = token_of(visit, link);
  view.title = visit.phrases().text("decisions.told_kind." + std::string(to_string(choice.kind)));
  view.reference = found->application.reference;
  view.decided_on = visit.phrases().text(
      "decisions.told.decided_on", {{"date", visit.day(found->decision.released_at.value_or(found->decision.at))}});
  for (const programs::Criterion& one : visit.program->criteria) {
    if (one.key != choice.criterion) continue;
    view.criterion = one.label.in(visit.phrases().tag());
    view.criterion_explanation = html::markdown(one.explanation.in(visit.phrases().tag()));
  }
  view.reason = choice.reason;
  view.problem = problem;
  view.typed = typed;
  view.appeal_done = visit.request.parameter("done").value_or("") == "appealed" && found->appeal;
  fill_appeal(view, visit, *found);
  html::Writer w(visit.phrases());
  tpl::decisions::told(w, view);
  site::PageHead head;
  head.title = (problem.empty() ? "" : visit.phrases().text("problem.error_prefix")) + view.title;
  head.indexable = false;
  if (visit.request.method == web::Method::get) head.path = visit.request.path;
  return site::page(*visit.program, visit.context, head, w.take(), status);
}

}  // namespace

web::Response show_told(const Visit& visit) { return show(visit, {}, {}, 200); }

web::Response post_appeal(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  const std::string& link = visit.context.path_value("link");
  if (!same_secret(form->get("_token"), token_of(visit, link)))
    return refused(visit, Error{ErrorKind::forbidden, "problem.request.form_token", {}, {}});
  const std::string typed = form->get("appeal");
  const auto made = make_appeal(visit.parts, link, typed, visit.context.viewer.person);
  if (made) return web::see_other("/application/" + link + "/decision?done=appealed");
  const Error& error = made.error();
  if (error.kind == ErrorKind::not_found || error.kind == ErrorKind::unavailable) return refused(visit, error);
  return show(visit, visit.phrases().text(error.fields.empty() ? error.message : error.fields[0].message), typed,
              web::status_of(error));
}

}  // namespace bursary::decisions
