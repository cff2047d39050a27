#include <stdexcept>

#include "features/applications/changes.h"
#include "features/applications/find.sql.h"
#include "features/applications/rows.h"

namespace bursary::applications {

namespace find_sql = sql::applications::find;

forms::Answers stored_answers(const std::string& json) {
  Result<forms::Answers> answers = forms::answers_from_json(json);
  if (!answers) throw std::runtime_error("stored answers cannot be read: " + answers.error().detail);
  return std::move(*answers);
}

tl::unexpected<Error> no_such_link() { return fail(ErrorKind::not_found, "applications.problem.no_such_link"); }

std::optional<std::string> tellable_link(const Parts& parts, const StoredApplication& stored) {
  const Application& application = stored.application;
  LinkSecret link = LinkSecret::derive(application.id, parts.secret, application.link_generation);
  if (!same_secret(stored.link_hash, bytes_of(link.hash()))) return std::nullopt;
  return std::move(link.text);
}

std::optional<StoredApplication> load_application(db::Tx& tx, ApplicationId id) {
  const auto row = tx.find(find_sql::application, id);
  if (!row) return std::nullopt;
  StoredApplication out;
  Application& a = out.application;
  a.id = row->id<ApplicationId>(0);
  a.program = row->text(1);
  a.state = static_cast<State>(row->integer(2));
  a.reference = row->text_or_empty(3);
  a.form_version = row->id<FormVersionId>(4);
  a.locale = row->text(5);
  a.applicant_name = row->text(6);
  a.email = row->text(7);
  a.institution = row->text(8);
  a.country = row->text(9);
  a.flags = static_cast<std::uint64_t>(row->integer(10));
  a.version = row->integer(11);
  a.created_at = row->instant(12);
  a.updated_at = row->instant(13);
  a.submitted_at = row->maybe_instant(14);
  a.expires_at = row->maybe_instant(15);
  a.queue_id = row->maybe_integer(16).value_or(0);
  out.link_hash = row->bytes(17);
  a.moved_at = row->maybe_instant(18);
  a.link_generation = row->integer(19);
  return out;
}

namespace {

std::optional<Submission> submission_in(const std::optional<db::Row>& row) {
  if (!row) return std::nullopt;
  return Submission{static_cast<int>(row->integer(0)),
                    row->id<FormVersionId>(1),
                    row->instant(2),
                    stored_answers(row->text(3)),
                    row->bytes(4),
                    row->bytes(5)};
}

}  // namespace

std::optional<Submission> load_last_submission(db::Tx& tx, ApplicationId id) {
  return submission_in(tx.find(find_sql::last_submission, id));
}

Result<Application> find_by_link(db::Tx& tx, std::string_view link) {
  Result<Held> held = find_held(tx, link, Right::read);
  if (!held) return fail(std::move(held.error()));
  return std::move(held->application);
}

Result<DraftView> find_draft(db::Tx& tx, FormVersions& versions, const Holder& holder, Right right) {
  Result<Held> held = find_held(tx, holder, right);
  if (!held) return fail(std::move(held.error()));
  Application& application = held->application;
  if (const auto copy = find_working_copy(tx, application)) {
    // Its own count of saves, and no end: it waits as long as its application may be changed.
    application.version = copy->version;
    auto definition = versions.get(tx, application.form_version);
    return DraftView{std::move(application), std::move(definition), stored_answers(copy->answers)};
  }
  if (application.state != State::draft) return no_such_link();
  const auto row = tx.find(find_sql::draft_answers, application.id);
  if (!row) throw std::logic_error("a draft has lost its answers");
  auto definition = versions.get(tx, application.form_version);
  return DraftView{std::move(application), std::move(definition), stored_answers(row->text(0))};
}

Result<ConfirmationView> find_confirmation(db::Tx& tx, FormVersions& versions, const Holder& holder, int number) {
  Result<Held> held = find_held(tx, holder, Right::read);
  if (!held) return fail(std::move(held.error()));
  std::optional<Submission> submission =
      number == 0 ? load_last_submission(tx, held->application.id)
                  : submission_in(tx.find(find_sql::submission, held->application.id, number));
  if (!submission) return no_such_link();
  auto definition = versions.get(tx, submission->form_version);
  return ConfirmationView{std::move(held->application), std::move(*submission), std::move(definition)};
}

}  // namespace bursary::applications
