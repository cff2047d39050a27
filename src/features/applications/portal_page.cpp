// My applications: where each stands, what comes next and by when.
#include <algorithm>

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

// Told to who waits for an answer.
Phrase others(db::Tx& tx, const Visit& visit, const std::vector<Own>& own) {
  const auto waits = [](const Own& one) { return waits_for_program(as_told(one.application.state)); };
  if (!visit.parts().turnaround || std::ranges::none_of(own, waits)) return {};
  const auto found = visit.parts().turnaround(tx, visit.program->slug);
  if (!found) return {};
  return Phrase("applications.my.others", {{"n", std::to_string(found->days)}});
}

}  // namespace

web::Response get_my(const Visit& visit) {
  const web::Viewer& viewer = visit.context.viewer;
  MyView view;
  const auto own = visit.parts().database.read([&](db::Tx& tx) {
    auto found = own_applications(tx, visit.parts(), visit.program->slug, viewer.emails);
    view.others = others(tx, visit, found);
    return found;
  });
  view.email = viewer.emails.empty() ? viewer.name : viewer.emails.front();
  view.form_token = visit.context.form_token;
  for (const Own& one : own) view.entries.push_back(entry_of(visit, one));
  html::Writer writer(visit.phrases());
  tpl::applications::my(writer, view);
  return show(visit, visit.phrases().text("applications.my.title"), writer.take());
}

}  // namespace bursary::applications
