#include <array>
#include <numeric>

#include "base/text.h"
#include "features/decisions/decision.sql.h"
#include "features/decisions/decision_row.h"
#include "features/decisions/decisions.h"
#include "features/decisions/told.h"

namespace bursary::decisions {

namespace decision_sql = sql::decisions::decision;

namespace {

constexpr std::array<std::string_view, 3> kKinds = {"award", "decline", "waitlist"};
constexpr std::array<std::string_view, 5> kDecisionStates = {"pending", "leaving", "released", "undone", "overtaken"};
constexpr std::size_t kLongestReason = 4000;  // characters

Choice cleaned(const Choice& choice) {
  return {choice.kind, choice.criterion, std::string(trim(without_hidden(choice.reason))),
          std::string(trim(without_hidden(choice.note)))};
}

Result<void> move(db::Tx& tx, const applications::Parts& house, const Act& act, State from, State to) {
  const auto moved =
      applications::move(tx, house.ids, house.clock.now(), act.id, {to, audit::By::staff(act.by), "moved", {}, from});
  if (!moved) return fail(moved.error());
  return {};
}

// To `decided`; where it was, which undoing brings back.
Result<State> put_aside(db::Tx& tx, const applications::Parts& house, const Act& act) {
  if (act.seen == State::waitlisted) {
    if (tx.execute(decision_sql::still_waitlisted, house.clock.now(), act.id) == 1) return State::waitlisted;
    return fail(ErrorKind::conflict, "applications.problem.moved_on");
  }
  State from = act.seen;
  if (from == State::submitted) {
    if (const auto moved = move(tx, house, act, from, State::screening); !moved) return fail(moved.error());
    from = State::screening;
  }
  if (const auto moved = move(tx, house, act, from, State::decided); !moved) return fail(moved.error());
  return from;
}

// In a transaction, of a choice that was checked. Refuses before it writes anything.
Result<DecisionId> decide_in(db::Tx& tx, const Parts& parts, const std::string& program, const Act& act,
                             const Choice& choice) {
  const applications::Parts& house = parts.applications;
  if (tx.find(decision_sql::is_open, act.id)) return fail(ErrorKind::conflict, "decisions.problem.decided");
  const auto first = tx.find(decision_sql::appealed_against, act.id);
  if (first && first->id<web::PersonId>(0) == act.by)
    return fail(ErrorKind::forbidden, "decisions.problem.same_person");
  const auto was = put_aside(tx, house, act);
  if (!was) return fail(was.error());
  const auto id = house.ids.next<DecisionTag>();
  const Instant now = house.clock.now();
  tx.execute(decision_sql::insert, id, act.id, program, choice.kind, *was, choice.criterion, choice.reason, choice.note,
             act.by, now);
  tell(tx, house.ids, now, act.id, "decision_made", choice, audit::By::staff(act.by));
  return id;
}

}  // namespace

std::string_view to_string(Kind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }
std::string_view to_string(DecisionState state) { return kDecisionStates.at(static_cast<std::size_t>(state)); }
std::optional<Kind> kind_named(std::string_view name) {
  for (const Kind kind : kAllKinds) {
    if (to_string(kind) == name) return kind;
  }
  return std::nullopt;
}
State state_after(Kind kind) {
  switch (kind) {
    case Kind::award:
      return State::awarded;
    case Kind::decline:
      return State::declined;
    case Kind::waitlist:
      return State::waitlisted;
  }
  throw std::logic_error("a decision of no kind");
}

void tell(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, std::string_view kind, const Choice& choice,
          const audit::By& by) {
  // A criterion's key is made of letters, digits and hyphens: it needs no escaping.
  const std::string detail =
      fmt::format(R"({{"decision":"{}","criterion":"{}"}})", to_string(choice.kind), choice.criterion);
  audit::write_event(tx, {ids.next<audit::EventTag>(), id.value, kind, by, now, detail});
}

Decision decision_of(const db::Row& row) {
  Decision out;
  out.id = row.id<DecisionId>(0);
  out.application = row.id<ApplicationId>(1);
  out.choice = {static_cast<Kind>(row.integer(2)), row.text(3), row.text(4), row.text(5)};
  out.state = static_cast<DecisionState>(row.integer(6));
  out.version = row.integer(7);
  out.was = static_cast<State>(row.integer(8));
  out.by = row.id<web::PersonId>(9);
  out.by_name = row.text(10);
  out.at = row.instant(11);
  if (const auto release = row.maybe_integer(12)) out.release = ReleaseId{*release};
  if (const auto message = row.maybe_integer(13)) out.message = messages::MessageId{*message};
  out.released_at = row.maybe_instant(14);
  return out;
}

std::optional<Decision> find_decision(db::Tx& tx, DecisionId id) {
  const auto row = tx.find(decision_sql::by_id, id);
  return row ? std::optional(decision_of(*row)) : std::nullopt;
}

std::vector<Decision> decisions_of(db::Tx& tx, ApplicationId id) {
  std::vector<Decision> found;
  for (const db::Row row : tx.query(decision_sql::of_application, id)) found.push_back(decision_of(row));
  return found;
}

std::optional<Decision> open_decision(db::Tx& tx, ApplicationId id) {
  for (Decision& one : decisions_of(tx, id)) {
    if (one.state == DecisionState::pending || one.state == DecisionState::leaving) return std::move(one);
  }
  return std::nullopt;
}

std::optional<Decision> released_decision(db::Tx& tx, ApplicationId id) {
  for (Decision& one : decisions_of(tx, id)) {
    if (one.state == DecisionState::released) return std::move(one);
  }
  return std::nullopt;
}

std::vector<FieldError> check_choice(const programs::Program& program, const Choice& choice) {
  std::vector<FieldError> problems;
  const auto too_long = [&](const std::string& text, const char* field) {
    if (count_characters(text) <= kLongestReason) return;
    problems.push_back({field, Phrase("decisions.problem.too_long", {{"limit", std::to_string(kLongestReason)}})});
  };
  const bool known =
      std::ranges::any_of(program.criteria, [&](const auto& one) { return one.key == choice.criterion; });
  const bool needed = choice.kind == Kind::decline && !program.criteria.empty();
  if ((needed && choice.criterion.empty()) || (!choice.criterion.empty() && !known))
    problems.push_back({"criterion", "decisions.problem.criterion"});
  if (choice.kind == Kind::decline && trim(choice.reason).empty())
    problems.push_back({"reason", "decisions.problem.reason"});
  too_long(choice.reason, "reason");
  too_long(choice.note, "note");
  return problems;
}

Result<DecisionId> decide(const Parts& parts, const Act& act, const Choice& typed) {
  const auto program = parts.applications.programs.current();
  const Choice choice = cleaned(typed);
  if (auto problems = check_choice(*program, choice); !problems.empty()) return fail(std::move(problems));
  try {
    return parts.applications.database.write(
        [&](db::Tx& tx) { return decide_in(tx, parts, program->slug, act, choice); });
  } catch (const db::ConstraintViolated&) {
    return fail(ErrorKind::conflict, "decisions.problem.decided");
  }
}

std::vector<ManyResult> decide_many(const Parts& parts, const std::vector<Act>& acts, const Choice& typed) {
  constexpr std::size_t kBatch = 500;
  const auto program = parts.applications.programs.current();
  const Choice choice = cleaned(typed);
  if (!check_choice(*program, choice).empty()) return {};
  // Rows are taken in the order of their ids, as by every act on many: two of them wait for each other, never in a
  // ring.
  std::vector<std::size_t> order(acts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return acts[i].id; });
  std::vector<ManyResult> results(acts.size());
  for (std::size_t begin = 0; begin < acts.size(); begin += kBatch) {
    const std::size_t end = std::min(acts.size(), begin + kBatch);
    const auto each = [&](const auto& decide_one) {
      for (std::size_t i = begin; i < end; ++i) {
        const Act& act = acts[order[i]];
        const Result<DecisionId> decided = decide_one(act);
        results[order[i]] = {act.id, decided ? std::nullopt : std::optional(decided.error())};
      }
    };
    const auto one_by_one = [&] { each([&](const Act& act) { return decide(parts, act, choice); }); };
    try {
      const auto written = parts.applications.database.write([&](db::Tx& tx) -> Result<void> {
        each([&](const Act& act) { return decide_in(tx, parts, program->slug, act, choice); });
        return {};
      });
      if (!written) one_by_one();
    } catch (const db::ConstraintViolated&) {
      one_by_one();  // somebody decided on one of them at this very moment
    }
  }
  return results;
}

