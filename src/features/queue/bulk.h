// One act on many applications: chosen by hand or by a query, done in batches of their own transactions, each row told
// what became of it, and taken back for those that nobody has touched since. Lists as public through queue.h.
//
// An action is one file and one class; a feature that stands behind this one hands its own in with Parts::actions, or
// a page of its own with Parts::pages.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/applications/applications.h"
#include "web/router.h"

namespace bursary::queue {

struct BulkTag;
using BulkId = Id<BulkTag>;

// The codes are stored: never renumber.
enum class BulkState : std::int16_t { running = 0, done = 1, undoing = 2, undone = 3 };
enum class RowOutcome : std::int16_t { waiting = 0, done = 1, changed = 2, not_allowed = 3, undone = 4, kept = 5 };
inline constexpr RowOutcome kAllOutcomes[] = {RowOutcome::waiting,     RowOutcome::done,   RowOutcome::changed,
                                              RowOutcome::not_allowed, RowOutcome::undone, RowOutcome::kept};
std::string_view to_string(RowOutcome outcome);

// Most applications of one act, and of one transaction.
inline constexpr std::size_t kMostBulk = 100'000;
inline constexpr std::size_t kBulkBatch = 500;

struct BulkStep {
  db::Tx& tx;
  IdSource& ids;
  Instant now;
  audit::By by;
  const std::string& argument;
};
// An application as it is now, held until the batch ends, and the state in which it was chosen.
struct BulkTarget {
  applications::HeldRow row;
  applications::State seen{};
  std::int64_t version = 0;
  std::optional<std::int64_t> assignee;
};
// `was`: what undoing brings back; `mark`: how this left it, so that undoing sees what was touched since.
struct Applied {
  RowOutcome outcome = RowOutcome::done;
  std::optional<std::int64_t> was = std::nullopt, mark = std::nullopt;
};

class BulkAction {
 public:
  virtual ~BulkAction() = default;
  // Named in addresses and rows, "queue.bulk.action.<name>" to people.
  virtual std::string_view name() const = 0;
  virtual web::Permission permission() const = 0;
  // Its argument is a colleague's id, or empty for nobody.
  virtual bool takes_colleague() const { return false; }
  virtual Applied apply(const BulkStep& step, const BulkTarget& target) const = 0;
  // undone, or kept where it is not as apply left it.
  virtual RowOutcome undo(const BulkStep& step, const BulkTarget& target, const Applied& done) const = 0;
};

// What is done with many on a page of another feature: opened with their references, it is the answer to the menu.
struct BulkPage {
  std::string_view name;  // as of an action
  web::Permission permission{};
  std::size_t most = 0;  // applications
  std::function<web::Response(const web::Request&, const web::Context&, const std::vector<std::string>& references)>
      open;
};

// "assign" and "screen".
const BulkAction& assign_action();
const BulkAction& screen_action();

}  // namespace bursary::queue
