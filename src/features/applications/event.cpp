#include "features/applications/event.h"

#include <cassert>

#include "features/applications/event.sql.h"

namespace bursary::applications {

namespace statements = sql::applications::event;

void write_event(db::Tx& tx, EventId id, ApplicationId application, std::string_view kind, Actor actor, Instant at,
                 std::string_view detail) {
  assert(is_event_kind(kind));
  tx.post(statements::write, id, application, kind, actor, at, detail);
}

}  // namespace bursary::applications
