#include "features/audit/chain.h"
#include "features/audit/chain.sql.h"
#include "features/audit/chain_row.h"

namespace bursary::audit {
namespace {

namespace chain_sql = sql::audit::chain;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kLease{5};     // renewed with each batch
constexpr std::int64_t kTurn = 0x6175646974;  // "audit": one chain, one who lengthens it

// A batch is one write, and who submits waits behind it: small while many do.
constexpr std::size_t kBatch = 500;
constexpr std::size_t kBatchWhenBusy = 100;
constexpr milliseconds kIdle{1000};
// From here on sealing takes half the time, whatever comes in.
constexpr std::chrono::seconds kBehind{60};

std::vector<StoredEvent> read_waiting(db::Tx& tx, std::size_t limit) {
  std::vector<StoredEvent> waiting;
  for (const db::Row row : tx.query(chain_sql::waiting, limit)) waiting.push_back(event_of(row, 0));
  return waiting;
}

}  // namespace

SealJob::SealJob(Parts parts, db::JobWrites& jobs)
    : parts_(std::move(parts)), pace_(parts_.database, parts_.clock, jobs) {}

std::size_t SealJob::run_once(std::size_t limit) {
  const auto waiting = parts_.database.read([&](db::Tx& tx) { return read_waiting(tx, limit); });
  if (waiting.empty()) return 0;
  const Instant now = parts_.clock.now();
  const auto seal = [&](db::Tx& tx) -> Result<std::size_t> {
    tx.hold(kTurn);
    if (tx.execute(chain_sql::take_lease, parts_.node_name, now + kLease, now) == 0) return std::size_t{0};
    Head head;
    if (const auto last = tx.find(chain_sql::last_seal))
      head = {last->integer(0), hash_of(last->bytes(1)).value_or(Sha256{})};
    for (const StoredEvent& event : waiting) {
      head = sealed(head, now, event);
      tx.post(chain_sql::seal, head.number, event.id, now, db::BytesView{bytes_of(head.hash)});
      tx.post(chain_sql::done_waiting, event.id);
    }
    return waiting.size();
  };
  try {
    return parts_.database.write(seal).value_or(0);
  } catch (const db::ConstraintViolated&) {
    return 0;  // another node sealed some of them since they were read
  }
}

milliseconds SealJob::step() {
  pace_.begin();
  const Instant now = parts_.clock.now();
  const std::size_t limit = pace_.busy() ? kBatchWhenBusy : kBatch;
  const std::size_t done = run_once(limit);
  if (done >= limit && full_since_ == Instant{}) full_since_ = now;
  if (done < limit) full_since_ = {};
  const bool behind = full_since_ != Instant{} && now - full_since_ > kBehind;
  const milliseconds rest = pace_.end(done > 0 ? 1 : 0, behind);
  return done >= limit ? rest : kIdle;
}

}  // namespace bursary::audit
