// Releases: held for a while, undone or let go. Each decision leaves in a transaction of its batch, together with its
// move and its message.
#include "features/decisions/decision_row.h"
#include "features/decisions/decisions.h"
#include "features/decisions/release.sql.h"
#include "features/decisions/told.h"

namespace bursary::decisions {

namespace release_sql = sql::decisions::release;

namespace {

constexpr std::size_t kBatch = 250;

// Into the release, with its message. False when it is not as it was seen.
bool take(db::Tx& tx, const applications::Parts& house, const programs::Program& program, ReleaseId release,
          const Chosen& chosen, Instant leaves_at, web::PersonId by) {
  const auto decision = find_decision(tx, chosen.id);
  if (!decision || decision->version != chosen.version || decision->state != DecisionState::pending) return false;
  const auto application = applications::find_by_id(tx, decision->application);
  if (!application || application->program != program.slug) return false;
  const State expected = decision->was == State::waitlisted ? State::waitlisted : State::decided;
  const Instant now = house.clock.now();
  if (application->state != expected) {
    if (tx.execute(release_sql::overtake, chosen.id) == 1)
      tell(tx, house.ids, now, decision->application, "decision_overtaken", decision->choice, audit::By::staff(by));
    return false;
  }
  std::optional<messages::MessageId> message;
  if (!application->email.empty()) {
    message =
        messages::hold_message(tx, house.ids, house.random, now, messages::message_id_domain(house.public_address),
                               decision_mail(program, *application, decision->choice, leaves_at));
  }
  if (tx.execute(release_sql::take, release, message, chosen.id, chosen.version) == 0) {
    if (message) messages::drop_held(tx, *message);
    return false;
  }
  tell(tx, house.ids, now, decision->application, "decision_leaving", decision->choice, audit::By::staff(by));
  return true;
}

void tell_release(db::Tx& tx, const applications::Parts& house, std::string_view kind, ReleaseId id, std::int64_t n,
                  web::PersonId by) {
  const std::string detail = fmt::format(R"({{"release":{},"n":{}}})", id.value, n);
  audit::write_event(
      tx, {house.ids.next<audit::EventTag>(), std::nullopt, kind, audit::By::staff(by), house.clock.now(), detail});
}

// A batch of a release that was undone is pending again. How many.
Result<std::int64_t> bring_back(const applications::Parts& house, ReleaseId id, web::PersonId by) {
  return house.database.write([&](db::Tx& tx) -> Result<std::int64_t> {
    std::int64_t back = 0;
    for (const db::Row row : tx.query(release_sql::to_bring_back, id, static_cast<std::int64_t>(kBatch))) {
      const auto decision = find_decision(tx, row.id<DecisionId>(0));
      if (tx.execute(release_sql::bring_back, row.id<DecisionId>(0)) == 0 || !decision) continue;
      if (decision->message) messages::drop_held(tx, *decision->message);
      tell(tx, house.ids, house.clock.now(), decision->application, "decision_kept_back", decision->choice,
           audit::By::staff(by));
      ++back;
    }
    return back;
  });
}

// In the caller's transaction; by whoever said that it leaves. Its row is taken first: who undoes it at this moment has
// it, or finds it gone.
void let_go(db::Tx& tx, const applications::Parts& house, DecisionId id, web::PersonId by) {
  const Instant now = house.clock.now();
  if (tx.execute(release_sql::let_go, now, id) == 0) return;
  const auto decision = find_decision(tx, id);
  if (!decision) throw std::logic_error("a decision without a row");
  const State from = decision->was == State::waitlisted ? State::waitlisted : State::decided;
  const State to = state_after(decision->choice.kind);
  // On the waiting list already: there is nowhere to move to, and it is told again.
  const auto moved = from == to ? Result<State>(from)
                                : applications::move(tx, house.ids, now, decision->application,
                                                     {to, audit::By::staff(by), "moved", {}, from});
  if (!moved) tx.execute(release_sql::overtake_released, id);
  if (decision->message && moved) messages::let_go(tx, now, *decision->message);
  if (decision->message && !moved) messages::drop_held(tx, *decision->message);
  tell(tx, house.ids, now, decision->application, moved ? "decision_released" : "decision_overtaken", decision->choice,
       audit::By::staff(by));
}

}  // namespace

std::vector<Chosen> all_pending(db::Tx& tx, std::string_view program, std::optional<Kind> kind, Instant shown_at) {
  std::vector<Chosen> chosen;
  for (const db::Row row : tx.query(release_sql::all_pending, program, shown_at)) {
    if (!kind || static_cast<Kind>(row.integer(2)) == *kind) chosen.push_back({row.id<DecisionId>(0), row.integer(1)});
  }
  return chosen;
}

Result<Made> make_release(const Parts& parts, web::PersonId by, std::vector<Chosen> chosen) {
  const applications::Parts& house = parts.applications;
  const auto program = house.programs.current();
  const Instant now = house.clock.now(), leaves_at = now + parts.undo_window;
  Made made{house.ids.next<ReleaseTag>()};
  std::ranges::sort(chosen, {}, &Chosen::id);  // as decide_many does
  for (std::size_t begin = 0; begin < chosen.size(); begin += kBatch) {
    const std::size_t end = std::min(chosen.size(), begin + kBatch);
    // A batch is written with its release's row and an event of its own: a server that stops between two of them leaves
    // a smaller release, and never one that nobody is told of.
    const auto taken = house.database.write([&](db::Tx& tx) -> Result<std::int64_t> {
      tx.hold(made.id.value);  // the first ones may be leaving already
      std::int64_t n = 0;
      for (std::size_t i = begin; i < end; ++i) {
        n += take(tx, house, *program, made.id, chosen[i], leaves_at, by) ? 1 : 0;
      }
      if (n == 0) return n;
      if (made.taken == 0) {
        tx.execute(release_sql::insert, made.id, program->slug, by, now, leaves_at, n);
      } else if (tx.execute(release_sql::add, n, made.id) == 0) {
        return fail(ErrorKind::conflict, "decisions.problem.left");  // undone while it was being made
      }
      tell_release(tx, house, "release_made", made.id, n, by);
      return n;
    });
    if (!taken) return fail(taken.error());  // what was taken leaves, and its page tells how many
    made.taken += *taken;
    made.skipped += static_cast<std::int64_t>(end - begin) - *taken;
  }
  if (made.taken == 0) return fail(ErrorKind::conflict, "decisions.problem.nothing_left");
  return made;
}

Result<void> undo_release(const Parts& parts, ReleaseId id, web::PersonId by) {
  const applications::Parts& house = parts.applications;
  const auto undone = house.database.write([&](db::Tx& tx) -> Result<bool> {
    if (tx.execute(release_sql::undo_release, id) == 0) return fail(ErrorKind::conflict, "decisions.problem.left");
    tell_release(tx, house, "release_undone", id, 0, by);
    return true;
  });
  if (!undone) return fail(undone.error());
  for (;;) {
    const auto back = bring_back(house, id, by);
    if (!back) return fail(back.error());  // run_releases brings back what is left
    if (*back == 0) return {};
  }
}

int run_releases(const Parts& parts, int limit) {
  const applications::Parts& house = parts.applications;
  int done = 0;
  // A server that stopped in the middle of undoing left some behind.
  const auto halves = house.database.read(
      [&](db::Tx& tx) { return tx.query(release_sql::half_undone, house.programs.current()->slug); });
  for (const db::Row half : halves) {
    const auto back = bring_back(house, half.id<ReleaseId>(0), half.id<web::PersonId>(1));
    done += back ? static_cast<int>(*back) : 0;
  }
  while (done < limit) {
    const Instant now = house.clock.now();
    const auto due = house.database.read([&](db::Tx& tx) { return tx.find(release_sql::due, now); });
    if (!due) return done;
    const auto release = due->id<ReleaseId>(0);
    const auto by = due->id<web::PersonId>(2);
    const auto batch = house.database.write([&](db::Tx& tx) -> Result<std::int64_t> {
      tx.hold(release.value);  // one node lets it go
      tx.execute(release_sql::begin, release);
      std::int64_t n = 0;
      for (const db::Row row : tx.query(release_sql::to_let_go, release, static_cast<std::int64_t>(kBatch))) {
        let_go(tx, house, row.id<DecisionId>(0), by);
        ++n;
      }
      if (n == 0) tx.execute(release_sql::finish, release);
      return n;
    });
    if (!batch) return done;
    done += static_cast<int>(*batch);
  }
  return done;
}

}  // namespace bursary::decisions
