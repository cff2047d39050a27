#include "features/queue/bulk_run.h"

#include <algorithm>

#include "features/queue/bulk.sql.h"
#include "features/queue/query_sql.h"

namespace bursary::queue {
namespace {

namespace bulk_sql = sql::queue::bulk;
using applications::State;

constexpr std::size_t kRowsAtOnce = 2000;  // written in one transaction when an act begins

BulkTarget target_of(const db::Row& row) {
  const applications::HeldRow held{row.id<applications::ApplicationId>(1), static_cast<State>(row.integer(3)),
                                   row.text(9), row.text(10), row.integer(11)};
  return {held, static_cast<State>(row.integer(2)), row.integer(4), row.maybe_integer(5)};
}

// What was read of the row holds for the first of those that name the same application.
void apply_row(const BulkStep& step, const BulkAction& action, BulkId id, const db::Row& row,
               applications::ApplicationId before) {
  if (static_cast<RowOutcome>(row.integer(8)) != RowOutcome::waiting) return;
  const BulkTarget target = target_of(row);
  const bool as_seen = target.row.id != before && target.row.state == target.seen;
  const Applied applied = as_seen ? action.apply(step, target) : Applied{RowOutcome::changed};
  step.tx.post(bulk_sql::record, applied.outcome, applied.was, applied.mark, id, row.integer(0));
}

void undo_row(const BulkStep& step, const BulkAction& action, BulkId id, const db::Row& row) {
  if (static_cast<RowOutcome>(row.integer(8)) != RowOutcome::done) return;
  const Applied done{RowOutcome::done, row.maybe_integer(6), row.maybe_integer(7)};
  step.tx.post(bulk_sql::record_undone, action.undo(step, target_of(row), done), id, row.integer(0));
}

}  // namespace

std::string_view to_string(RowOutcome outcome) {
  constexpr std::string_view kNames[] = {"waiting", "done", "changed", "not_allowed", "undone", "kept"};
  return kNames[static_cast<std::size_t>(outcome)];
}

const BulkAction* action_named(const Parts& parts, std::string_view name) {
  const auto found = std::ranges::find_if(parts.actions, [&](const BulkAction* one) { return one->name() == name; });
  return found == parts.actions.end() ? nullptr : *found;
}

std::vector<Chosen> choose_all(db::Tx& tx, std::string_view program, Filter filter, std::int64_t as_of,
                               std::size_t most) {
  filter.sort = Sort::newest;
  ListQuery asked{.program = program, .filter = filter, .size = most + 1, .columns = Columns::chosen};
  asked.cursor.older_than = as_of + 1;
  ComposedQuery query;
  compose_list(query, tx.dialect(), asked);
  std::vector<Chosen> chosen;
  for (const db::Row row : tx.query_composed(query.text, query.values)) {
    chosen.push_back({row.id<applications::ApplicationId>(1), static_cast<State>(row.integer(2))});
  }
  return chosen;
}

Result<BulkId> start_bulk(const Parts& parts, const BulkOrder& order, const std::vector<Chosen>& chosen) {
  const BulkId id = parts.ids.next<BulkTag>();
  const Instant now = parts.clock.now();
  // Rows in ascending order of application, so that two acts on the same ones do not wait for each other in a circle.
  std::vector<Chosen> rows = chosen;
  std::ranges::sort(rows, {}, &Chosen::id);
  for (std::size_t first = 0; first == 0 || first < rows.size(); first += kRowsAtOnce) {
    const std::size_t end = std::min(rows.size(), first + kRowsAtOnce);
    const auto written = parts.database.write([&](db::Tx& tx) -> Result<bool> {
      if (first == 0) {
        tx.post(bulk_sql::start, id, order.program, order.person, order.action.name(), order.argument, order.query,
                now);
      }
      for (std::size_t i = first; i < end; ++i) tx.post(bulk_sql::add_row, id, i + 1, rows[i].id, rows[i].seen);
      if (end == rows.size()) tx.post(bulk_sql::begin, rows.size(), id);
      return true;
    });
    if (!written) return fail(written.error());
  }
  return id;
}

bool run_bulk_batch(const Parts& parts, BulkId id) {
  const Instant now = parts.clock.now();
  const auto done = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    const auto bulk = tx.find(bulk_sql::find, id);
    if (!bulk) return false;
    const auto state = static_cast<BulkState>(bulk->integer(5));
    const bool back = state == BulkState::undoing;
    const BulkAction* action = action_named(parts, bulk->text(2));
    if ((state != BulkState::running && !back) || action == nullptr) return false;
    const std::int64_t total = bulk->integer(6), first = bulk->integer(7);
    const std::int64_t end = std::min(total + 1, first + static_cast<std::int64_t>(kBulkBatch));
    const BulkState then = end <= total ? state : back ? BulkState::undone : BulkState::done;
    if (tx.execute(bulk_sql::advance, end, then, id, first, state) == 0) return true;  // somebody else is at it
    const std::string argument = bulk->text(3);
    const BulkStep step{tx, parts.ids, now, audit::By::staff(web::PersonId{bulk->integer(1)}), argument};
    applications::ApplicationId
        before;  // rows are in the order of applications: one that was chosen twice comes in a row
    for (const db::Row row : tx.query(bulk_sql::targets, id, first, end)) {
      back ? undo_row(step, *action, id, row) : apply_row(step, *action, id, row, before);
      before = row.id<applications::ApplicationId>(1);
    }
    return then == state;
  });
  return done && *done;
}

void run_bulk(const Parts& parts, BulkId id, std::chrono::milliseconds patience) {
  const auto begin = std::chrono::steady_clock::now();
  while (run_bulk_batch(parts, id) && std::chrono::steady_clock::now() - begin < patience) {
  }
}

Result<void> undo_bulk(const Parts& parts, BulkId id) {
  const auto begun = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    if (tx.execute(bulk_sql::begin_undo, id) == 0) return fail(ErrorKind::conflict, "queue.bulk.problem.undone");
    return true;
  });
  if (!begun) return fail(begun.error());
  return {};
}

std::optional<BulkRecord> find_bulk(db::Tx& tx, std::string_view program, BulkId id) {
  const auto row = tx.find(bulk_sql::find, id);
  if (!row || row->text(0) != program) return std::nullopt;
  BulkRecord bulk;
  bulk.id = id;
  bulk.program = row->text(0);
  bulk.person = row->integer(1);
  bulk.action = row->text(2);
  bulk.argument = row->text(3);
  bulk.query = row->text(4);
  bulk.state = static_cast<BulkState>(row->integer(5));
  bulk.total = row->integer(6);
  bulk.next = row->integer(7);
  bulk.created_at = row->instant(8);
  return bulk;
}

std::chrono::milliseconds BulkJob::step() {
  constexpr std::chrono::milliseconds kIdle{1000};
  const auto id = parts_.database.read([](db::Tx& tx) -> std::optional<BulkId> {
    const auto row = tx.find(bulk_sql::unfinished);
    return row ? std::optional(row->id<BulkId>(0)) : std::nullopt;
  });
  if (!id) return kIdle;
  pace_.begin();
  const bool more = run_bulk_batch(parts_, *id);
  return more ? pace_.end(1) : kIdle;
}

}  // namespace bursary::queue
