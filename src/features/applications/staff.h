// What staff's features (screening, decisions) read and write of an application. Public: applications.h lists it.
// Whoever calls these has settled that the viewer may read the program's applications.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/api/api.h"
#include "features/applications/applications.h"
#include "features/messages/messages.h"

namespace bursary::applications {

// By reference, in any state that a queue shows; nothing for one of another program.
std::optional<Application> find_by_reference(db::Tx& tx, std::string_view program, std::string_view reference);
// By id, where a rule has settled that it may.
std::optional<Application> find_by_id(db::Tx& tx, ApplicationId id);
// The same rules on another database: a caller's open transaction (features/api/joined.h).
Parts on_database(const Parts& parts, db::Database& database);
// What the API calls its entity tag: another one after each move, change of answers or flag. Not after an assignment.
std::string etag_of(const Application& application);
// The application that a call of the API names as {reference}, as its If-Match has seen it. Error{not_found}, or
// "problem.api.changed" (412).
Result<Application> application_called(const Parts& parts, const api::Call& call, db::Database& inside);
// Its last submission, read in the form that it was made with.
struct AnswersRead {
  Submission submission;
  std::shared_ptr<const forms::Definition> definition;
};
std::optional<AnswersRead> find_answers(db::Tx& tx, FormVersions& versions, ApplicationId id);

// The class of a state's tag (docs/design.md).
std::string_view state_tag(State state);
// When the step that it stands in is overdue; nothing where no clock runs.
std::optional<Instant> step_due(const programs::StepDays& days, const Application& application);

// A message to the applicant, with {name}, {reference} and the {link} of the application's page.
messages::NewMessage mail_to_applicant(const Application& application, std::string_view template_key, Instant due);

// One of table `flag`. `reason` is staff's or the program's own sentence.
struct FlagRow {
  Flag kind{};
  std::string detail;  // JSON
  Instant at;
};
std::vector<FlagRow> flags_of(db::Tx& tx, ApplicationId id);
// With its bit, its count and its event. False when it was there (add) or was not (remove): then nothing changes.
bool add_flag(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, Flag flag, std::string_view reason,
              const audit::By& by);
bool remove_flag(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, Flag flag, const audit::By& by);

// What an applicant is asked to change; open until the changed application comes in.
struct ChangeRequestTag;
using ChangeRequestId = Id<ChangeRequestTag>;
struct ChangeRequest {
  ChangeRequestId id;
  std::string body;
  Instant due_at, asked_at;
  std::optional<Instant> answered_at;
};
// Newest first.
std::vector<ChangeRequest> change_requests_of(db::Tx& tx, ApplicationId id);
std::optional<ChangeRequest> open_change_request(db::Tx& tx, ApplicationId id);
// Beside the move to `returned`.
ChangeRequestId ask_for_changes(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, std::string_view body,
                                Instant due_at, web::PersonId by);
// Beside the move from `returned` to `submitted`: every open one is answered.
void answer_change_requests(db::Tx& tx, Instant now, ApplicationId id);

}  // namespace bursary::applications
