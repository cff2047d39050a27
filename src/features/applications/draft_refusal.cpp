#include "features/applications/draft_refusal.h"

#include "features/applications/changes.h"
#include "features/applications/find.sql.h"

namespace bursary::applications {

tl::unexpected<Error> changed_elsewhere() {
  return fail(ErrorKind::conflict, "applications.problem.changed_elsewhere");
}

tl::unexpected<Error> already_submitted(const Application& application) {
  return fail(ErrorKind::conflict,
              Phrase("applications.problem.already_submitted", {{"reference", application.reference}}));
}

Result<DraftNow> draft_now(db::Tx& tx, const Holder& holder) {
  Result<Held> held = find_held(tx, holder, Right::edit);
  if (!held) return fail(std::move(held.error()));
  const Application* const application = &held->application;
  if (const auto copy = find_working_copy(tx, *application)) return DraftNow{copy->version, copy->answers};
  if (application->submitted_at) return already_submitted(*application);
  const auto row = tx.find(sql::applications::find::draft_answers, application->id);
  if (application->state != State::draft || !row) return fail(ErrorKind::conflict, "applications.problem.draft_ended");
  return DraftNow{application->version, row->text(0)};
}

Result<void> fits_a_draft(std::string_view answers_json) {
  if (answers_json.size() <= kLargestDraft) return {};
  return fail(ErrorKind::invalid,
              Phrase("applications.problem.draft_too_long", {{"kilobytes", std::to_string(kLargestDraft >> 10)}}));
}

Instant draft_end(const programs::Program& program, Instant now) {
  return now + std::chrono::hours(24) * std::max(1, program.draft_days);
}

}  // namespace bursary::applications
