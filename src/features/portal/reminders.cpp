#include "features/applications/staff.h"
#include "features/portal/portal.h"
#include "features/portal/reminders.sql.h"

namespace bursary::portal {

namespace reminders_sql = sql::portal::reminders;

namespace {

struct Due {
  std::int64_t id = 0;
  applications::ApplicationId application;
  std::string body;
  Instant due_at;
};

// Marked and queued in one write: nobody is reminded twice, however many nodes are at it.
bool remind(const applications::Parts& house, const Due& due, Instant now) {
  const auto done = house.database.write([&](db::Tx& tx) -> Result<bool> {
    const auto application = applications::find_by_id(tx, due.application);
    if (tx.execute(reminders_sql::mark, now, due.id) == 0 || !application) return false;
    if (application->state != applications::State::returned || application->email.empty()) return false;
    auto mail = applications::mail_to_applicant(*application, "changes_reminder", now);
    mail.placeholders["changes"] = due.body;
    mail.placeholders["due_date"] = to_rfc3339(due.due_at);
    messages::queue_message(tx, house.ids, house.random, now, messages::message_id_domain(house.public_address), mail);
    audit::write_event(
        tx, {house.ids.next<audit::EventTag>(), due.application.value, "changes_reminded", audit::By::program(), now});
    return true;
  });
  return done && *done;
}

}  // namespace

int run_reminders(const Parts& parts, int limit) {
  const applications::Parts& house = parts.applications;
  const Instant now = house.clock.now();
  const auto found = house.database.read([&](db::Tx& tx) {
    std::vector<Due> due;
    for (const db::Row row :
         tx.query(reminders_sql::due, now, now + kReminderBefore, now - std::chrono::hours(24), limit))
      due.push_back({row.integer(0), row.id<applications::ApplicationId>(1), row.text(2), row.instant(3)});
    return due;
  });
  int reminded = 0;
  for (const Due& one : found) reminded += remind(house, one, now) ? 1 : 0;
  return reminded;
}

}  // namespace bursary::portal
