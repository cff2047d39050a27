// The event of a decision. Private.
#pragma once
#include <string_view>

#include "features/decisions/decisions.h"

namespace bursary::decisions {

void tell(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, std::string_view kind, const Choice& choice,
          const audit::By& by);

}  // namespace bursary::decisions
