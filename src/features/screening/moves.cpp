// From step to step.
#include "features/messages/messages.h"
#include "features/screening/moves.sql.h"
#include "features/screening/screening.h"
#include "features/screening/texts.h"

namespace bursary::screening {

namespace moves_sql = sql::screening::moves;

namespace {

using applications::Move;

Result<void> step(db::Tx& tx, const applications::Parts& parts, const Act& act, State to, std::string detail = {}) {
  const auto from = applications::move(tx, parts.ids, parts.clock.now(), act.id,
                                       Move{to, audit::By::staff(act.by), "moved", std::move(detail), act.seen});
  if (!from) return fail(from.error());
  return {};
}

// What is still submitted is taken up first: one act of a person, two lines of the table of moves.
Result<Act> taken_up(db::Tx& tx, const applications::Parts& parts, const Act& act) {
  if (act.seen != State::submitted) return act;
  if (const auto done = step(tx, parts, act, State::screening); !done) return fail(done.error());
  return Act{act.id, State::screening, act.by};
}

}  // namespace

Result<void> take_up(const applications::Parts& parts, const Act& act) {
  return parts.database.write([&](db::Tx& tx) { return step(tx, parts, act, State::screening); });
}

Result<void> take_back(const applications::Parts& parts, const Act& act) {
  if (act.seen != State::in_review) return fail(ErrorKind::conflict, "applications.problem.moved_on");
  return take_up(parts, act);
}

Result<void> send_to_review(const applications::Parts& parts, const Act& act) {
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    const auto ready = taken_up(tx, parts, act);
    if (!ready) return fail(ready.error());
    return step(tx, parts, *ready, State::in_review);
  });
}

Result<void> return_for_changes(const applications::Parts& parts, const Act& act, std::string_view changes,
                                Instant due) {
  const auto text = staff_text(changes, "changes");
  if (!text) return fail(text.error());
  const Instant now = parts.clock.now();
  if (due <= now) return fail({{"due", "screening.problem.past"}});
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    if (const auto done = step(tx, parts, act, State::returned); !done) return done;
    applications::ask_for_changes(tx, parts.ids, now, act.id, *text, due, act.by);
    const auto application = applications::find_by_id(tx, act.id);
    if (!application || application->email.empty()) return {};
    messages::NewMessage mail = applications::mail_to_applicant(*application, "returned", now);
    mail.placeholders["changes"] = *text;
    mail.placeholders["due_date"] = to_rfc3339(due);
    messages::queue_message(tx, parts.ids, parts.random, now, messages::message_id_domain(parts.public_address), mail);
    return {};
  });
}

Result<void> put_on_hold(const applications::Parts& parts, const Act& act, std::string_view reason, Instant until) {
  const auto text = staff_text(reason, "reason");
  if (!text) return fail(text.error());
  const Instant now = parts.clock.now();
  if (until <= now) return fail({{"until", "screening.problem.past"}});
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    const auto ready = taken_up(tx, parts, act);
    if (!ready) return fail(ready.error());
    if (const auto done = step(tx, parts, *ready, State::on_hold); !done) return done;
    tx.execute(moves_sql::drop_hold, act.id);
    tx.execute(moves_sql::keep_hold, act.id, *text, until, ready->seen, act.by, now);
    return {};
  });
}

std::optional<Hold> hold_of(db::Tx& tx, ApplicationId id) {
  const auto row = tx.find(moves_sql::hold, id);
  if (!row) return std::nullopt;
  return Hold{row->text(0), row->instant(1), row->instant(2), static_cast<State>(row->integer(3))};
}

Result<void> end_hold(const applications::Parts& parts, const Act& act) {
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    const auto hold = hold_of(tx, act.id);
    if (const auto done = step(tx, parts, act, hold ? hold->back_to : State::screening); !done) return done;
    tx.execute(moves_sql::drop_hold, act.id);
    return {};
  });
}

int end_holds(const applications::Parts& parts, int limit) {
  const Instant now = parts.clock.now();
  const auto over = parts.database.read([&](db::Tx& tx) {
    std::vector<ApplicationId> ids;
    for (const db::Row row : tx.query(moves_sql::holds_over, now, limit)) ids.push_back(row.id<ApplicationId>(0));
    return ids;
  });
  int ended = 0;
  for (const ApplicationId id : over) {
    const auto done = parts.database.write([&](db::Tx& tx) -> Result<bool> {
      const auto hold = hold_of(tx, id);
      if (!hold || hold->until > now) return false;  // somebody was here meanwhile
      // Only this node's deletion moves it on; withdrawn meanwhile, there is nothing to move.
      if (tx.execute(moves_sql::drop_hold, id) == 0) return false;
      const auto row = tx.find(moves_sql::facts, id);
      if (!row || static_cast<State>(row->integer(0)) != State::on_hold) return false;
      const auto moved = applications::move(
          tx, parts.ids, now, id,
          Move{hold->back_to, audit::By::program(), "moved", R"("why":"hold_over")", State::on_hold});
      if (!moved) return fail(moved.error());
      return true;
    });
    ended += done && *done ? 1 : 0;
  }
  return ended;
}

}  // namespace bursary::screening
