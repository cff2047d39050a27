// The decision as its applicant reads it, and the appeal. Only what was released is looked up at all.
#include "base/crypto.h"
#include "features/decisions/list_view.h"
#include "features/decisions/pages.h"
#include "features/decisions/told.html.h"
#include "features/decisions/told.sql.h"
#include "web/pipeline.h"

namespace bursary::decisions {
namespace {

using applications::Application;

struct Told {
  Application application;
  Decision decision;
  std::optional<Appeal> appeal;
  bool own = true;      // the appeal is the owner's to make
  bool unread = false;  // by the person who is logged in
};

std::optional<Told> find_told(db::Tx& tx, const applications::Holder& holder) {
  const auto held = applications::find_held(tx, holder, applications::Right::read);
  if (!held) return std::nullopt;
  const Application& application = held->application;
  auto decision = released_decision(tx, application.id);
  if (!decision) return std::nullopt;
  bool unread = false;
  if (const auto& person = holder.person()) {
    const auto seen = tx.find(sql::decisions::told::seen, *person, application.id);
    unread = !seen || seen->integer(0) < decision->id.value;
  }
  return Told{application, std::move(*decision),
              held->belonging.may(applications::Right::edit) ? appeal_of(tx, application.id) : std::nullopt,
              held->belonging.may(applications::Right::own), unread};
}

const std::string& link_of(const Visit& visit) { return visit.context.path_value("link"); }

// The link's, or of the session of who reads it as a person (which the pipeline has looked at).
std::string token_of(const Visit& visit) {
  const std::string& link = link_of(visit);
  return link.empty() ? visit.context.form_token : web::form_token(visit.parts.applications.secret, link);
}

std::string back_from(const Visit& visit) {
  const std::string& link = link_of(visit);
  return link.empty() ? "/my/applications/" + visit.context.path_value("application") : "/application/" + link;
}

void fill_appeal(ToldView& view, const Visit& visit, const Told& found) {
  if (!found.appeal) {
    view.may_appeal =
        found.own && found.application.state == State::declined && found.decision.choice.kind == Kind::decline;
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

web::Response told_with(const Visit& visit, const std::string& problem, const std::string& typed, int status) {
  const auto found =
      visit.database().read([&](db::Tx& tx) { return find_told(tx, applications::holder_in(visit.context)); });
  if (!found) return not_found(visit);
  const Choice& choice = found->decision.choice;
  ToldView view;
  view.back = back_from(visit);
  view.path = view.back + "/decision";
  if (found->unread) view.read_path = view.back;
  view.token = token_of(visit);
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

web::Response show_told(const Visit& visit) { return told_with(visit, {}, {}, 200); }

web::Response post_appeal(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  if (!same_secret(form->get("_token"), token_of(visit)))
    return refused(visit, Error{ErrorKind::forbidden, "problem.request.form_token", {}, {}});
  const std::string typed = form->get("appeal");
  const auto made =
      make_appeal(visit.parts, applications::holder_in(visit.context), typed, visit.context.viewer.person);
  if (made) return web::see_other(back_from(visit) + "/decision?done=appealed");
  const Error& error = made.error();
  if (error.kind == ErrorKind::not_found || error.kind == ErrorKind::unavailable) return refused(visit, error);
  return told_with(visit, visit.phrases().text(error.fields.empty() ? error.message : error.fields[0].message), typed,
                   web::status_of(error));
}

}  // namespace bursary::decisions
