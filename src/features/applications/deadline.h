// When a program takes applications. Private.
#pragma once
#include "features/applications/applications.h"

namespace bursary::applications {

enum class Taking { not_yet, open, grace, closed };
// Open from `opens` to before `closes`; in grace for `grace` from then on.
Taking taking_at(const programs::Program& program, Instant now);

}  // namespace bursary::applications
