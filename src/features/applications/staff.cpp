#include "features/applications/staff.h"

#include <boost/json.hpp>

#include "features/applications/mail.h"
#include "features/applications/rows.h"
#include "features/applications/staff.sql.h"
#include "features/applications/tally.h"

namespace bursary::applications {

namespace staff_sql = sql::applications::staff;

namespace {

int days_of(const programs::StepDays& days, State state) {
  switch (state) {
    case State::submitted:
      return days.submitted;
    case State::screening:
      return days.screening;
    case State::in_review:
      return days.in_review;
    case State::decided:
      return days.decided;
    case State::returned:
      return days.returned;
    default:
      return 0;
  }
}

void tell_flag(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, std::string_view kind, Flag flag,
               const audit::By& by) {
  const std::string detail = fmt::format(R"({{"flag":"{}"}})", to_string(flag));
  audit::write_event(tx, {ids.next<audit::EventTag>(), id.value, kind, by, now, detail});
}

}  // namespace

std::optional<Application> find_by_reference(db::Tx& tx, std::string_view program, std::string_view reference) {
  const auto row = tx.find(staff_sql::id_by_reference, reference);
  if (!row || row->text(1) != program) return std::nullopt;
  return find_by_id(tx, row->id<ApplicationId>(0));
}

std::optional<Application> find_by_id(db::Tx& tx, ApplicationId id) {
  auto stored = load_application(tx, id);
  if (!stored) return std::nullopt;
  return std::move(stored->application);
}

Parts on_database(const Parts& parts, db::Database& database) {
  return {database,       parts.clock,         parts.random,      parts.ids,
          parts.programs, parts.form_versions, parts.signing_key, parts.public_address,
          parts.secret,   parts.retired_keys,  parts.turnaround};
}

std::string etag_of(const Application& application) {
  return fmt::format("\"{:x}-{:x}-{:x}\"", application.version, application.updated_at.micros, application.flags);
}

Result<Application> application_called(const Parts& parts, const api::Call& call, db::Database& inside) {
  const std::string program = parts.programs.current()->slug;
  auto found = inside.read([&](db::Tx& tx) { return find_by_reference(tx, program, call.part("reference")); });
  if (!found) return fail(api::not_found());
  if (const auto matched = api::check_match(call, etag_of(*found)); !matched) return fail(matched.error());
  return std::move(*found);
}

std::optional<AnswersRead> find_answers(db::Tx& tx, FormVersions& versions, ApplicationId id) {
  auto submission = load_last_submission(tx, id);
  if (!submission) return std::nullopt;
  auto definition = versions.get(tx, submission->form_version);
  return AnswersRead{std::move(*submission), std::move(definition)};
}

std::string_view state_tag(State state) {
  switch (state) {
    case State::submitted:
    case State::screening:
    case State::in_review:
      return "tag tag--info";
    case State::awarded:
      return "tag tag--success";
    case State::returned:
    case State::on_hold:
    case State::waitlisted:
      return "tag tag--warning";
    default:
      return "tag";
  }
}

std::optional<Instant> step_due(const programs::StepDays& days, const Application& application) {
  const auto since = application.moved_at ? application.moved_at : application.submitted_at;
  const int target = days_of(days, application.state);
  if (!since || target == 0) return std::nullopt;
  return *since + std::chrono::hours(24) * target;
}

messages::NewMessage mail_to_applicant(const Application& application, std::string_view template_key, Instant due) {
  messages::NewMessage out;
  out.application = application.id.value;
  out.template_key = template_key;
  out.locale = application.locale;
  out.recipient = application.email;
  out.due = due;
  out.placeholders = {{"name", application.applicant_name}, {"reference", application.reference}};
  out.links = {{"link", {std::string(kOpensApplication), application.id.value}}};
  return out;
}

std::vector<FlagRow> flags_of(db::Tx& tx, ApplicationId id) {
  std::vector<FlagRow> found;
  for (const db::Row row : tx.query(staff_sql::flags, id)) {
    found.push_back({static_cast<Flag>(row.integer(0)), row.text(1), row.instant(2)});
  }
  return found;
}

bool add_flag(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, Flag flag, std::string_view reason,
              const audit::By& by) {
  const std::string detail = boost::json::serialize(boost::json::object{{"reason", reason}});
  if (tx.execute(staff_sql::add_flag, flag, detail, now, id) == 0) return false;
  tx.execute(staff_sql::set_bit, bit_of(flag), now, id);
  tally_flagged(tx, ids, id, bit_of(flag));
  tell_flag(tx, ids, now, id, "flag_added", flag, by);
  return true;
}

bool remove_flag(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, Flag flag, const audit::By& by) {
  if (tx.execute(staff_sql::remove_flag, id, flag) == 0) return false;
  tx.execute(staff_sql::set_bit, -bit_of(flag), now, id);
  tally_flagged(tx, ids, id, -bit_of(flag));
  tell_flag(tx, ids, now, id, "flag_removed", flag, by);
  return true;
}

std::vector<ChangeRequest> change_requests_of(db::Tx& tx, ApplicationId id) {
  std::vector<ChangeRequest> found;
  for (const db::Row row : tx.query(staff_sql::change_requests, id)) {
    found.push_back({row.id<ChangeRequestId>(0), row.text(1), row.instant(2), row.instant(3), row.maybe_instant(4)});
  }
  return found;
}

std::optional<ChangeRequest> open_change_request(db::Tx& tx, ApplicationId id) {
  for (ChangeRequest& request : change_requests_of(tx, id)) {
    if (!request.answered_at) return std::move(request);
  }
  return std::nullopt;
}

ChangeRequestId ask_for_changes(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, std::string_view body,
                                Instant due_at, web::PersonId by) {
  const auto request = ids.next<ChangeRequestTag>();
  tx.post(staff_sql::ask_for_changes, request, id, body, due_at, by, now);
  return request;
}

void answer_change_requests(db::Tx& tx, Instant now, ApplicationId id) {
  tx.post(staff_sql::answer_change_requests, now, id);
}

}  // namespace bursary::applications
