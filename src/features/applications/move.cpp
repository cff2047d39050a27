#include <fmt/format.h>

#include "features/applications/move.sql.h"
#include "features/applications/rows.h"
#include "features/applications/tally.h"

namespace bursary::applications {

namespace move_sql = sql::applications::move;

namespace {

std::vector<std::string_view> words_of(std::string_view areas) {
  std::vector<std::string_view> words;
  while (!areas.empty()) {
    const auto end = areas.find(' ');
    words.push_back(areas.substr(0, end));
    areas.remove_prefix(end == std::string_view::npos ? areas.size() : end + 1);
  }
  return words;
}

bool may(const Move& move, State from) {
  return (!move.seen || *move.seen == from) && may_move(from, move.to, move.by.actor);
}

// What follows from the row's new state.
void follow(db::Tx& tx, IdSource& ids, Instant now, const HeldRow& was, const Move& move) {
  for (const std::string_view area : words_of(was.areas)) {
    tx.post(move_sql::move_area, move.to, was.program, area, was.state, was.queue_id);
  }
  tally_moved(tx, ids, was.id, was.state);
  audit::write_event(tx, {ids.next<audit::EventTag>(), was.id.value, move.kind, move.by, now,
                          fmt::format(R"({{"from":"{}","to":"{}"{}{}}})", to_string(was.state), to_string(move.to),
                                      move.detail.empty() ? "" : ",", move.detail)});
}

}  // namespace

Result<State> move(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, const Move& move) {
  const auto row = tx.find(move_sql::find, id);
  if (!row) return fail(ErrorKind::not_found, "problem.not_found");
  const HeldRow was{id, static_cast<State>(row->integer(0)), row->text(1), row->text(2), row->integer(3)};
  if (!may(move, was.state)) return fail(ErrorKind::conflict, "applications.problem.moved_on");
  // Who came in between has changed the state: then no row is touched.
  if (tx.execute(move_sql::move, move.to, now, id, was.state) == 0)
    return fail(ErrorKind::conflict, "applications.problem.moved_on");
  follow(tx, ids, now, was, move);
  return was.state;
}

Result<State> move_held(db::Tx& tx, IdSource& ids, Instant now, const HeldRow& held, const Move& move) {
  if (!may(move, held.state)) return fail(ErrorKind::conflict, "applications.problem.moved_on");
  tx.post(move_sql::move, move.to, now, held.id, held.state);
  follow(tx, ids, now, held, move);
  return held.state;
}

}  // namespace bursary::applications
