// My applications: what waits for somebody, where each stands, what comes next and by when.
#include <algorithm>

#include "features/applications/mail.h"
#include "features/applications/portal.h"
#include "features/applications/staff.h"
#include "features/portal/my.html.h"
#include "features/portal/pages.h"
#include "features/portal/waiting.h"
#include "features/portal/waiting_views.h"

namespace bursary::portal {
namespace {

using applications::Own;

bool waits_for_program(State state) {
  return state == State::submitted || state == State::screening || state == State::in_review;
}

EntryView entry_of(const Visit& visit, const Own& own, const Standing& standing) {
  const Application& application = own.application;
  const State state = applications::as_told(application.state);
  const std::string name(to_string(state));
  EntryView entry;
  entry.state = Phrase("applications.my.state." + name);
  entry.next = Phrase("applications.my.next." + name);
  entry.tag = applications::state_tag(state);
  entry.act = standing.waits() > 0;
  entry.title = title_of(visit, application);
  entry.href = applications::portal_path(application.id);
  entry.changed = visit.moment(application.submitted_at.value_or(application.updated_at));
  entry.due = due_of(visit, application, standing);
  if (own.belonging.relation != applications::Relation::owner)
    entry.as = Phrase("portal.as." + std::string(to_string(own.belonging.relation)));
  return entry;
}

// Told to who waits for an answer.
Phrase others(db::Tx& tx, const Visit& visit, const std::vector<Own>& own) {
  const auto waits = [](const Own& one) { return waits_for_program(applications::as_told(one.application.state)); };
  return std::ranges::any_of(own, waits) ? others_were_answered(tx, visit) : Phrase();
}

MyView read_my(const Visit& visit) {
  const web::Viewer& viewer = visit.context.viewer;
  return visit.database().read([&](db::Tx& tx) {
    MyView view;
    for (const auto& one : applications::invitations_for(tx, visit.parts.applications, viewer.emails))
      view.waiting.push_back(invitation_waits(one));
    const auto own = applications::own_applications(tx, visit.program->slug, visit.person(), viewer.emails);
    view.others = others(tx, visit, own);
    for (const Own& one : own) {
      const Standing standing = standing_of(tx, one.application, one.belonging, visit.person(), visit.context.now);
      add_waiting(visit, one.application, standing, true, view.waiting);
      view.entries.push_back(entry_of(visit, one, standing));
    }
    return view;
  });
}

}  // namespace

web::Response show_my(const Visit& visit) {
  const web::Viewer& viewer = visit.context.viewer;
  MyView view = read_my(visit);
  view.email = viewer.emails.empty() ? viewer.name : viewer.emails.front();
  view.form_token = visit.context.form_token;
  html::Writer writer(visit.phrases());
  tpl::portal::my(writer, view);
  return show(visit, visit.phrases().text("applications.my.title"), writer);
}

}  // namespace bursary::portal
