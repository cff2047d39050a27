#include "features/queue/queue.h"
#include "features/queue/tally.h"
#include "features/queue/tally.sql.h"

namespace bursary::queue {
namespace {

namespace tally_sql = sql::queue::tally;
using applications::State;
using std::chrono::milliseconds;

constexpr std::size_t kTallyBatch = 500;
constexpr milliseconds kTallyIdle{500};
constexpr std::chrono::seconds kTallyLease{10};
constexpr std::chrono::hours kFirstCheck{1}, kBetweenChecks{24};

TallyPlace tally_place(const db::Row& row, std::size_t first) {
  return {static_cast<State>(row.integer(first)), row.text(first + 1), row.text(first + 2), row.integer(first + 3),
          row.integer(first + 4)};
}

void write(db::Tx& tx, const std::string& program, const Tally& tally) {
  for (const auto& [key, n] : tally) {
    const auto& [facet, within, value, state] = key;
    if (n != 0) tx.post(tally_sql::add, program, facet, within, value, state, n);
  }
}

struct Difference {
  Tally missing;  // what has to be added
  std::size_t counts = 0;
};
Difference difference(db::Tx& tx, std::string_view program) {
  Tally tally;
  for (const db::Row row : tx.query(tally_sql::counted, program)) add_place(tally, tally_place(row, 0), row.integer(5));
  Difference out;
  out.counts = tally.size();
  for (const db::Row row : tx.query(tally_sql::whole, program)) {
    const auto facet = static_cast<applications::TallyFacet>(row.integer(0));
    tally[{facet, row.text(1), row.text(2), static_cast<State>(row.integer(3))}] -= row.integer(4);
  }
  for (const db::Row row : tx.query(tally_sql::waiting, program, INT32_MAX)) {
    add_place(tally, tally_place(row, 0), -row.integer(5));
  }
  std::erase_if(tally, [](const auto& one) { return one.second == 0; });
  out.missing = std::move(tally);
  return out;
}

}  // namespace

std::size_t TallyJob::run_once(std::size_t limit) {
  const Instant now = parts_.clock.now();
  const auto done = parts_.database.write([&](db::Tx& tx) -> Result<std::size_t> {
    if (tx.execute(tally_sql::take_lease, parts_.node_name, now + kTallyLease, now) == 0) return std::size_t{0};
    const db::Rows taken = tx.query(tally_sql::take, static_cast<std::int64_t>(limit));
    std::map<std::string, Tally> tallies;
    for (const db::Row row : taken) add_place(tallies[row.text(0)], tally_place(row, 1), row.integer(6));
    for (const auto& [program, tally] : tallies) write(tx, program, tally);
    return taken.size();
  });
  return done ? *done : 0;
}

milliseconds TallyJob::step() {
  const Instant now = parts_.clock.now();
  if (next_check_.micros == 0) next_check_ = now + kFirstCheck;
  if (now >= next_check_) {
    next_check_ = now + kBetweenChecks;
    mend_tally(parts_.database, parts_.programs.current()->slug);
  }
  pace_.begin();
  // Nothing to do is found out without a write.
  const bool waits = parts_.database.read(
      [&](db::Tx& tx) { return !tx.query(tally_sql::waiting, parts_.programs.current()->slug, 1).empty(); });
  const std::size_t done = waits ? run_once(kTallyBatch) : 0;
  const milliseconds rest = pace_.end(done > 0 ? 1 : 0);
  return done == kTallyBatch ? rest : std::max(rest, kTallyIdle);
}

TallyCheck check_tally(db::Database& database, std::string_view program) {
  return database.read([&](db::Tx& tx) {
    const Difference found = difference(tx, program);
    return TallyCheck{found.counts, found.missing.size()};
  });
}

TallyCheck mend_tally(db::Database& database, std::string_view program) {
  const Difference found = database.read([&](db::Tx& tx) { return difference(tx, program); });
  // What changes meanwhile is counted in its own rows: the difference stays the same.
  if (!found.missing.empty()) {
    const auto written = database.write([&](db::Tx& tx) -> Result<bool> {
      write(tx, std::string(program), found.missing);
      return true;
    });
    if (!written) return {found.counts, found.missing.size()};
  }
  return {found.counts, found.missing.size()};
}

}  // namespace bursary::queue
