// What waits, and by when something is due, in words. Private.
#pragma once
#include <vector>

#include "features/portal/pages.h"
#include "features/portal/waiting.h"

namespace bursary::portal {

// Says each thing that waits; `named`: with the application's title.
void add_waiting(const Visit& visit, const Application& application, const Standing& standing, bool named,
                 std::vector<WaitingView>& waiting);
WaitingView invitation_waits(const applications::Waiting& one);
// Until when a draft is kept, when changes are asked for by, or when the program has promised to decide by.
Phrase due_of(const Visit& visit, const Application& application, const Standing& standing);
// How soon others were answered; empty: too few were.
Phrase others_were_answered(db::Tx& tx, const Visit& visit);

}  // namespace bursary::portal
