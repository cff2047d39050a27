// My applications: where each stands, what comes next and by when.
#include "features/applications/handlers.h"
#include "features/applications/mail.h"
#include "features/applications/my.html.h"
#include "features/applications/page_views.h"
#include "features/applications/portal.h"

namespace bursary::applications {
namespace {

bool waits_for_applicant(State state) { return state == State::draft || state == State::returned; }

bool waits_for_program(State state) {
  return state == State::submitted || state == State::screening || state == State::in_review;
}

MyView::Entry entry_of(const Visit& visit, const Own& own) {
  const Application& application = own.application;
  const State state = as_told(application.state);
  MyView::Entry entry;
  const std::string name(to_string(state));
  entry.state = Phrase("applications.my.state." + name);
  entry.next = Phrase("applications.my.next." + name);
  entry.act = waits_for_applicant(state);
  const bool draft = state == State::draft;
  entry.title = draft ? visit.phrases().text("applications.my.draft") : application.reference;
  if (!own.link.empty()) entry.href = (draft ? "/draft/" : "/application/") + own.link;
  entry.changed = visit.moment(application.submitted_at.value_or(application.updated_at));
  if (draft && application.expires_at) {
    entry.due = Phrase("applications.my.until", {{"date", visit.day(*application.expires_at)}});
  } else if (application.submitted_at && waits_for_program(state)) {
    if (const auto due = decision_due(*visit.program, *application.submitted_at))
      entry.due = Phrase("applications.my.by", {{"date", visit.day(*due)}});
  }
  return entry;
}

}  // namespace

web::Response get_my(const Visit& visit) {
  const web::Viewer& viewer = visit.context.viewer;
  const auto own = visit.parts().database.read(
      [&](db::Tx& tx) { return own_applications(tx, visit.parts(), visit.program->slug, viewer.emails); });
  MyView view;
  view.email = viewer.emails.empty() ? viewer.name : viewer.emails.front();
  view.form_token = visit.context.form_token;
  for (const Own& one : own) view.entries.push_back(entry_of(visit, one));
  html::Writer writer(visit.phrases());
  tpl::applications::my(writer, view);
  return show(visit, visit.phrases().text("applications.my.title"), writer.take());
}

}  // namespace bursary::applications
