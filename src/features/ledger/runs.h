// Runs: which process reserved what, and what becomes of it when that process is no more (docs/formats/ledger.md).
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "features/ledger/ledger.h"

namespace bursary::ledger {

struct RunTag;
using RunId = Id<RunTag>;

class Journal;

// A new run. On SQLite every other one is over from now on.
RunId start_run(db::Tx& tx, IdSource& ids, std::string_view node, Instant now);
// Counts a beat. False: the run is over, and nothing more may be written in its name.
bool beat(db::Tx& tx, RunId run);
void end_run(db::Tx& tx, RunId run, Instant now);

// Finds runs that are over, and doubts what they left. Any node; one thread each.
class Recovery {
 public:
  // How long a run may be silent, by this process's steady clock.
  static constexpr std::chrono::seconds kSilence{30};
  using Steady = std::chrono::steady_clock::time_point;

  Recovery(db::Database& database, const Clock& clock, IdSource& ids, Journal* journal)
      : database_(database), clock_(clock), ids_(ids), journal_(journal) {}
  // How many reservations were doubted; at most `limit`.
  std::size_t step(Steady now, std::size_t limit);

 private:
  void watch(Steady now);
  struct Seen {
    std::int64_t beats = 0;
    Steady since;
  };
  db::Database& database_;
  const Clock& clock_;
  IdSource& ids_;
  Journal* journal_;
  std::map<std::int64_t, Seen> seen_;
};

}  // namespace bursary::ledger
