// What becomes of an application: a decision is made and stays pending until it is released; released, it moves the
// application on and is told by one message. One appeal, decided by somebody else. And the clocks of every step.
//
// Invariants
//   - A pending or leaving decision is known to staff alone. The application's state says nothing else than `decided`
//     (or stays `waitlisted`), which no page of the applicant tells.
//   - Of an application at most one decision is open (pending or leaving); the database holds that too.
//   - A release is undone as long as it is held. Then each of its decisions leaves in one transaction with its move and
//     its message; a decision and its message are therefore never apart.
//   - What two people decide on at once, one of them decided: the other is told (Error{conflict}).
//   - Whoever made the decision that was appealed against decides neither the appeal nor what comes of it.
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/applications/applications.h"
#include "features/applications/staff.h"
#include "features/messages/messages.h"
#include "web/router.h"

namespace bursary::api {
struct Parts;
}

namespace bursary::decisions {

using applications::ApplicationId;
using applications::State;

struct Parts {
  const applications::Parts& applications;
  std::chrono::seconds undo_window{600};  // how long a release is held
};

struct DecisionTag;
using DecisionId = Id<DecisionTag>;
struct ReleaseTag;
using ReleaseId = Id<ReleaseTag>;
struct AppealTag;
using AppealId = Id<AppealTag>;

// The codes are stored: never renumber.
enum class Kind : std::int16_t { award = 0, decline = 1, waitlist = 2 };
inline constexpr Kind kAllKinds[] = {Kind::award, Kind::decline, Kind::waitlist};
std::string_view to_string(Kind kind);
std::optional<Kind> kind_named(std::string_view name);
State state_after(Kind kind);

// overtaken: it was to leave, and the application was not where it had been decided any more.
enum class DecisionState : std::int16_t { pending = 0, leaving = 1, released = 2, undone = 3, overtaken = 4 };
std::string_view to_string(DecisionState state);

struct Choice {
  Kind kind{};
  std::string criterion;  // key of a programs::Criterion; needed for a decline where the program has some
  std::string reason;     // to the applicant; needed for a decline
  std::string note;       // for staff
};

struct Decision {
  DecisionId id;
  ApplicationId application;
  Choice choice;
  DecisionState state{};
  std::int64_t version = 0;
  State was{};
  web::PersonId by;
  std::string by_name;
  Instant at;
  std::optional<ReleaseId> release;
  std::optional<messages::MessageId> message;
  std::optional<Instant> released_at;
};
std::vector<Decision> decisions_of(db::Tx& tx, ApplicationId id);         // newest first
std::optional<Decision> open_decision(db::Tx& tx, ApplicationId id);      // pending or leaving
std::optional<Decision> released_decision(db::Tx& tx, ApplicationId id);  // the last one that was told

struct Act {
  ApplicationId id;
  State seen{};
  web::PersonId by;
};
// From submitted (taken up on the way), screening and in_review, and for what waits on the waiting list, which stays
// there until the release. Error{invalid} with fields; Error{conflict} when it moved on or was decided by now;
// Error{forbidden} where whoever decides made the decision that was appealed against.
Result<DecisionId> decide(const Parts& parts, const Act& act, const Choice& choice);
// Only a pending one. `version` as seen.
Result<void> change_decision(const Parts& parts, DecisionId id, std::int64_t version, web::PersonId by,
                             const Choice& choice);
// Back to where it was decided. Pending, or leaving in a release that is still held; its message is then gone too.
Result<void> undo_decision(const Parts& parts, DecisionId id, std::int64_t version, web::PersonId by);

// The same choice for many, in batches; one refused refuses no other. A result for each act, in their order; none when
// the choice itself cannot be.
struct ManyResult {
  ApplicationId id;
  std::optional<Error> refused;
};
std::vector<ManyResult> decide_many(const Parts& parts, const std::vector<Act>& acts, const Choice& choice);

// What can be found wrong with a choice before anything is asked of the database.
std::vector<FieldError> check_choice(const programs::Program& program, const Choice& choice);

// The message that a decision would be told by.
messages::NewMessage decision_mail(const programs::Program& program, const applications::Application& application,
                                   const Choice& choice, Instant due);

// Releases.
struct Chosen {
  DecisionId id;
  std::int64_t version = 0;
};
struct Made {
  ReleaseId id;
  std::int64_t taken = 0, skipped = 0;  // skipped: changed or released meanwhile
};
// Takes the chosen ones into a release that leaves after the undo window; their messages are held until then.
Result<Made> make_release(const Parts& parts, web::PersonId by, std::vector<Chosen> chosen);
// Every pending one of the program that was last changed at `shown_at` or before.
std::vector<Chosen> all_pending(db::Tx& tx, std::string_view program, std::optional<Kind> kind, Instant shown_at);
// Its decisions are pending again, their messages gone. Error{conflict} once it leaves.
Result<void> undo_release(const Parts& parts, ReleaseId id, web::PersonId by);
// Lets go of what is due, at most `limit` decisions. How many were dealt with.
int run_releases(const Parts& parts, int limit);

// Appeals.
enum class AppealState : std::int16_t { waiting = 0, heard = 1, turned_down = 2 };
struct Appeal {
  AppealId id;
  ApplicationId application;
  DecisionId decision;
  web::PersonId decided_first;  // whoever made that decision
  std::string body, answer;
  Instant made_at;
  AppealState state{};
  std::optional<Instant> decided_at;
};
std::optional<Appeal> appeal_of(db::Tx& tx, ApplicationId id);
// By the owner. Error{not_found} and Error{forbidden} as applications::find_held; Error{conflict} where there is no
// decline to appeal against, or an appeal was made before.
Result<void> make_appeal(const Parts& parts, const applications::Holder& holder, std::string_view body,
                         std::optional<web::PersonId> by);
// heard: it is in review again. One message either way. Error{forbidden} for whoever made the first decision.
Result<void> decide_appeal(const Parts& parts, AppealId id, bool heard, std::string_view answer, web::PersonId by);

// Clocks.
struct Overdue {
  ApplicationId id;
  std::string reference, applicant_name;
  Instant since, due;
};
struct OverdueStep {
  State step{};
  bool appeals = false;
  int days = 0;  // the step's target
  std::vector<Overdue> rows;
  bool more = false;
};
// Every step that has a clock, the longest overdue first, at most `most` of each.
std::vector<OverdueStep> overdue_steps(db::Tx& tx, const programs::Program& program, Instant now, int most);

// /staff/decisions…, /staff/overdue, /staff/applications/{reference}/decision, /application/{link}/decision and the
// same for who is logged in. `parts` outlives the router.
void add_routes(web::Router& router, const Parts& parts);
// The page that decides on many, with these named already; for who may decide_applications.
inline constexpr std::size_t kMostNamed = 10'000;
web::Response choose_for(const Parts& parts, const web::Request& request, const web::Context& context,
                         const std::vector<std::string>& references);
// /api/v1/applications/{reference}/decision…, …/appeal, /api/v1/decisions, /api/v1/releases…, /api/v1/overdue.
void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api);

}  // namespace bursary::decisions
