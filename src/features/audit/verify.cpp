#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "features/audit/chain.h"
#include "features/audit/chain.sql.h"
#include "features/audit/chain_row.h"

namespace bursary::audit {
namespace {

namespace chain_sql = sql::audit::chain;
using Problem = Verification::Problem;

constexpr std::size_t kVerifyBatch = 2000;

// With anything else in it, one event's bytes could be read as another's.
bool is_word(std::string_view kind) {
  return std::ranges::all_of(kind, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

class Walk {
 public:
  Walk(db::Database& database, const std::vector<Head>& known, const std::function<void(std::int64_t)>& progress)
      : database_(database), progress_(progress) {
    for (const Head& head : known) known_.emplace(head.number, head.hash);
  }

  Verification run() {
    found_.problem = start();
    if (!found_.problem) found_.problem = walk_seals();
    if (!found_.problem) found_.problem = walk_events();
    if (!found_.problem) found_.problem = look_for_lost();
    return std::move(found_);
  }

 private:
  // The seals there are now; what is sealed while this walks is for the next one. Only kept heads can tell that the
  // end of the chain is gone.
  std::optional<Problem> start() {
    last_ = database_.read([](db::Tx& tx) { return chain_state(tx); }).head.number;
    known_.erase(0);
    if (known_.empty() || known_.rbegin()->first <= last_) return std::nullopt;
    return Problem{
        last_ + 1, 0,
        fmt::format("the chain ends with seal {}, but seal {} was there before", last_, known_.rbegin()->first)};
  }

  std::optional<Problem> walk_seals() {
    while (found_.head.number < last_) {
      const db::Rows rows = database_.read(
          [&](db::Tx& tx) { return tx.query(chain_sql::seals_after, found_.head.number, kVerifyBatch); });
      if (rows.empty()) return Problem{found_.head.number + 1, 0, "the seals from here on are gone"};
      for (const db::Row row : rows) {
        if (auto problem = look_at(row)) return problem;
        if (found_.head.number == last_) break;
      }
      if (progress_) progress_(found_.head.number);
    }
    return std::nullopt;
  }

  std::optional<Problem> look_at(const db::Row& row) {
    constexpr std::size_t kEvent = 4;  // its first column
    const std::int64_t number = found_.head.number + 1;
    const std::int64_t event = row.integer(1);
    if (row.integer(0) != number) return Problem{number, 0, fmt::format("seal {} was deleted", number)};
    if (row.is_null(kEvent)) return Problem{number, event, "the event was deleted"};
    const StoredEvent stored = event_of(row, kEvent);
    const Head next = sealed(found_.head, row.instant(2), stored);
    if (!is_word(stored.kind) || hash_of(row.bytes(3)) != next.hash)
      return Problem{number, event, "event or seal is not what was sealed"};
    const auto [first, last] = known_.equal_range(number);
    if (std::any_of(first, last, [&](const auto& kept) { return kept.second != next.hash; }))
      return Problem{number, event, "the chain up to here is not the one whose head was kept"};
    found_.head = next;
    return std::nullopt;
  }

  // One snapshot shows each event sealed or waiting, for both change in one transaction.
  std::optional<Problem> walk_events() {
    std::int64_t after = std::numeric_limits<std::int64_t>::min();
    for (;;) {
      const db::Rows rows =
          database_.read([&](db::Tx& tx) { return tx.query(chain_sql::events_after, after, kVerifyBatch); });
      for (const db::Row row : rows) {
        after = row.integer(0);
        const bool is_sealed = row.maybe_integer(1).value_or(0) > 0;
        const bool waits = !row.is_null(2);
        if (!is_sealed && !waits) return Problem{0, after, "the event was put in beside the chain"};
        if (is_sealed && waits) return Problem{row.integer(1), after, "the event is sealed and waits once more"};
        found_.unsealed += waits ? 1 : 0;
      }
      if (rows.size() < kVerifyBatch) return std::nullopt;
    }
  }

  std::optional<Problem> look_for_lost() {
    const auto lost = database_.read([](db::Tx& tx) { return tx.find(chain_sql::lost_in_backlog); });
    if (!lost) return std::nullopt;
    return Problem{0, lost->integer(0), "the event was deleted before it was sealed"};
  }

  db::Database& database_;
  const std::function<void(std::int64_t)>& progress_;
  std::multimap<std::int64_t, Sha256> known_;
  std::int64_t last_ = 0;
  Verification found_;
};

}  // namespace

Verification verify(db::Database& database, const std::vector<Head>& known,
                    const std::function<void(std::int64_t)>& progress) {
  return Walk(database, known, progress).run();
}

}  // namespace bursary::audit