Result<void> change_decision(const Parts& parts, DecisionId id, std::int64_t version, web::PersonId by,
                             const Choice& typed) {
  const applications::Parts& house = parts.applications;
  const Choice choice = cleaned(typed);
  if (auto problems = check_choice(*house.programs.current(), choice); !problems.empty())
    return fail(std::move(problems));
  return house.database.write([&](db::Tx& tx) -> Result<void> {
    const auto found = find_decision(tx, id);
    if (!found) return fail(ErrorKind::not_found, "problem.not_found");
    const auto first = tx.find(decision_sql::appealed_against, found->application);
    if (first && first->id<web::PersonId>(0) == by) return fail(ErrorKind::forbidden, "decisions.problem.same_person");
    const Instant now = house.clock.now();
    if (tx.execute(decision_sql::change, choice.kind, choice.criterion, choice.reason, choice.note, by, now, id,
                   version) == 0)
      return fail(ErrorKind::conflict, "decisions.problem.changed");
    tell(tx, house.ids, now, found->application, "decision_changed", choice, audit::By::staff(by));
    return {};
  });
}

Result<void> undo_decision(const Parts& parts, DecisionId id, std::int64_t version, web::PersonId by) {
  const applications::Parts& house = parts.applications;
  return house.database.write([&](db::Tx& tx) -> Result<void> {
    const auto found = find_decision(tx, id);
    if (!found) return fail(ErrorKind::not_found, "problem.not_found");
    // Against the release that lets it go at this moment: one of the two finds its state changed.
    if (tx.execute(decision_sql::undo, id, version) == 0) return fail(ErrorKind::conflict, "decisions.problem.changed");
    if (found->message) messages::drop_held(tx, *found->message);
    const Act act{found->application, State::decided, by};
    if (found->was != State::waitlisted) {
      if (const auto moved = move(tx, house, act, State::decided, found->was); !moved) return moved;
    }
    tell(tx, house.ids, house.clock.now(), found->application, "decision_undone", found->choice, audit::By::staff(by));
    return {};
  });
}

}  // namespace bursary::decisions
