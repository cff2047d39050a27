// What happened to an application, as its people are told. Private.
#pragma once
#include <vector>

#include "features/portal/pages.h"

namespace bursary::portal {

// Newest first. Moves that lead to or from a decision that is not told stay unsaid.
std::vector<MomentView> timeline_of(const Visit& visit, db::Tx& tx, ApplicationId id);

}  // namespace bursary::portal
