#include "features/portal/waiting.h"

#include "features/portal/waiting.sql.h"

namespace bursary::portal {

namespace waiting_sql = sql::portal::waiting;

using applications::Right;
using applications::State;

namespace {

// As long before its end as the reminder is sent.
constexpr std::chrono::hours kSoon{7 * 24};
// For the header: who has more sees the rest on /my.
constexpr std::size_t kMostCounted = 20;

}  // namespace

int Standing::waits() const {
  return (unread ? 1 : 0) + (decision_unread ? 1 : 0) + (changes_due ? 1 : 0) + (expires_soon ? 1 : 0);
}

Standing standing_of(db::Tx& tx, const applications::Application& application, const applications::Belonging& belonging,
                     web::PersonId person, Instant now) {
  Standing out;
  const auto row = tx.find(waiting_sql::facts, application.id, person);
  if (!row) return out;
  out.decision = row->maybe_integer(1).value_or(0);
  out.decision_unread = out.decision > row->maybe_integer(4).value_or(0);
  if (!belonging.may(Right::edit)) return out;
  out.letter = row->maybe_integer(0).value_or(0);
  out.unread = out.letter > row->maybe_integer(3).value_or(0);
  if (application.state == State::returned) out.changes_due = row->maybe_instant(2);
  out.expires_soon =
      application.state == State::draft && application.expires_at && *application.expires_at - now <= kSoon;
  return out;
}

void see(db::Tx& tx, web::PersonId person, applications::ApplicationId id, std::int64_t letter, std::int64_t decision) {
  tx.execute(waiting_sql::see, person, id, letter, decision);
}

std::int64_t count_waiting(const Parts& parts, const web::Viewer& viewer) {
  if (!viewer.person || viewer.emails.empty()) return 0;
  const applications::Parts& house = parts.applications;
  const auto program = house.programs.current();
  const Instant now = house.clock.now();
  return house.database.read([&](db::Tx& tx) {
    auto count = static_cast<std::int64_t>(applications::invitations_for(tx, house, viewer.emails).size());
    auto own = applications::own_applications(tx, program->slug, *viewer.person, viewer.emails);
    if (own.size() > kMostCounted) own.resize(kMostCounted);
    for (const auto& one : own) count += standing_of(tx, one.application, one.belonging, *viewer.person, now).waits();
    return count;
  });
}

}  // namespace bursary::portal
