#include <cassert>

#include "features/audit/audit.h"
#include "features/audit/chain.sql.h"
#include "features/audit/event.sql.h"

namespace bursary::audit {

namespace event_sql = sql::audit::event;

void write_event(db::Tx& tx, const Event& event) {
  assert(is_event_kind(event.kind));
  tx.post(event_sql::write, event.id, event.application, event.kind, event.by.actor, event.by.person, event.at,
          event.detail);
  tx.post(sql::audit::chain::wait_for_seal, event.id);
}

}  // namespace bursary::audit
