// Rows of the table of events. Private.
#pragma once
#include <string_view>

#include "features/applications/applications.h"

namespace bursary::applications {

struct EventTag;
using EventId = Id<EventTag>;

// `kind` is one of kEventKinds. `detail` is a JSON object and holds nothing personal: events outlive what is erased.
void write_event(db::Tx& tx, EventId id, ApplicationId application, std::string_view kind, Actor actor, Instant at,
                 std::string_view detail = "{}");

}  // namespace bursary::applications
