#include "app/commands.h"
#include "app/store.h"
#include "features/audit/chain.h"

namespace bursary::app {
namespace {

std::string where(const audit::Verification::Problem& problem) {
  if (problem.event == 0) return fmt::format("seal {}", problem.number);
  if (problem.number == 0) return fmt::format("event {}", problem.event);
  return fmt::format("seal {}, event {}", problem.number, problem.event);
}

}  // namespace

int verify_audit(const AuditOptions& options) {
  std::vector<audit::Head> known;
  for (const std::string& text : options.heads) {
    const auto head = audit::read_head(text);
    if (!head) return complain("not a head, which is NUMBER:HASH as `bursary audit head` prints it: " + text);
    known.push_back(*head);
  }
  const auto store = open_known(options.store, Access::read);
  if (!store) return 1;
  const audit::Verification found = audit::verify(*store->database, known);
  if (found.problem) {
    return complain(fmt::format("does not hold at {}: {}; what comes before it holds, up to {}", where(*found.problem),
                                found.problem->what, audit::to_string(found.head)));
  }
  fmt::print("holds: {} events sealed, {} wait for their seal\nhead {}\n", found.head.number, found.unsealed,
             audit::to_string(found.head));
  return 0;
}

int print_audit_head(const StoreConfiguration& configuration) {
  const auto store = open_known(configuration, Access::read);
  if (!store) return 1;
  const auto head = store->database->read([](db::Tx& tx) { return audit::chain_state(tx).head; });
  fmt::print("{}\n", audit::to_string(head));
  return 0;
}

}  // namespace bursary::app
