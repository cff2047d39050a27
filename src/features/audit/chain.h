// The chain over the events: each event is sealed once, in the order in which the seal job meets it, by a hash over the
// event and the seal before it. Whoever kept one head finds any change to what was sealed up to it.
// The bytes that are hashed: docs/formats/audit.md. Why it is done so: docs/decisions/audit-chain.md.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/instant.h"
#include "db/database.h"
#include "db/pace.h"

namespace bursary::audit {

// The chain up to and with one seal. Number 0 with a hash of zeros: nothing is sealed yet.
struct Head {
  std::int64_t number = 0;
  Sha256 hash{};
  bool operator==(const Head&) const = default;
};
// "1024:9f86d0…": what somebody outside keeps.
std::string to_string(const Head& head);
std::optional<Head> read_head(std::string_view text);

// An event as it is stored.
struct StoredEvent {
  std::int64_t id = 0;
  std::optional<std::int64_t> application;
  std::string kind;
  std::int64_t actor_kind = 0;
  std::optional<std::int64_t> actor;
  Instant at;
  std::string detail;
};
// The next head after `previous`.
Head sealed(const Head& previous, Instant sealed_at, const StoredEvent& event);

// What the chain's last row says; not whether it holds.
struct ChainState {
  Head head;
  std::optional<Instant> sealed_at;
  std::int64_t waiting = 0;  // events without a seal, counted up to 100,000
};
ChainState chain_state(db::Tx& tx);

// Seals what waits. One node at a time holds its lease; each batch is one short write that people need not wait for.
class SealJob {
 public:
  struct Parts {
    db::Database& database;
    const Clock& clock;
    std::string node_name;  // names this process in leases
  };
  SealJob(Parts parts, db::JobWrites& jobs);
  // Seals at most `limit` events; 0: nothing to do, or another node is at it.
  std::size_t run_once(std::size_t limit);
  // A batch for a server that others use: how long to rest before the next one. One thread.
  std::chrono::milliseconds step();

 private:
  Parts parts_;
  db::Pace pace_;
  Instant full_since_;  // more waits than a batch takes; zero: not so
};

// What a look at the whole chain found. The first thing that does not hold ends it.
struct Verification {
  Head head;                  // of what holds
  std::int64_t unsealed = 0;  // that wait for the job
  struct Problem {
    std::int64_t number = 0;  // of the seal; 0: the event has none
    std::int64_t event = 0;   // 0: no event is known
    std::string what;         // a sentence without its full stop
  };
  std::optional<Problem> problem;
};
// `known`: heads that were kept from before, which must still be part of the chain. Reads in pages, beside whoever
// serves. `progress` is told how many seals were looked at.
Verification verify(db::Database& database, const std::vector<Head>& known = {},
                    const std::function<void(std::int64_t)>& progress = {});

}  // namespace bursary::audit
