#include "features/portal/waiting_views.h"

#include "features/applications/mail.h"
#include "features/applications/portal.h"

namespace bursary::portal {

void add_waiting(const Visit& visit, const Application& application, const Standing& standing, bool named,
                 std::vector<WaitingView>& waiting) {
  const std::string path = applications::portal_path(application.id);
  const std::string about = named ? title_of(visit, application) : std::string();
  const auto add = [&](const std::string& href, Phrase text, const char* act) {
    waiting.push_back({href, about, std::move(text), act});
  };
  if (standing.changes_due) {
    const bool late = *standing.changes_due < visit.context.now;
    add(path,
        Phrase(late ? "portal.waits.changes_late" : "portal.waits.changes",
               {{"date", visit.day(*standing.changes_due)}}),
        "portal.waits.changes_act");
  }
  if (standing.decision_unread) add(path + "/decision", "portal.waits.decision", "portal.waits.decision_act");
  if (standing.unread) add(path + "/messages", "portal.waits.message", "portal.waits.message_act");
  if (standing.expires_soon && application.expires_at)
    add(path, Phrase("portal.waits.expires", {{"date", visit.day(*application.expires_at)}}),
        "portal.waits.expires_act");
}

WaitingView invitation_waits(const applications::Waiting& one) {
  const std::string relation(to_string(one.invitation.asked.relation));
  return {"/together/" + one.link,
          {},
          Phrase("portal.waits.invitation." + relation, {{"inviter", one.invitation.inviter}}),
          "portal.waits.invitation_act"};
}

Phrase due_of(const Visit& visit, const Application& application, const Standing& standing) {
  const State state = applications::as_told(application.state);
  if (state == State::draft && application.expires_at)
    return Phrase("applications.my.until", {{"date", visit.day(*application.expires_at)}});
  if (standing.changes_due) return Phrase("applications.my.by", {{"date", visit.day(*standing.changes_due)}});
  if (state != State::submitted && state != State::screening && state != State::in_review) return {};
  const auto due =
      application.submitted_at ? applications::decision_due(*visit.program, *application.submitted_at) : std::nullopt;
  return due ? Phrase("applications.my.by", {{"date", visit.day(*due)}}) : Phrase();
}

Phrase others_were_answered(db::Tx& tx, const Visit& visit) {
  const auto& turnaround = visit.parts.applications.turnaround;
  const auto found = turnaround ? turnaround(tx, visit.program->slug) : std::nullopt;
  return found ? Phrase("applications.my.others", {{"n", std::to_string(found->days)}}) : Phrase();
}

}  // namespace bursary::portal
