#include <spdlog/spdlog.h>

#include "base/number.h"
#include "features/privacy/erase.h"
#include "features/privacy/erase.sql.h"
#include "features/privacy/retention.sql.h"

namespace bursary::privacy {
namespace {

namespace retention_sql = sql::privacy::retention;
using applications::ApplicationId;
using applications::State;
using std::chrono::milliseconds;

constexpr std::chrono::minutes kLease{10};
constexpr std::chrono::minutes kBetweenRuns{5};
constexpr std::chrono::hours kLookAgain{1};  // longer than any transaction that began before an erasure
constexpr int kBatch = 50;
constexpr milliseconds kBetweenPurges{50};
constexpr milliseconds kIdle{10'000};

// An application that waits for nothing any more. An award's record is kept until it is closed.
constexpr State kEnded[] = {State::declined, State::withdrawn, State::closed};

std::vector<ApplicationId> ids_over(db::Tx& tx, const programs::Program& program, Instant now, int limit) {
  std::vector<ApplicationId> over;
  const Instant before = now - std::chrono::hours(24) * program.retention_days;
  for (const State state : kEnded) {
    for (const db::Row row : tx.query(retention_sql::over, program.slug, state, before, limit))
      over.push_back(row.id<ApplicationId>(0));
  }
  return over;
}

std::vector<ApplicationId> lately_erased(db::Tx& tx, Instant now) {
  std::vector<ApplicationId> erased;
  for (const db::Row row : tx.query(sql::privacy::erase::latest)) {
    if (row.instant(1) > now - kLookAgain) erased.push_back(row.id<ApplicationId>(0));
  }
  return erased;
}

std::int64_t purged_so_far(db::Tx& tx) {
  const auto row = tx.find(retention_sql::purged);
  return row ? read_row_number(row->text(0)) : 0;
}

}  // namespace

bool RetentionJob::hold_lease() {
  const Instant now = parts_.clock.now();
  const auto held = parts_.database.write([&](db::Tx& tx) -> Result<bool> {
    return tx.execute(retention_sql::take_lease, parts_.node_name, now + kLease, now) > 0;
  });
  return held.value_or(false);
}

int RetentionJob::run_once(int limit) {
  const auto program = parts_.programs.current();
  if (!hold_lease()) return 0;
  const Instant now = parts_.clock.now();
  const auto [over, lately] = parts_.database.read([&](db::Tx& tx) {
    const bool ends = program->retention_days > 0;
    return std::pair(ends ? ids_over(tx, *program, now, limit) : std::vector<ApplicationId>(), lately_erased(tx, now));
  });
  for (const ApplicationId id : lately) {
    const auto again = parts_.database.write([&](db::Tx& tx) -> Result<bool> {
      empty_application(tx, id);
      return true;
    });
    if (!again) break;  // the database is busy: the next turn does it
  }
  int erased = 0;
  for (const ApplicationId id : over) {
    const auto done = parts_.database.write([&](db::Tx& tx) -> Result<bool> {
      return erase_application(tx, parts_, id, Why::retention, audit::By::program());
    });
    erased += done.value_or(false) ? 1 : 0;
  }
  return erased;
}

bool RetentionJob::purge_once() {
  if (purging_ == 0) {
    const auto [so_far, purged] = parts_.database.read([](db::Tx& tx) {
      return std::pair{queue::erasures_so_far(tx), purged_so_far(tx)};
    });
    if (so_far <= purged) return false;
    purging_ = so_far;
  }
  if (purge_.step()) return true;
  const auto remembered = parts_.database.write([&](db::Tx& tx) -> Result<bool> {
    tx.post(retention_sql::remember_purged, std::to_string(purging_));
    return true;
  });
  if (remembered) purging_ = 0;
  return true;
}

milliseconds RetentionJob::step() {
  const Instant now = parts_.clock.now();
  if (now - last_run_ >= kBetweenRuns) {
    const int erased = run_once(kBatch);
    if (erased > 0) spdlog::info("{} applications erased: the program keeps them no longer", erased);
    if (erased < kBatch) last_run_ = now;
  }
  return purge_once() ? kBetweenPurges : kIdle;
}

}  // namespace bursary::privacy
