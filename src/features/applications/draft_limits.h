// What a save may add to what drafts take up (defence.h, "Drafts"). Private.
#pragma once
#include <chrono>

#include "features/applications/pages.h"
#include "features/applications/posted.h"

namespace bursary::applications {

// Asked once, just before a save; counts what it lets through. `stored`: the draft's answers so far, null for a new
// one. Error{limit} sets `retry_after`.
Result<void> within_draft_limits(const Visit& visit, const Posted& posted, const forms::Answers* stored,
                                 std::chrono::seconds& retry_after);

}  // namespace bursary::applications
