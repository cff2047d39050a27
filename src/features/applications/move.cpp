#include <fmt/format.h>

#include "features/applications/move.sql.h"
#include "features/applications/rows.h"
#include "features/applications/tally.h"

namespace bursary::applications {

namespace statements = sql::applications::move;

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

}  // namespace

Result<State> move(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, const Move& move) {
  const auto row = tx.find(statements::find, id);
  if (!row) return fail(ErrorKind::not_found, "problem.not_found");
  const auto from = static_cast<State>(row->integer(0));
  if ((move.seen && *move.seen != from) || !may_move(from, move.to, move.by.actor))
    return fail(ErrorKind::conflict, "applications.problem.moved_on");
  // Who came in between has changed the state: then no row is touched.
  if (tx.execute(statements::move, move.to, now, id, from) == 0)
    return fail(ErrorKind::conflict, "applications.problem.moved_on");
  const std::string areas = row->text(2);
  for (const std::string_view area : words_of(areas)) {
    tx.post(statements::move_area, move.to, row->text(1), area, from, row->integer(3));
  }
  tally_moved(tx, ids, id, from);
  audit::write_event(tx, {ids.next<audit::EventTag>(), id.value, move.kind, move.by, now,
                          fmt::format(R"({{"from":"{}","to":"{}"{}{}}})", to_string(from), to_string(move.to),
                                      move.detail.empty() ? "" : ",", move.detail)});
  return from;
}

}  // namespace bursary::applications
