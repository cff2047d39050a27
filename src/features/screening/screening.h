// The first look at an application: what was checked about who applies, what staff note and flag, changes that are
// asked for, holds with an end, and the moves between submitted, screening and in review.
//
// Invariants
//   - Nothing here refuses an application: eligibility, a name on a list, a flag are told to staff, who decide.
//   - What staff note is told to no applicant by any path; what an applicant is asked to change is told by mail and on
//     the application's page, once for each time it is asked.
//   - Every rule is one transaction with its event; what was decided upon another state is Error{conflict}.
// Lists as public: features/screening/sanctions.h.
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/applications/applications.h"
#include "features/applications/staff.h"
#include "web/router.h"

namespace bursary::api {
struct Parts;
}

namespace bursary::screening {

using applications::ApplicationId;
using applications::State;

class SanctionsFile;  // sanctions.h

struct Parts {
  const applications::Parts& applications;
  const SanctionsFile& sanctions;  // the operator's list; may be empty
};

// Who acts on what, as they saw it.
struct Act {
  ApplicationId id;
  State seen{};
  web::PersonId by;
};

// submitted → screening.
Result<void> take_up(const applications::Parts& parts, const Act& act);
// Into review, out of screening; what is still submitted is taken up on the way.
Result<void> send_to_review(const applications::Parts& parts, const Act& act);
// in_review → screening.
Result<void> take_back(const applications::Parts& parts, const Act& act);

// With one message to the applicant, who has until `due` (later is taken too).
Result<void> return_for_changes(const applications::Parts& parts, const Act& act, std::string_view changes,
                                Instant due);

struct Hold {
  std::string reason;
  Instant until, held_at;
  State back_to{};
};
// Goes on by itself at `until`, to where it came from; what is still submitted is taken up on the way.
Result<void> put_on_hold(const applications::Parts& parts, const Act& act, std::string_view reason, Instant until);
Result<void> end_hold(const applications::Parts& parts, const Act& act);
std::optional<Hold> hold_of(db::Tx& tx, ApplicationId id);
// Ends what is over, at most `limit`, each a write of its own. How many went on.
int end_holds(const applications::Parts& parts, int limit);

// Notes.
struct NoteTag;
using NoteId = Id<NoteTag>;
struct Note {
  NoteId id;
  web::PersonId author;
  std::string author_name, body;
  Instant at;
  std::optional<Instant> edited_at;
};
inline constexpr std::chrono::minutes kNoteEditable{15};
std::vector<Note> notes_of(db::Tx& tx, ApplicationId id);  // newest first
Result<NoteId> write_note(const applications::Parts& parts, ApplicationId id, web::PersonId by, std::string_view body);
// One's own, within kNoteEditable; Error{not_found} for another's, Error{conflict} later.
Result<void> edit_note(const applications::Parts& parts, ApplicationId id, NoteId note, web::PersonId by,
                       std::string_view body);

// Checks. The codes are stored: never renumber.
enum class CheckKind : std::int16_t { mail = 0, orcid = 1, document = 2, sanctions = 3, affiliation = 4, other = 5 };
inline constexpr CheckKind kAllChecks[] = {CheckKind::mail,     CheckKind::affiliation, CheckKind::orcid,
                                           CheckKind::document, CheckKind::sanctions,   CheckKind::other};
enum class CheckOutcome : std::int16_t { confirmed = 0, doubtful = 1, refuted = 2 };
inline constexpr CheckOutcome kAllOutcomes[] = {CheckOutcome::confirmed, CheckOutcome::doubtful, CheckOutcome::refuted};
std::string_view to_string(CheckKind kind);
std::string_view to_string(CheckOutcome outcome);
std::optional<CheckKind> check_named(std::string_view name);
std::optional<CheckOutcome> outcome_named(std::string_view name);
struct Check {
  CheckKind kind{};
  CheckOutcome outcome{};
  std::string subject, remark, by;  // by: a name; empty: the program itself
  Instant at;
};
std::vector<Check> checks_of(db::Tx& tx, ApplicationId id);  // newest first
struct NewCheck {
  CheckKind kind{};
  CheckOutcome outcome{};
  std::string subject, remark;
};
// An ORCID iD that cannot be one (its check digit) is Error{invalid} with the field.
Result<void> record_check(const applications::Parts& parts, ApplicationId id, web::PersonId by, const NewCheck& check);

// "0000-0002-1825-0097" from whatever form of it was typed; nothing when its check digit is wrong (ISO 7064 MOD 11-2).
std::optional<std::string> read_orcid(std::string_view typed);
// What an address says about an institution: its domain is made of the institution's words, it is one that anybody can
// have, or it tells nothing. A hint beside the check, never the check itself.
enum class MailHint { fits, anybodys, unclear };
MailHint mail_hint(std::string_view email, std::string_view institution);

// Flags by hand: what the program notices by itself cannot be set, all can be taken off. The reason becomes a note when
// one is taken off.
inline constexpr applications::Flag kByHand[] = {applications::Flag::incomplete, applications::Flag::policy_conflict,
                                                 applications::Flag::sanctions_list, applications::Flag::ineligible,
                                                 applications::Flag::attention};
Result<void> set_flag(const applications::Parts& parts, ApplicationId id, web::PersonId by, applications::Flag flag,
                      std::string_view reason);
Result<void> take_flag_off(const applications::Parts& parts, ApplicationId id, web::PersonId by,
                           applications::Flag flag, std::string_view reason);

// Holds applications that have come in against the operator's list, each once, and flags those with a name like one on
// it; all again after another list was read. How many were compared; 0 when there is nothing to do.
int compare_names(const Parts& parts, int limit);

// GET and POST /staff/applications/{reference}/screening. `parts` outlives the router.
void add_routes(web::Router& router, const Parts& parts);
// /api/v1/applications/{reference}/screening, …/moves, …/flags, …/notes, …/checks.
void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api);

}  // namespace bursary::screening
