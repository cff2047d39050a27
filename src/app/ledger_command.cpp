#include "app/commands.h"
#include "app/store.h"
#include "features/ledger/doubt.h"
#include "features/ledger/verify.h"

namespace bursary::app {

int verify_ledger(const StoreConfiguration& configuration) {
  const auto store = open_known(configuration, Access::read);
  if (!store) return 1;
  const ledger::Verification found = ledger::verify(*store->database);
  if (found.problem) return complain("does not hold: " + *found.problem);
  fmt::print("holds: {} accounts, {} transfers, {} limits; {} reservations open, {} calls in doubt\n", found.accounts,
             found.transfers, found.limits, found.open, found.doubts);
  return 0;
}

int print_doubts(const StoreConfiguration& configuration) {
  constexpr std::size_t kPage = 500;
  const auto store = open_known(configuration, Access::read);
  if (!store) return 1;
  std::optional<ledger::TransferId> after;
  for (;;) {
    const auto page = store->database->read([&](db::Tx& tx) { return ledger::doubts(tx, after, kPage); });
    for (const ledger::Doubt& one : page) {
      fmt::print("{} reserved {} doubted {} nanos {}\n", one.id.value, to_rfc3339(one.reserved_at),
                 to_rfc3339(one.doubted_at), one.amount);
    }
    if (page.size() < kPage) return 0;
    after = page.back().id;
  }
}

}  // namespace bursary::app
