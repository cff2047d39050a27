// Reserves and ends for many callers at once: what waits is decided in the order of arrival and written in one
// transaction, which locks each account and each limit once. A lone caller never waits for company.
//
// Invariants
//   - `held` is told after the reservation is durable, and no sooner.
//   - What is told `unavailable` holds nothing, or nothing for long: where a commit is in doubt, what it may have
//   reserved
//     is let go as soon as the database answers.
//   - An ending is tried until it is written, in the order of arrival; it is kept in memory until then. A process that
//     ends before leaves a reservation that runs.h clears.
//   - Both queues are bounded: reservations by `most_waiting`, endings by the reservations that were made.
//   - One that fails spoils no other: a group that breaks a constraint is done again one by one.
//   - Callbacks run on the batcher's thread, must not block, and are called once each.
#pragma once
#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "features/ledger/ledger.h"
#include "features/ledger/runs.h"

namespace bursary::ledger {

inline constexpr std::size_t kLimits = 3;  // that a reservation counts against

struct Claim {
  TransferId id;  // new
  AccountId from, to;
  std::int64_t amount = 0;                // nano-units, above 0
  std::array<LimitId, kLimits> limits{};  // 0: none
  std::string note = {};                  // what Journal is given back when it ends, also after a crash
};

struct Answer {
  enum class Kind {
    held,
    short_of_money,  // `left`: what the account can still give
    over_cap,        // `left`: what the limit `which` still lets through
    closed,          // the account (which: -1) or limit reserves nothing now
    unavailable,     // nothing could be written: refuse the call
  };
  Kind kind = Kind::unavailable;
  int which = -1;
  std::int64_t left = 0;
  bool held() const { return kind == Kind::held; }
};

// What is told of a call that ended, by whoever saw it end.
struct Note {
  virtual ~Note() = default;
};

struct Ending {
  TransferId id;
  std::int64_t cost = 0;  // nano-units; above what was reserved counts as what was reserved
  std::shared_ptr<const Note> note = nullptr;
};

// A reservation's end, as it was written.
struct Ended {
  TransferId id;
  Reason reason = Reason::charged;  // charged; doubted; doubt_charged: it was doubted before and now is known
  std::int64_t cost = 0, reserved = 0;
  Instant at, reserved_at;
  std::string claim_note;            // empty for doubt_charged
  std::shared_ptr<const Note> note;  // null when nobody saw it end
};
// Keeps what the ledger does not: which model, how many tokens. In the transaction of the ends, so it may run twice.
class Journal {
 public:
  virtual ~Journal() = default;
  virtual void write(db::Tx& tx, std::span<const Ended> ended) = 0;
};

struct BatcherOptions {
  std::size_t most_waiting = 4096;       // reservations
  std::size_t most_together = 256;       // of a transaction
  std::chrono::milliseconds pause{200};  // after the database failed
  std::chrono::milliseconds beat{2000};  // of an idle run
};

class Batcher {
 public:
  // Starts a run and the thread. What is referred to outlives it; no journal: null.
  Batcher(db::Database& database, const Clock& clock, IdSource& ids, std::string node, Journal* journal,
          BatcherOptions options = {});
  // As stop().
  ~Batcher();
  Batcher(const Batcher&) = delete;
  Batcher& operator=(const Batcher&) = delete;

  void reserve(Claim claim, std::function<void(const Answer&)> done);
  Answer reserve(Claim claim);  // blocks
  void end(Ending ending);

  // Waits for what was begun, as long as `patience`, says that the run is over, and joins. What then still waits stays
  // open in the database, for the next run to clear. False: something did.
  bool stop(std::chrono::milliseconds patience = std::chrono::seconds{5});
  // Ends at once and leaves everything as a crash would. For tests.
  void abandon();

  struct Figures {
    std::uint64_t transactions = 0, reserved = 0, refused = 0, ended = 0, failures = 0;
    std::size_t waiting_claims = 0, waiting_ends = 0;
  };
  Figures figures() const;

 private:
  struct Waiting {
    Claim claim;
    std::function<void(const Answer&)> done;
  };
  struct Group {
    std::vector<Waiting> claims;
    std::vector<Ending> ends;
    bool empty() const { return claims.empty() && ends.empty(); }
  };
  void run();
  // False: nothing is left to do for ever.
  bool turn();
  Group take();
  void work(Group group);
  void one_by_one(Group group);
  // Nothing of it was written, or nobody knows: refuses the claims, keeps the ends for later.
  void put_back(Group group, bool perhaps_written);
  void finish(Group& group, std::span<const Answer> answers, std::span<const TransferId> unknown);
  void clear(const Ending& ending);
  void keep_run();

  db::Database& database_;
  const Clock& clock_;
  IdSource& ids_;
  const std::string node_;
  Journal* const journal_;
  const BatcherOptions options_;
  std::optional<RunId> run_;  // the thread's own

  mutable std::mutex mutex_;
  std::condition_variable wake_, idle_;  // idle_: nothing waits and nothing is being written
  std::deque<Waiting> claims_;
  std::deque<Ending> ends_;
  bool busy_ = false, stopping_ = false, abandoned_ = false;
  Figures figures_;
  std::thread thread_;
};

}  // namespace bursary::ledger
