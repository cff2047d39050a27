// Who did what, when. Every privileged act and every change of an application's state is one event, written in the
// transaction of what it tells of; a job seals them afterwards in a chain. Lists as public:
// features/audit/event_kind.h, features/audit/chain.h.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/id.h"
#include "base/instant.h"
#include "db/database.h"
#include "features/audit/event_kind.h"
#include "web/context.h"

namespace bursary::audit {

struct EventTag;
using EventId = Id<EventTag>;

// The codes are stored: never renumber.
enum class Actor : std::int16_t { applicant = 0, staff = 1, program = 2 };

// By whom. The person is known where somebody is logged in: staff always are, an applicant who holds a link need not
// be.
struct By {
  Actor actor = Actor::program;
  std::optional<web::PersonId> person;

  static By program() { return {Actor::program, std::nullopt}; }
  static By applicant(std::optional<web::PersonId> person = std::nullopt) { return {Actor::applicant, person}; }
  static By staff(web::PersonId person) { return {Actor::staff, person}; }
};

struct Event {
  EventId id;
  std::optional<std::int64_t> application;  // null: it concerns none
  std::string_view kind;                    // one of kEventKinds
  By by;
  Instant at;
  std::string_view detail = "{}";  // a JSON object with nothing personal and no secret: events outlive what is erased
};

// Posts two rows: the event, and that it waits for its seal.
void write_event(db::Tx& tx, const Event& event);

}  // namespace bursary::audit
