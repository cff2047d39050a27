#include "features/ledger/runs.h"

#include "features/ledger/doubt.h"
#include "features/ledger/runs.sql.h"

namespace bursary::ledger {
namespace {
namespace runs_sql = sql::ledger::runs;
}

RunId start_run(db::Tx& tx, IdSource& ids, std::string_view node, Instant now) {
  const RunId run = ids.next<RunTag>();
  tx.execute(runs_sql::start, run, node, now);
  if (tx.dialect() == db::Dialect::sqlite) tx.execute(runs_sql::end_others, now, run);
  return run;
}

bool beat(db::Tx& tx, RunId run) { return tx.execute(runs_sql::beat, run) == 1; }

void end_run(db::Tx& tx, RunId run, Instant now) { tx.execute(runs_sql::end, now, run); }

// Marks those over that were silent for too long.
void Recovery::watch(Steady now) {
  std::map<std::int64_t, Seen> seen;
  const auto open = database_.read([](db::Tx& tx) {
    std::vector<std::pair<std::int64_t, std::int64_t>> runs;
    for (const db::Row row : tx.query(runs_sql::open)) runs.emplace_back(row.integer(0), row.integer(1));
    return runs;
  });
  for (const auto& [run, beats] : open) {
    const auto before = seen_.find(run);
    const Seen is = before != seen_.end() && before->second.beats == beats ? before->second : Seen{beats, now};
    seen.emplace(run, is);
    if (now - is.since < kSilence) continue;
    const auto ended = database_.write([&, id = run](db::Tx& tx) -> Result<bool> {
      return tx.execute(runs_sql::end_silent, clock_.now(), id, is.beats) == 1;
    });
    if (ended && *ended) seen.erase(run);
  }
  seen_ = std::move(seen);
}

std::size_t Recovery::step(Steady now, std::size_t limit) {
  watch(now);
  const auto over = database_.read([](db::Tx& tx) {
    std::vector<RunId> runs;
    for (const db::Row row : tx.query(runs_sql::to_clear)) runs.push_back(row.id<RunId>(0));
    return runs;
  });
  std::size_t done = 0;
  for (const RunId run : over) {
    const auto cleared = database_.write([&](db::Tx& tx) -> Result<std::size_t> {
      const std::size_t doubted = doubt(tx, run, clock_.now(), limit, journal_);
      tx.execute(runs_sql::cleared, clock_.now(), run);
      return doubted;
    });
    if (!cleared) break;
    done += *cleared;
  }
  return done;
}

}  // namespace bursary::ledger
